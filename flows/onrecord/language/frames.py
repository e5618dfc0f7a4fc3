"""The words around a reporting cue, with what is reported blanked out."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.article import Span
from onrecord.language.source_phrases import Named

# A sentence longer than this is no sentence; the words that tell of a cue stand near it.
_REACH = 700


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of text from `start`; `words` has as many characters, blanks where the reported words stand."""

    words: str
    start: int

    def span(self, start: int, end: int) -> Span:
        """The place in the text of a range of `words`."""
        return Span(self.start + start, self.start + end)

    @property
    def whole(self) -> Span:
        """The place in the text of the frame."""
        return Span(self.start, self.start + len(self.words))


def frame(text: str, sentence: Span, cue: Span, reported: Iterable[Span]) -> Frame:
    """The sentence of a cue, cut to the words near it, without the reported words."""
    start, end = max(sentence.start, cue.start - _REACH), min(sentence.end, cue.end + _REACH)
    words = list(text[start:end])
    for span in reported:
        low, high = max(span.start, start) - start, min(span.end, end) - start
        if low < high:
            words[low:high] = " " * (high - low)
    return Frame("".join(words), start)


class NamedIndex:
    """Named mentions in reading order, found by place."""

    def __init__(self, named: Iterable[Named]) -> None:
        self.all: Sequence[Named] = sorted(named, key=lambda n: n.span)
        self._starts = [n.span.start for n in self.all]

    def inside(self, span: Span) -> Sequence[Named]:
        """The mentions that lie wholly in a span."""
        low, high = bisect.bisect_left(self._starts, span.start), bisect.bisect_left(self._starts, span.end)
        return [n for n in self.all[low:high] if n.span.end <= span.end]

    def all_inside(self, spans: Iterable[Span]) -> Sequence[Named]:
        """The mentions that lie wholly in one of the spans."""
        return [n for span in spans for n in self.inside(span)]

    def before(self, at: int, reach: int) -> Sequence[Named]:
        """The mentions that start in the `reach` characters before an offset."""
        low, high = bisect.bisect_left(self._starts, max(0, at - reach)), bisect.bisect_left(self._starts, at)
        return self.all[low:high]
