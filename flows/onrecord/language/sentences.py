"""Sentence boundaries of news prose, by punctuation and the words around it; linear in the passage's length."""

from __future__ import annotations

import re

from onrecord.article import Span

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|(?:\r?\n[ \t]*){2,}")
_NEXT = re.compile(r"\s*[\"'“‘«(\[—–-]*\s*(\w)")
_LAST_WORD = re.compile(r"([\w.&'’-]+?)[.!?…]+[\"'”’»)\]]*$")
_BEFORE_A_NAME = re.compile(
    r"(?:mr|mrs|ms|dr|prof|gen|col|lt|sgt|capt|cmdr|adm|maj|sen|rep|gov|pres|st|messrs|hon|rev|fr|sr|jr|ft|mt|vs|v"
    r"|approx|supt|insp)"
)
_BEFORE_A_NUMBER = re.compile(r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|nos?|art|sec|fig|vol|pp)")
_WITHIN_A_NAME = re.compile(r"(?:inc|corp|co|ltd|bros|plc|dept|univ|assn|ave|blvd|etc|al|est|(?:\w\.)+\w|[^\W\d])")
_OPENER = re.compile(
    r"(?:The|An?|In|On|At|But|And|He|She|It|They|We|I|This|That|These|Those|His|Her|Its|Their|There|When|While|As|If"
    r"|For|After|Before|However|Meanwhile|Some|Many|Most)\b"
)
_LOOK_BACK = 32


def sentences(text: str, passage: Span) -> tuple[Span, ...]:
    """The sentences of a passage in order, without surrounding blanks; together they hold every word of it."""
    found, start = [], passage.start
    for match in _STOP.finditer(text, passage.start, passage.end):
        if text[match.start()] in "\r\n" or _ends(text, match, passage):
            found.append((start, match.end()))
            start = match.end()
    found.append((start, passage.end))
    return tuple(span for low, high in found if (span := _trimmed(text, low, high)) is not None)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    size = len(words.strip())
    return Span(start + left, start + left + size) if size else None


def _ends(text: str, stop: re.Match[str], passage: Span) -> bool:
    """Whether a stop ends its sentence: what follows must open one, and what precedes must be no abbreviation."""
    following = _NEXT.match(text, stop.end(), passage.end)
    if following is None:
        return True
    if following[1].islower():
        return False
    full_stop = stop[0].rstrip("\"'”’»)]") == "."
    return not full_stop or not _abbreviated(text, stop, passage, following.start(1))


def _abbreviated(text: str, stop: re.Match[str], passage: Span, following: int) -> bool:
    last = _LAST_WORD.search(text, max(passage.start, stop.start() - _LOOK_BACK), stop.end())
    if last is None:
        return False
    word = last[1].lower()
    if _BEFORE_A_NUMBER.fullmatch(word):
        return text[following].isdigit()
    if _WITHIN_A_NAME.fullmatch(word):
        return not _OPENER.match(text, following)
    return _BEFORE_A_NAME.fullmatch(word) is not None
