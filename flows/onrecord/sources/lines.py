"""Lines and paragraphs of plain text: what is running prose, and where hard-wrapped lines belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.article import Span

_WRAP_COLUMNS = 100
_FULL_LINE = 40
_SENTENCE_END = (".", "!", "?", ":", '"', "”", "’", "'", ")", ">", "…")
_FURNITURE = re.compile(
    "|".join(
        (
            r"advertise?ments?|advertising|skip advertisement|sponsored(?: content)?|supported by",
            r"(?:story|article) continues (?:below|after).{0,40}|continue reading(?: .{0,40})?|read more",
            r"listen to article|share(?: this(?: article| story)?)?|print|e-?mail|tweet|facebook|twitter|whatsapp",
            r"linkedin|copy link|save|sign up .{0,60}newsletters?.{0,20}|subscribe(?: now)?|log ?in",
            r"related(?: articles| stories| coverage)?|(?:[0-9]+ )?comments?|[0-9]+ min(?:ute)?s? read",
            r"all rights reserved\.?|(?:copyright|©|\(c\)) .{0,120}",
            r"(?:file )?(?:photos?|photographs?|images?|pictures?)(?: credits?| by)?(?: ?: ?| ?/ ?|\bby ).{1,240}",
            r"credit: .{1,120}|\((?:file )?(?:photo|image|picture)(?: by|:|/).{1,120}\)",
        )
    ),
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 280
_END_MARK = re.compile(r"-+\s*(?:30|ends?)\s*-+|ends|enditem|\(ends\)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds words: its span without outer white space, its indentation in columns, its blank neighbour."""

    span: Span
    indent: int
    after_blank: bool
    number: int


def lines_with_words(text: str) -> list[Line]:
    """The lines that hold at least one letter or digit, in order."""
    lines: list[Line] = []
    position, blank = 0, True
    for number, raw in enumerate(text.splitlines(keepends=True)):
        left = raw.lstrip()
        start = position + len(raw) - len(left)
        position += len(raw)
        if _WORD.search(left):
            lines.append(Line(Span(start, start + len(left.rstrip())), len(raw) - len(left), blank, number))
            blank = False
        else:
            blank = True
    return lines


def is_furniture(text: str, span: Span) -> bool:
    """Whether a line belongs to the page and not to the article: an advertisement, a button, a picture credit."""
    return len(span) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(span.of(text)) is not None


def is_end_mark(text: str, span: Span) -> bool:
    """Whether a line only says that the wire story ends."""
    return len(span) <= 20 and _END_MARK.fullmatch(span.of(text)) is not None


def is_wrapped(text: str, lines: Sequence[Line]) -> bool:
    """Whether the lines were broken at a column: few are long, and most lines that go on end within a sentence."""
    long = sum(len(line.span) > _WRAP_COLUMNS for line in lines)
    full = [a.span for a, b in pairwise(lines) if b.number == a.number + 1 and len(a.span) >= _FULL_LINE]
    running = sum(not text.endswith(_SENTENCE_END, span.start, span.end) for span in full)
    return long * 10 <= len(lines) and running * 2 > len(full)


def paragraphs(lines: Sequence[Line], *, wrapped: bool) -> Iterator[Span]:
    """The spans of the paragraphs: a line each, or, in hard-wrapped text, the lines up to a blank or indented one."""
    if not wrapped:
        yield from (line.span for line in lines)
        return
    base = _base_indent(lines)
    block: Span | None = None
    for line in lines:
        if block and (line.after_blank or line.indent > base + 1):
            yield block
            block = None
        block = Span(block.start, line.span.end) if block else line.span
    if block:
        yield block


def _base_indent(lines: Iterable[Line]) -> int:
    """The indentation of lines that go on: the smallest that at least a fifth of the lines has."""
    counts = Counter(line.indent for line in lines)
    return min((indent for indent, count in counts.items() if count * 5 >= counts.total()), default=0)
