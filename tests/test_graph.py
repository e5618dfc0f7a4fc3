"""The graph of an article: self-contained, without blank nodes, a clock or a run."""

from __future__ import annotations

from datetime import date

from language import article
from rdflib import BNode

from onrecord.article import Span
from onrecord.document import Actor, ActorType, Document, Form, Mention, Mode, Statement, TimeBasis, TimeReference
from onrecord.graph import Extractor, article_id, build, text_triple, time_literal
from onrecord.identity import identify
from onrecord.terms import REC, SCHEMA, Literal
from onrecord.turtle import to_rdflib

EXTRACTOR = Extractor("0", "code", "model", "ontology", "authority", "language model")
READ = article("Ann Lee said on Monday that it rained.")


def document() -> Document:
    start = READ.text.index("Ann Lee")
    speaker = Span(start, start + 7)
    content = Span(READ.text.index("it rained"), READ.text.index("it rained") + 9)
    monday = Span(READ.text.index("Monday"), READ.text.index("Monday") + 6)
    time = TimeReference("2021-03-01", TimeBasis.RESOLVED, date(2021, 3, 1), date(2021, 3, 1), monday)
    actor = Actor("Ann Lee", ActorType.PERSON, (Mention(speaker, "Ann Lee", Form.NAME),), ("Ann Lee",))
    statements = (
        Statement((speaker,), (Span(start + 8, start + 12),), (content,), Mode.INDIRECT, speakers=(0,), time=time),
        Statement((), (), (content,), Mode.INDIRECT),
    )
    return identify(Document(READ, (actor,), statements=statements))


def test_every_span_carries_its_words() -> None:
    """Each piece of evidence has offsets, the words there, and the article as its source."""
    triples = build(document(), EXTRACTOR)
    spans = {s for s, p, _ in triples if p.endswith("#exact")}
    assert spans
    for node in spans:
        start, end = map(int, node.rsplit("=", 1)[1].split(","))
        assert (node, "http://www.w3.org/ns/oa#exact", Literal(READ.text[start:end])) in triples


def test_no_blank_node_and_no_text() -> None:
    """All nodes are IRIs, and the text itself is left out unless it is asked for."""
    graph = to_rdflib(build(document(), EXTRACTOR))
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)
    assert text_triple(READ)[1] == REC + "text"
    assert not any(p == REC + "text" for _, p, _ in build(document(), EXTRACTOR))


def test_a_statement_without_a_source_says_so() -> None:
    """Where the text gives no source, the speaker is an unstated source without a name."""
    triples = build(document(), EXTRACTOR)
    unstated = [s for s, _, o in triples if o == REC + "UnstatedSource"]
    assert len(unstated) == 1
    assert not any(s == unstated[0] and p == SCHEMA + "name" for s, p, _ in triples)


def test_dates_have_the_type_of_their_precision() -> None:
    """A day, a month and a year are typed; an interval stays text."""
    kinds = [time_literal(value).datatype.rsplit("#")[1] for value in ("2021-03-01", "2021-03", "2021", "2020/2021")]
    assert kinds == ["date", "gYearMonth", "gYear", "string"]


def test_the_article_is_named_by_what_identifies_it() -> None:
    """Publisher, date and title name an article; without a publisher its text does."""
    one = article("One text.", title="Same title")
    other = article("Another text.", title="Same title")
    assert article_id(one) != article_id(other)
    assert article_id(one).startswith("same-title-")
