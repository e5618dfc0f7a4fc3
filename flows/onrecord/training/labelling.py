"""Annotated articles as words with labels: what the network is to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article import Span
from onrecord.language.attribution.windows import CONTENT, CUE, OTHER, SOURCE
from onrecord.language.attribution.words import Mark, Words, words_of
from onrecord.training.corpus import AnnotatedArticle, GoldStatement


@dataclass(frozen=True, slots=True)
class LabelledCue:
    """A cue's head word and, for that cue, the label of every word of the passage."""

    head: int
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """A passage's words, the labels of all its statements laid over one another, and each cue that it holds."""

    surfaces: tuple[str, ...]
    marks: tuple[Mark, ...]
    flat: tuple[int, ...]
    cues: tuple[LabelledCue, ...]

    def __len__(self) -> int:
        return len(self.surfaces)


def label_article(article: AnnotatedArticle) -> list[LabelledPassage]:
    """One labelled passage for each passage of the article; statements need the heads of their cues."""
    return [_label_passage(article, passage) for passage in article.passages]


def _label_passage(article: AnnotatedArticle, passage: Span) -> LabelledPassage:
    words = words_of(article.text, passage)
    flat = [OTHER] * len(words)
    cues = []
    near = [statement for statement in article.statements if _touches(statement, passage)]
    for role in (CONTENT, SOURCE, CUE):
        for statement in near:
            _lay(flat, words, _spans(statement, role), role)
    for statement in near:
        head = _word_at(words, statement.head)
        if head is not None:
            cues.append(LabelledCue(head, _labels(words, statement)))
    return LabelledPassage(words.surfaces, words.marks, tuple(flat), tuple(cues))


def _touches(statement: GoldStatement, passage: Span) -> bool:
    spans = (*statement.source, *statement.cue, *statement.content)
    return any(passage.overlaps(span) for span in spans)


def _labels(words: Words, statement: GoldStatement) -> tuple[int, ...]:
    labels = [OTHER] * len(words)
    for role in (CONTENT, SOURCE, CUE):
        _lay(labels, words, _spans(statement, role), role)
    return tuple(labels)


def _spans(statement: GoldStatement, role: int) -> tuple[Span, ...]:
    return {SOURCE: statement.source, CUE: statement.cue, CONTENT: statement.content}[role]


def _lay(labels: list[int], words: Words, spans: Sequence[Span], label: int) -> None:
    for number, word in enumerate(words.spans):
        if any(word.overlaps(span) for span in spans):
            labels[number] = label


def _word_at(words: Words, offset: int | None) -> int | None:
    if offset is None:
        return None
    return next((number for number, span in enumerate(words.spans) if span.start <= offset < span.end), None)
