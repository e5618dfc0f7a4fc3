"""Quotation marks as evidence: what a statement's content owes to the quotations that it touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.language.attribution.decoding import Reading
from onrecord.language.attribution.words import Mark, Words

_LEAST_SHARE = 0.5
_SHORTEST_SPEECH = 5
_WIDEST_GAP = 2


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words from an opening mark to its closing one, or to the end of the passage where none comes.

    Word numbers count over the article, `last` is within; `passage` numbers the passage, which begins at word `start`.
    """

    passage: int
    start: int
    first: int
    last: int
    closed: bool

    @property
    def words(self) -> frozenset[int]:
        """Numbers of its words, marks included."""
        return frozenset(range(self.first, self.last + 1))


def quotations_of(passages: Sequence[Words]) -> list[Quotation]:
    """All quotations in reading order. Each passage starts outside of any; a mark inside an open one opens nothing."""
    found: list[Quotation] = []
    start = 0
    for number, words in enumerate(passages):
        found += [Quotation(number, start, *place) for place in _marked(words.marks, start)]
        start += len(words)
    return found


def _marked(marks: Sequence[Mark], start: int) -> Iterator[tuple[int, int, bool]]:
    opened: int | None = None
    for number, mark in enumerate(marks, start):
        if mark is Mark.OPENS or (mark is Mark.TOGGLES and opened is None):
            opened = number if opened is None else opened
        elif mark is not Mark.NONE and opened is not None:
            yield opened, number, True
            opened = None
    if opened is not None:
        yield opened, start + len(marks) - 1, False


def complete(readings: Iterable[Reading], passages: Sequence[Words]) -> list[Reading]:
    """Give statements the rest of their quotations, as far as no statement has it.

    A quotation that is half content is all content; speech that follows its statement directly ('"...," she said.
    "..."') belongs to it; and so does a quotation that opens a passage after one that was left open.
    """
    claims = _Claims(readings)
    quotations = quotations_of(passages)
    for quotation in quotations:
        claims.give(quotation, _filled(quotation, claims))
    for quotation in quotations:
        claims.give(quotation, _followed(quotation, claims))
    for left_open, following in pairwise(quotations):
        claims.give(following, _continued(left_open, following, claims))
    return claims.readings


class _Claims:
    """Which statement each word belongs to, by its number in `readings`."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.readings = list(readings)
        self.owner: dict[int, int] = {}
        for number, reading in enumerate(self.readings):
            self.owner.update(dict.fromkeys(reading.source | reading.cue | reading.content, number))

    def is_free(self, quotation: Quotation) -> bool:
        """Whether no statement has a word of it."""
        return self.owner.keys().isdisjoint(quotation.words)

    def give(self, quotation: Quotation, number: int | None) -> None:
        """Add the quotation to a statement's content."""
        if number is not None:
            reading = self.readings[number]
            self.readings[number] = replace(reading, content=reading.content | quotation.words)
            self.owner.update(dict.fromkeys(quotation.words, number))


def _filled(quotation: Quotation, claims: _Claims) -> int | None:
    """The statement to whose content at least half of a closed quotation belongs, if the rest is free."""
    owned = [(word, claims.owner[word]) for word in quotation.words if word in claims.owner]
    owners = {number for _, number in owned}
    if not quotation.closed or len(owners) != 1 or len(owned) < max(2, _LEAST_SHARE * len(quotation.words)):
        return None
    number = owners.pop()
    return number if all(word in claims.readings[number].content for word, _ in owned) else None


def _followed(quotation: Quotation, claims: _Claims) -> int | None:
    """The statement with a cue in this passage that ends right before a free quotation of some length."""
    if len(quotation.words) < _SHORTEST_SPEECH or not claims.is_free(quotation):
        return None
    before = range(quotation.first - 1, max(quotation.start, quotation.first - _WIDEST_GAP) - 1, -1)
    number = next((claims.owner[word] for word in before if word in claims.owner), None)
    return number if number is not None and claims.readings[number].head >= quotation.start else None


def _continued(left_open: Quotation, following: Quotation, claims: _Claims) -> int | None:
    """The statement that holds the end of a quotation left open, if the next passage opens with a free one."""
    opens_next = following.passage == left_open.passage + 1 and following.first == following.start
    if left_open.closed or not opens_next or not claims.is_free(following):
        return None
    ending = (left_open.last, left_open.last - 1)
    owners = (claims.owner[word] for word in ending if word in claims.owner)
    return next((number for number in owners if not claims.readings[number].content.isdisjoint(ending)), None)
