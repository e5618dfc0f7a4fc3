"""Which words stand inside quotation marks, and what that makes of a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.article import Span
from onrecord.document import Mode

_MARK = re.compile(r"[\"“”„«»]")
# Headlines quote in single marks; an apostrophe closes nothing, for a letter follows it.
_SINGLE = re.compile(
    r"(?<!\w)‘(?=\w)([^‘“”\n]{2,300}?)(?<=[\w.,!?])’(?!\w)|(?<![\w'])'(?=\w)([^'\"\n]{2,300}?)(?<=[\w.,!?])'(?!\w)"
)
_WORD = re.compile(r"\w+")
_OPENS_BEFORE = re.compile(r"(?:^|[\s(\[—–-])$")
# A stray mark inside a quote leaves a few words outside; the statement is still the source's own words.
_DIRECT_SHARE = 0.9


def quoted(text: str, passage: Span) -> tuple[Span, ...]:
    """The stretches of a passage inside double quotation marks, without the marks.

    A mark opens or closes by its shape, a straight one by its neighbours; a quote left open runs to the passage's end.
    """
    return tuple(_stretches(text, passage))


def _stretches(text: str, passage: Span) -> Iterator[Span]:
    opened: int | None = None
    for mark in _MARK.finditer(text, passage.start, passage.end):
        if opened is None and _opens(text, mark, passage):
            opened = mark.end()
        elif opened is not None and not _is_opening(mark[0]):
            if opened < mark.start():
                yield Span(opened, mark.start())
            opened = None
    if opened is not None and opened < passage.end:
        yield Span(opened, passage.end)
    for single in _SINGLE.finditer(text, passage.start, passage.end):
        yield Span(*single.span(single.lastindex or 0))


def _is_opening(mark: str) -> bool:
    return mark in "“„«"


def _opens(text: str, mark: re.Match[str], passage: Span) -> bool:
    if mark[0] != '"':
        return _is_opening(mark[0])
    before = text[max(passage.start, mark.start() - 1) : mark.start()]
    return bool(_OPENS_BEFORE.search(before))


def mode(text: str, content: Iterable[Span], quotes: Sequence[Span]) -> Mode:
    """Direct where nearly all words are quoted, indirect where none is, mixed between."""
    words = [Span(s.start + w.start(), s.start + w.end()) for s in content for w in _WORD.finditer(s.of(text))]
    inside = sum(any(word in quote for quote in quotes) for word in words)
    if not inside:
        return Mode.INDIRECT
    return Mode.DIRECT if inside >= _DIRECT_SHARE * len(words) else Mode.MIXED
