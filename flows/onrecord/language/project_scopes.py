"""Which stretch of a sentence speaks of which project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.article import Article, Span
from onrecord.language.project_clusters import Cluster
from onrecord.language.sentences import sentences

_PRONOUN = re.compile(r"It\b")


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of text about one project: from its mention (the first one: from the start of the sentence) to the next
    project's. A carried scope is the sentence after it, which names no project; its `mention` is the "It" that
    opens it, or None."""

    project: int
    span: Span
    sentence: Span
    mention: Span | None
    in_title: bool


def scopes(article: Article, found: Sequence[Cluster]) -> list[Scope]:
    """The scopes of all projects in reading order."""
    places = sorted((mention.span, number) for number, cluster in enumerate(found) for mention in cluster.mentions)
    return [scope for passage in article.passages for scope in _scopes_in(article, passage, places)]


def _scopes_in(article: Article, passage: Span, places: list[tuple[Span, int]]) -> Iterator[Scope]:
    inside = [(span, number) for span, number in places if span in passage]
    if not inside:
        return
    in_title, focus = passage == article.title, None
    for sentence in sentences(article.text, passage):
        own = [(span, number) for span, number in inside if span in sentence]
        if own:
            yield from _divided(sentence, own, in_title)
            focus = own[-1][1]
        elif focus is not None:
            pronoun = _PRONOUN.match(article.text, sentence.start, sentence.end)
            yield Scope(focus, sentence, sentence, Span(*pronoun.span()) if pronoun else None, in_title)
            focus = None


def _divided(sentence: Span, own: list[tuple[Span, int]], in_title: bool) -> Iterator[Scope]:
    starts = [sentence.start, *(mention.start for mention, _ in own[1:])]
    ends = [*starts[1:], sentence.end]
    for (mention, number), start, end in zip(own, starts, ends, strict=True):
        yield Scope(number, Span(start, end), sentence, mention, in_title)
