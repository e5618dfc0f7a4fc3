"""Which actors a stretch of text mentions, found by position."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.article import Span
from onrecord.document import Actor, ActorIndex, ActorType, Form


class Located(NamedTuple):
    """One mention of an actor at its place in the text."""

    span: Span
    actor: ActorIndex
    type: ActorType
    form: Form


class MentionIndex:
    """The mentions of all actors of an article in reading order; of two that overlap the longer comes first."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._located = sorted(
            (
                Located(mention.span, number, actor.type, mention.form)
                for number, actor in enumerate(actors)
                for mention in actor.mentions
            ),
            key=lambda located: (located.span.start, -located.span.end, located.actor),
        )
        self._starts = [located.span.start for located in self._located]
        self._longest = max((len(located.span) for located in self._located), default=0)

    def places(self, actor: ActorIndex) -> list[Span]:
        """Where one actor is mentioned."""
        return [located.span for located in self._located if located.actor == actor]

    def within(self, start: int, end: int) -> list[Located]:
        """The mentions that lie wholly in [start, end)."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        return [located for located in self._located[first:last] if located.span.end <= end]

    def over(self, start: int, end: int) -> Located | None:
        """The mention that shares most with [start, end), or None."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end, first)
        near = [located for located in self._located[first:last] if located.span.end > start]
        return max(near, key=lambda located: _shared(located.span, start, end), default=None)


def _shared(span: Span, start: int, end: int) -> tuple[int, int]:
    """Characters in common; of equals the tighter mention wins."""
    return min(span.end, end) - max(span.start, start), -len(span)
