"""Short articles and what is read in them, for the tests of the language components."""

from __future__ import annotations

from datetime import date
from functools import cache

from onrecord import resources
from onrecord.article import Article, Span
from onrecord.document import Actor, Statement
from onrecord.identity import Authority
from onrecord.language.actors import find_actors
from onrecord.language.attribution import Attribution
from onrecord.language.gazetteer import Gazetteer
from onrecord.language.mentions import candidates
from onrecord.language.names import NameFinder
from onrecord.language.statements import Reading, StatementReader
from onrecord.settings import Settings
from onrecord.sources.text import read_text


def article(*paragraphs: str, title: str = "A headline without names") -> Article:
    """An article of some paragraphs, published on Wednesday 3 March 2021."""
    text = f" date 2021-03-03 {title}\n" + "\n".join(paragraphs) + "\n"
    return read_text(text.encode(), "test.txt", published=date(2021, 3, 3))


@cache
def authority() -> Authority:
    """The shipped authority."""
    return Authority.load(resources.folder("ontology") / "authority")


@cache
def _names() -> NameFinder:
    return NameFinder.load(Settings().language_model)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer(authority())


def actors_of(read: Article, sources: tuple[Span, ...] = ()) -> tuple[Actor, ...]:
    """The actors found in an article."""
    return find_actors(read, candidates(read, _names().find(read), sources, _gazetteer(), authority()), authority())


def span(read: Article, words: str, after: int = 0) -> Span:
    """Where some words stand in an article's text."""
    start = read.text.index(words, after)
    return Span(start, start + len(words))


def attribution(read: Article, source: str, cue: str, *content: str) -> Attribution:
    """An attribution given by its words; an empty source is none."""
    first = span(read, content[0])
    passage = next(p for p in read.passages if first in p)
    cue_span = span(read, cue, passage.start)
    sources = (span(read, source, passage.start),) if source else ()
    return Attribution(sources, (cue_span,), tuple(span(read, c) for c in content), cue_span, 0.9)


def reading(read: Article, *attributions: Attribution) -> tuple[Reading, tuple[Actor, ...]]:
    """The statements read from given attributions, and the actors of the article."""
    actors = actors_of(read, tuple(s for a in attributions for s in a.source))
    return StatementReader(read, actors, authority()).read(attributions), actors


def speakers(statement: Statement, actors: tuple[Actor, ...]) -> list[str]:
    """Names of a statement's speakers."""
    return [actors[index].name for index in statement.speakers]
