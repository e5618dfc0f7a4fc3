"""Plain text as an article: the founding form, wires of all eras, web pages saved as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from onrecord.article import Article, Span
from onrecord.errors import RejectedInput
from onrecord.sources.agencies import known_agency
from onrecord.sources.dateline import Dateline, credit, date_line, full_date, is_byline, read_dateline
from onrecord.sources.lines import Line, is_end_mark, is_furniture, is_wrapped, lines_with_words, paragraphs

# The longest transcripts and judgments that news sites print stay well below.
LONGEST_TEXT = 500_000
_LONGEST_TITLE = 300
_SHORT_TITLE = 120
_HEAD_LINES = 12
_DATELINE_PARAGRAPHS = 4
_FOUNDING = re.compile(r"date[ \t]+(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[ \t]+(?P<title>\S.*)", re.IGNORECASE)
# Wires mark the start and end of a transmission with SOH, STX, ETX and EOT, and DOS the end of a file with SUB.
_CONTROL = re.compile(rb"[\x05-\x08\x0e-\x19\x1b\x7f]")
_MOST_CONTROL = 0.01


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the news: where the body's lines begin, and what the lines before them say."""

    body: int
    title: Span | None = None
    published: date | None = None
    publisher: str | None = None
    publisher_span: Span | None = None
    founding: bool = False


def read_text(data: bytes, source: str, *, published: date | None = None) -> Article:
    """Read plain text in UTF-8 as an article; `source` is the name that the graph prints.

    The text is the decoded file untouched, CRLF and all; a byte order mark is an encoding sign and no part of it. The
    date is the founding form's own, else `published`, else one printed in full near the top, else absent. Raises
    `RejectedInput` for what is empty, binary, not UTF-8, without words or longer than `LONGEST_TEXT`.
    """
    text = _decode(data, source)
    if len(text) > LONGEST_TEXT:
        reason = (
            f"{len(text):,} characters are more than any article has ({LONGEST_TEXT:,}): split it into its articles"
        )
        raise RejectedInput(source, reason)
    lines = lines_with_words(text)
    if not lines:
        raise RejectedInput(source, "there are no words in it: give an article as text")
    head = _read_head(text, lines, source, published)
    head, body = _read_body(text, lines[head.body :], head)
    return Article(
        source=source,
        text=text,
        title=head.title,
        paragraphs=body,
        published=head.published,
        publisher=head.publisher,
        publisher_span=head.publisher_span,
    )


def _decode(data: bytes, source: str) -> str:
    if not data:
        raise RejectedInput(source, "the file is empty: give an article as text")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RejectedInput(source, "this is UTF-16: save it as UTF-8")
    if b"\x00" in data or len(_CONTROL.findall(data)) > _MOST_CONTROL * len(data):
        raise RejectedInput(source, "this is a binary file (NUL or many control characters): give plain text in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts behind the byte order mark that it has skipped.
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        way_out = "save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8)"
        raise RejectedInput(source, f"not UTF-8 at byte {at} (0x{data[at]:02x}): {way_out}") from None


def _read_head(text: str, lines: Sequence[Line], source: str, published: date | None) -> _Head:
    founding = _FOUNDING.fullmatch(lines[0].span.of(text)) if len(lines[0].span) <= 10 * _LONGEST_TITLE else None
    if founding:
        offset = lines[0].span.start
        title = Span(offset + founding.start("title"), offset + founding.end("title"))
        day = _founding_date(founding["date"], source, published)
        head = _Head(1, title, day, founding=True)
    else:
        head = _Head(0, published=published)
    return _skip_head(text, lines, head)


def _founding_date(words: str, source: str, published: date | None) -> date:
    day = full_date(words) or published
    if day is None:
        raise RejectedInput(source, f"the date {words} on the first line does not exist: correct it")
    return day


def _skip_head(text: str, lines: Sequence[Line], head: _Head) -> _Head:
    """Take in title, bylines, credits and date lines, up to the first line of prose."""
    for number, line in enumerate(lines[head.body : head.body + _HEAD_LINES], head.body):
        span = line.span
        day = date_line(span.of(text))
        if day:
            head = replace(head, body=number + 1, published=head.published or day)
        elif is_furniture(text, span):
            head = replace(head, body=number + 1)
        elif head.title is None and _can_be_title(text, span):
            head = replace(head, body=number + 1, title=span)
        elif taken := _take_credit(text, span, head):
            head = replace(taken, body=number + 1)
        else:
            break
    return head


def _can_be_title(text: str, span: Span) -> bool:
    """Whether a line can be a headline: no byline, no dateline; a short "EXCLUSIVE – ..." only looks like one."""
    if len(span) > _LONGEST_TITLE or is_byline(span.of(text)):
        return False
    dateline = read_dateline(text, span)
    return dateline is None or (dateline.publisher is None and len(span) <= _SHORT_TITLE)


def _take_credit(text: str, span: Span, head: _Head) -> _Head | None:
    """The head with what a byline or credit line adds; None where the line is neither."""
    named = credit(text, span)
    line = span.of(text)
    if not named and not is_byline(line):
        return None
    if head.publisher is None and named:
        head = replace(head, publisher=named[0], publisher_span=named[1])
    return replace(head, published=head.published or full_date(line))


def _read_body(text: str, lines: Sequence[Line], head: _Head) -> tuple[_Head, tuple[Span, ...]]:
    head, lines = _strip_end(text, lines, head)
    prose = [line for line in lines if not is_furniture(text, line.span)]
    wrapped = not head.founding and is_wrapped(text, prose)
    body = list(paragraphs(prose, wrapped=wrapped))
    for number, span in enumerate(body[:_DATELINE_PARAGRAPHS]):
        dateline = read_dateline(text, span)
        if dateline and (number == 0 or dateline.publisher):
            body[number : number + 1] = _behind(text, span, dateline.end)
            return _with_dateline(head, dateline), tuple(body)
    return head, tuple(body)


def _strip_end(text: str, lines: Sequence[Line], head: _Head) -> tuple[_Head, Sequence[Line]]:
    """Drop the last lines that only sign the story off; an agency's name there is the publisher's."""
    while lines:
        span = lines[-1].span
        signed = known_agency(span.of(text).strip("\x03\x04\x1a ()-")) if len(span) <= 40 else None
        if signed and len(lines) > 1 and head.publisher is None:
            head = replace(head, publisher=signed, publisher_span=_words(text, span))
        elif not is_end_mark(text, span) and not signed:
            break
        lines = lines[:-1]
    return head, lines


def _words(text: str, span: Span) -> Span:
    """The span without the marks that wires put around a signature."""
    words = span.of(text).strip("\x03\x04\x1a ()-")
    start = span.start + span.of(text).index(words)
    return Span(start, start + len(words))


def _behind(text: str, span: Span, start: int) -> list[Span]:
    """The paragraph from `start` on without leading white space; nothing where no words are left."""
    rest = text[start : span.end]
    start = span.end - len(rest.lstrip())
    return [Span(start, span.end)] if start < span.end else []


def _with_dateline(head: _Head, dateline: Dateline) -> _Head:
    """A dateline's agency outweighs what a credit or the last line said; its date fills in where none was found."""
    if dateline.publisher:
        head = replace(head, publisher=dateline.publisher, publisher_span=dateline.publisher_span)
    return replace(head, published=head.published or dateline.published)
