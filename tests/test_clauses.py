"""Clause borders: what an attribution's labels leave crooked is mended by its grammar."""

from __future__ import annotations

from language import article, attribution

from onrecord.article import Article
from onrecord.language.attribution import Attribution
from onrecord.language.clauses import mended


def words(read: Article, found: Attribution) -> tuple[str, str, str]:
    """Source, cue and content as words."""
    return tuple(" ".join(s.of(read.text) for s in spans) for spans in (found.source, found.cue, found.content))  # type: ignore[return-value]


def mend(read: Article, source: str, cue: str, *content: str) -> list[tuple[str, str, str]]:
    return [words(read, each) for each in mended(read.text, attribution(read, source, cue, *content))]


def test_a_report_inside_what_a_document_reports_is_the_statement() -> None:
    """`X told Y ..., according to a readout` is X's statement."""
    read = article("The line will be built, Duarte told her guest in Quito, according to a readout from her office.")
    inner = "The line will be built, Duarte told her guest in Quito"
    found = mend(read, "a readout from her office", "according to", inner)
    assert found == [("Duarte", "told", "The line will be built")]


def test_two_statements_joined_by_and_are_two() -> None:
    """A second reporting verb after `and` opens a statement of the same source."""
    read = article("Duarte said the report was right about this and called on the others to concede.")
    found = mend(read, "Duarte", "said", "the report was right about this and called on the others to concede")
    assert found == [
        ("Duarte", "said", "the report was right about this"),
        ("Duarte", "called on", "the others to concede"),
    ]


def test_the_reporters_own_clause_is_left_out() -> None:
    """`, while seeking ...` tells what the speaker did, not what was said."""
    read = article("Duarte repeated that the dam was safe and full, while seeking a loan from the bank.")
    found = mend(read, "Duarte", "repeated", "that the dam was safe and full, while seeking a loan from the bank")
    assert found == [("Duarte", "repeated", "that the dam was safe and full")]


def test_quoted_words_are_never_cut() -> None:
    """What stands in quotation marks is the source's, whatever its grammar."""
    read = article("Duarte said “the dam is safe, and called on that ground, while seeking no loan”.")
    content = "“the dam is safe, and called on that ground, while seeking no loan”"
    assert mend(read, "Duarte", "said", content) == [("Duarte", "said", content)]


def test_an_agent_after_by_is_the_source() -> None:
    """`a plan endorsed by X` is X's endorsement of the plan."""
    read = article("It is a plan for cheaper power endorsed by Duarte.")
    found = mend(read, "", "endorsed by", "a plan for cheaper power", "Duarte")
    assert found == [("Duarte", "endorsed by", "a plan for cheaper power")]


def test_who_is_cited_by_an_outlet_is_the_source() -> None:
    """`the paper, citing an official, said` gives the official's words; a cited document is left to its carrier."""
    read = article("The Andean Post, citing a mine official, said the pits were flooded.")
    found = mend(read, "The Andean Post, citing a mine official,", "said", "the pits were flooded")
    assert found[0][0] == "a mine official"
    assert found[0][2] == "the pits were flooded"


def test_what_a_readout_tells_of_others_is_theirs() -> None:
    """`..., though X told him ..., the ministry said in a readout` is X's statement to him."""
    read = article(
        "The talks ended early, though Duarte told him the price was fair, the ministry said in a readout on Monday."
    )
    outer = "The talks ended early, though Duarte told him the price was fair"
    assert mend(read, "the ministry", "said", outer) == [("Duarte", "told him", "the price was fair")]
