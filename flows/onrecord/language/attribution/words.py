"""Words of a passage as the attribution model sees them: offsets, word pieces, letter case and quotation state."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from onrecord.article import Span

WORD = re.compile(r"``|''|\w+|[^\w\s]")
FEATURES = 25
NO_FEATURE = FEATURES - 1

_LONGEST_WORD = 64
_MOST_PIECES = 12
_CACHED_WORDS = 1 << 16
_OPENING = frozenset(("“", "„", "«", "``"))
_CLOSING = frozenset(("”", "»", "''"))
_STRAIGHT = frozenset(('"', "″"))
_BEFORE_OPENING = frozenset("([{-–—‒―")
_AFTER_CLOSING = frozenset(")]}-–—‒―.,;:!?")
_SAME_PIECE = str.maketrans(dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‘’‚‛′", "'") | dict.fromkeys("–—‒―−‐‑", "-"))


class Mark(IntEnum):
    """What a word does to the quotation state."""

    NONE = 0
    OPENS = 2
    CLOSES = 3
    TOGGLES = 4


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one passage in parallel tuples; `spans` count in the article's text."""

    spans: tuple[Span, ...]
    surfaces: tuple[str, ...]
    marks: tuple[Mark, ...]

    def __len__(self) -> int:
        return len(self.spans)


def words_of(text: str, passage: Span) -> Words:
    """Split a passage into words; invisible characters (zero-width, control) belong to none."""
    spans, surfaces, marks = [], [], []
    for match in WORD.finditer(text, passage.start, passage.end):
        surface = match[0]
        if len(surface) == 1 and unicodedata.category(surface) in ("Cf", "Cc", "Cn", "Co", "Cs"):
            continue
        spans.append(Span(match.start(), match.end()))
        surfaces.append(surface)
        marks.append(_mark(text, passage, spans[-1], surface))
    return Words(tuple(spans), tuple(surfaces), tuple(marks))


def _mark(text: str, passage: Span, span: Span, surface: str) -> Mark:
    if surface in _OPENING:
        return Mark.OPENS
    if surface in _CLOSING:
        return Mark.CLOSES
    if surface not in _STRAIGHT:
        return Mark.NONE
    before = text[span.start - 1] if span.start > passage.start else " "
    after = text[span.end] if span.end < passage.end else " "
    return _direction(before, after)


def _direction(before: str, after: str) -> Mark:
    """A straight mark opens where a space or bracket precedes and a word follows, and closes in the mirrored case."""
    may_open = before.isspace() or before in _BEFORE_OPENING
    may_close = after.isspace() or after in _AFTER_CLOSING
    if may_open == may_close:
        return Mark.TOGGLES
    return Mark.OPENS if may_open else Mark.CLOSES


def features_of(surfaces: Sequence[str], marks: Sequence[Mark]) -> list[int]:
    """Letter case (6 classes) crossed with quotation state (outside, inside, opening mark, closing mark), one a word.

    The state starts outside in each passage; an unclosed quotation lasts to its end.
    """
    features, inside = [], False
    for surface, mark in zip(surfaces, marks, strict=True):
        if mark is Mark.NONE:
            features.append(4 * _letter_case(surface) + inside)
            continue
        inside = mark is Mark.OPENS or (mark is Mark.TOGGLES and not inside)
        features.append(4 * _letter_case(surface) + (Mark.OPENS if inside else Mark.CLOSES))
    return features


def _letter_case(surface: str) -> int:
    if surface.islower():
        return 0
    if surface.isdigit():
        return 4
    if not surface[0].isalnum():
        return 5
    if surface.isupper():
        return 2 if len(surface) > 1 else 1
    return 1 if surface[0].isupper() and surface[1:].islower() else 3


class WordPieces:
    """Uncased WordPiece over single words, with curly marks and long dashes read as their typewriter forms."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.padding = self._ids["[PAD]"]
        self.first = self._ids["[CLS]"]
        self.separator = self._ids["[SEP]"]
        self.unknown = self._ids["[UNK]"]
        self.of = lru_cache(_CACHED_WORDS)(self._split)

    def _split(self, word: str) -> tuple[int, ...]:
        """Piece numbers of a word, at least one and at most twelve."""
        plain = unicodedata.normalize("NFD", word.translate(_SAME_PIECE).lower())
        plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
        if plain in ("``", "''"):
            plain = '"'
        if not plain or len(plain) > _LONGEST_WORD:
            return (self.unknown,)
        return self._longest_matches(plain)

    def _longest_matches(self, plain: str) -> tuple[int, ...]:
        pieces: list[int] = []
        start, prefix = 0, ""
        while start < len(plain):
            end = next((e for e in range(len(plain), start, -1) if prefix + plain[start:e] in self._ids), 0)
            if not end:
                return (self.unknown,)
            pieces.append(self._ids[prefix + plain[start:end]])
            start, prefix = end, "##"
        return tuple(pieces[:_MOST_PIECES])
