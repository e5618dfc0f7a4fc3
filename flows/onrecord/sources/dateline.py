"""Datelines, bylines and date lines: what stands before the news in an article of any era.

Such as `(Reuters) -- ...`, `LONDON (AP) — ...`, `WASHINGTON, March 3 (Reuters) - ...`, `OSLO, May 2. /NTB/.`
and, without an agency, `SALVADOR, Feb 26 - ...`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from onrecord.article import Span
from onrecord.sources.agencies import agency_name, known_agency

_WINDOW = 240
_LONGEST_HEAD_LINE = 120
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_FULL_DATES = (
    re.compile(r"\b(?P<y>[12][0-9]{3})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?(?![0-9])"),
    re.compile(rf"\b(?P<m>{_MONTH})\s+(?P<d>{_DAY})(?:,\s*|\s+)(?P<y>[12][0-9]{{3}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<d>{_DAY})(?:\s+|-)(?P<m>{_MONTH})(?:,?\s+|-)(?P<y>[12][0-9]{{3}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[12][0-9]{3})\b"),
)
_DATE = rf"(?:{_WEEKDAY},?\s+)?(?:{_MONTH}\s+{_DAY}(?:,?\s+[12][0-9]{{3}})?|{_DAY}\s+{_MONTH}(?:,?\s+[12][0-9]{{3}})?)"
_DASH = r"(?:-{1,3}|[–—―_])"
_PLACE = r"(?P<place>[^\W\d_][^\d()\"“”:;!?]{1,60}?)"
_WITH_AGENCY = re.compile(
    rf"(?:{_PLACE}[,.]?+\s*+{_DASH}?+\s*+)??(?P<date>{_DATE})?[,.]?+\s*+"
    rf"(?:\((?P<agency>[^()\n]{{2,40}})\)|/(?P<slashed>[^/\n]{{2,40}})/\.?)\s*+(?P<dash>{_DASH}\s*+)?",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{_PLACE}(?:,?\s++(?P<date>{_DATE}))?(?:\s*+[–—―]\s*+|\s++--++\s*+|--++\s++|\s++[-_]\s++)", re.IGNORECASE
)
_AGENCY_WORDS = re.compile(r"[^\W\d_][\w&.,’'/-]*(?: (?:of|the|and|&|de|[^\W\d_a-z][\w&.,’'/-]*))*")
_BYLINE = re.compile(r"by\s+(?=\S)", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    (
        "and",
        "of",
        "the",
        "for",
        "in",
        "at",
        "with",
        "to",
        "de",
        "del",
        "la",
        "le",
        "von",
        "van",
        "der",
        "den",
        "bin",
        "al",
    )
)
_CREDIT = re.compile(
    r"(?:Special to (?P<paper>.+)|(?P<outlet>.+?)(?:,? (?:Staff )?(?:Writers?|Correspondents?|Reporters?))?)"
)
_DATE_LABELS = re.compile(
    r"\b(?:date|first|last|published|publication|posted|updated|modified|created|on|at|of|and|noon|midnight|local|time"
    rf"|{_WEEKDAY}|[A-Z]{{1,4}}T|UTC|GMT|eastern|pacific|central"
    r"|[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9.]+)?\s*(?:[ap]\.?m)?|[0-9]{1,2}\s*[ap]\.?m|[ap]\.?m)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a paragraph opens with: where the news itself begins, who published it and, where printed in full, when."""

    end: int
    publisher: str | None = None
    publisher_span: Span | None = None
    published: date | None = None


def full_date(words: str) -> date | None:
    """The first day-month-year date in the words; None where there is none or it does not exist in the calendar."""
    found = [match for pattern in _FULL_DATES if (match := pattern.search(words))]
    for match in sorted(found, key=re.Match.start):
        month = match["m"]
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
        try:
            return date(int(match["y"]), number, int(re.sub(r"\D", "", match["d"])))
        except ValueError:
            continue
    return None


def date_line(line: str) -> date | None:
    """The date of a line that holds nothing else: a label, a weekday and a time of day may go with it."""
    found = full_date(line) if len(line) <= _LONGEST_HEAD_LINE else None
    if found is None:
        return None
    rest = line
    for pattern in _FULL_DATES:
        rest = pattern.sub(" ", rest)
    return None if re.search(r"\w", _DATE_LABELS.sub(" ", rest)) else found


def is_byline(line: str) -> bool:
    """Whether a line names who wrote the article: "By" and capitalised words only."""
    opening = _BYLINE.match(line)
    if not opening or len(line) > _LONGEST_HEAD_LINE or line.rstrip().endswith((".", "?", "!", ":", "”", '"')):
        return False
    words = re.findall(r"[^\W\d_]+", line[opening.end() :])
    return bool(words) and words[0][0].isupper() and all(w[0].isupper() or w in _SMALL_WORDS for w in words)


def credit(text: str, span: Span) -> tuple[str, Span] | None:
    """The outlet that a credit or byline names ("By Jane Doe, Reuters"; "The Associated Press"), with its words."""
    if len(span) > _LONGEST_HEAD_LINE:
        return None
    line = span.of(text)
    for begin in (0, *(match.end() for match in re.finditer(r"[,|/–—-]\s*", line))):
        match = _CREDIT.fullmatch(line[begin:].rstrip())
        group = "paper" if match and match["paper"] else "outlet"
        name = known_agency(match[group]) if match and match[group] else None
        if match and name:
            return name, Span(span.start + begin + match.start(group), span.start + begin + match.end(group))
    return None


def read_dateline(text: str, span: Span) -> Dateline | None:
    """The dateline that the paragraph opens with, or None. Only its first 240 characters are looked at."""
    window = text[span.start : min(span.end, span.start + _WINDOW)]
    agency = _agency_dateline(window, span)
    if agency is None or agency.end >= span.end:
        return agency or _bare_dateline(window, span)
    # `(Agency) -- CITY, Oct. 30 -- ...` names the place behind the agency.
    place = _bare_dateline(text[agency.end : min(span.end, agency.end + _WINDOW)], Span(agency.end, span.end))
    return replace(agency, end=place.end, published=agency.published or place.published) if place else agency


def _agency_dateline(window: str, span: Span) -> Dateline | None:
    match = _WITH_AGENCY.match(window)
    if not match:
        return None
    group = "agency" if match["agency"] else "slashed"
    printed = match[group].strip()
    known = known_agency(printed) is not None
    if not _AGENCY_WORDS.fullmatch(printed) or not (known or (match["dash"] and _is_place(match["place"]))):
        return None
    start = span.start + match.start(group) + match[group].index(printed)
    return Dateline(
        end=span.start + match.end(),
        publisher=agency_name(printed),
        publisher_span=Span(start, start + len(printed)),
        published=full_date(match["date"] or ""),
    )


def _bare_dateline(window: str, span: Span) -> Dateline | None:
    match = _BARE.match(window)
    if not match or not _is_place(match["place"]) or len(match["place"]) < 3:
        return None
    follows = window[match.end() : match.end() + 1]
    if not (follows.isupper() or follows.isdigit() or follows in "\"“'‘"):
        return None
    return Dateline(end=span.start + match.end(), published=full_date(match["date"] or ""))


def _is_place(words: str | None) -> bool:
    """Whether the words can be a dateline's place: none at all, or a city in capitals and its region."""
    return words is None or words.partition(",")[0].isupper()
