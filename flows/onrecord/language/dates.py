"""Times as printed, resolved against the day of publication.

A weekday or a month without a year means the nearest one that the tense of its clause allows: at or before publication
in a past clause, after it in a clause that looks ahead. Nothing is guessed: without a publication date only full dates
and years are read.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from onrecord.article import Article, Span
from onrecord.document import TimeBasis, TimeReference
from onrecord.language.date_words import (
    ADNOMINAL,
    BEFORE,
    EXPRESSION,
    TENSE,
    count,
    month_number,
    ordinal,
    weekday_number,
)

_TENSE_REACH = 90
_PREFIX_REACH = 18
_DAY = timedelta(days=1)
_OPEN_START = frozenset(("since", "from", "after"))
_OPEN_END = frozenset(("by", "until", "till", "before", "through"))
_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SHIFT = {"this": 0, "last": -1, "next": 1, "the": 0}
_SENTENCE_END = re.compile(r"[.!?][\"”’]?\s+(?=[\"“A-Z])")


@dataclass(frozen=True, slots=True)
class _Period:
    """Days from `start` to `end`, both inclusive, with their ISO text, which is None where only bounds are known."""

    start: date | None
    end: date | None
    value: str | None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One expression in its text; `today` is the day of publication."""

    match: re.Match[str]
    today: date | None
    floor: int

    def group(self, name: str) -> str | None:
        words: str | None = self.match.group(name)
        return words

    @property
    def ahead(self) -> bool:
        """Whether the clause speaks of the future: the verb before the expression decides, else the one after it."""
        text, start, end = self.match.string, self.match.start(), self.match.end()
        verbs = list(TENSE.finditer(text, max(self.floor, start - _TENSE_REACH), start))
        if verbs:
            return verbs[-1]["ahead"] is not None
        verb = TENSE.search(text, end, end + _TENSE_REACH)
        return verb is not None and verb["ahead"] is not None

    @property
    def adnominal(self) -> bool:
        """Whether the date stands before a noun or in brackets: "the Nov. 8 vote", "(2014)"."""
        start = self.match.start()
        return ADNOMINAL.search(self.match.string, max(self.floor, start - 5), start) is not None


# The components of one article ask for its times in turn.
@lru_cache(maxsize=2)
def find_times(article: Article) -> tuple[TimeReference, ...]:
    """Every time expression of title and paragraphs that can be given a value or a bound, in reading order."""
    return tuple(time for passage in article.passages for time in _times_in(article, passage))


def nearest_time(times: Sequence[TimeReference], span: Span, within: Span) -> TimeReference | None:
    """The time whose words stand nearest to `span` inside `within` (usually its sentence); `times` in reading order."""
    first = bisect_left(times, within.start, key=lambda time: time.span.start if time.span else -1)
    found: list[tuple[int, TimeReference]] = []
    for time in times[first:]:
        if time.span is None or time.span.start >= within.end:
            break
        gap = time.span.start - span.end if time.span.start >= span.end else span.start - time.span.end
        found.append((max(gap, 0), time))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _times_in(article: Article, passage: Span) -> Iterator[TimeReference]:
    floor, text = passage.start, article.text
    boundaries = iter([match.end() for match in _SENTENCE_END.finditer(text, passage.start, passage.end)])
    boundary = next(boundaries, passage.end)
    for match in EXPRESSION.finditer(text, passage.start, passage.end):
        while boundary <= match.start():
            floor, boundary = boundary, next(boundaries, passage.end)
        time = _resolved(_Reading(match, article.published, floor))
        if time is not None:
            yield time


def _resolved(reading: _Reading) -> TimeReference | None:
    form = reading.match.lastgroup or ""
    period = _READERS[form](reading)
    if period is None:
        return None
    before = BEFORE.search(
        reading.match.string, max(reading.floor, reading.match.start() - _PREFIX_REACH), reading.match.start()
    )
    word = (before["word"] or "").lower() if before else ""
    if form == "year" and not word and not reading.adnominal:
        return None
    start = before.start() if before and word else reading.match.start()
    return _reference(_bounded(period, word, reading.today), Span(start, reading.match.end()))


def _bounded(period: _Period, word: str, today: date | None) -> _Period:
    """The period that a preposition makes of it: "since" opens its end, "by" its start."""
    if period.value and "/" in period.value:
        return period
    if word in _OPEN_START and period.start is not None:
        latest = today if word == "since" and today and today >= period.start else None
        return _Period(period.start, latest, None)
    if word in _OPEN_END and period.end is not None:
        return _Period(None, period.end, None)
    return period


def _reference(period: _Period, span: Span) -> TimeReference:
    basis = TimeBasis.STATED if period.stated else TimeBasis.RESOLVED
    return TimeReference(period.value, basis if period.value else TimeBasis.BOUNDED, period.start, period.end, span)


def _day(day: date, stated: bool = False) -> _Period:
    return _Period(day, day, day.isoformat(), stated)


def _days(start: date, end: date, stated: bool = False) -> _Period | None:
    if start >= end:
        return _day(start, stated) if start == end else None
    return _Period(start, end, f"{start.isoformat()}/{end.isoformat()}", stated)


def _month(year: int, month: int, stated: bool = False) -> _Period:
    end = date(year, month, calendar.monthrange(year, month)[1])
    return _Period(date(year, month, 1), end, f"{year:04}-{month:02}", stated)


def _months(year: int, month: int, length: int, stated: bool = False) -> _Period:
    """A run of months, such as a quarter, as an interval of months."""
    last = _month(year + (month + length - 2) // 12, (month + length - 2) % 12 + 1)
    return _Period(date(year, month, 1), last.end, f"{year:04}-{month:02}/{last.value}", stated)


def _year(year: int, stated: bool = False) -> _Period:
    return _Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}", stated)


def _read_iso(reading: _Reading) -> _Period | None:
    try:
        return _day(date.fromisoformat(reading.match[0]), stated=True)
    except ValueError:
        return None


def _calendar_day(year: int, month: str, day: str) -> date | None:
    number = month_number(month)
    value = int(re.sub(r"\D", "", day))
    return date(year, number, value) if value <= calendar.monthrange(year, number)[1] else None


def _read_month_day(reading: _Reading) -> _Period | None:
    month, day = reading.group("md_month") or "", reading.group("md_day") or ""
    last = (reading.group("md_month2") or month, reading.group("md_day2") or day)
    return _dated(reading, (month, day), last, reading.group("md_year"))


def _read_day_month(reading: _Reading) -> _Period | None:
    month, day = reading.group("dm_month") or "", reading.group("dm_day") or ""
    return _dated(reading, (month, day), (month, reading.group("dm_day2") or day), reading.group("dm_year"))


def _dated(reading: _Reading, first: tuple[str, str], last: tuple[str, str], year: str | None) -> _Period | None:
    """A day or a run of days of a stated year, or of the year that the clause's tense allows."""
    if year is None and reading.today is None:
        return None
    number = int(year) if year else _year_of_day(reading, *first)
    start, end = _calendar_day(number, *first), _calendar_day(number, *last)
    if start is None or end is None:
        return None
    return _days(start, end, stated=year is not None)


def _year_of_day(reading: _Reading, month: str, day: str) -> int:
    today = reading.today or date.min
    start = _calendar_day(today.year, month, day) or today
    if reading.adnominal:
        return min(
            (today.year - 1, today.year, today.year + 1), key=lambda year: abs(start.replace(year=year, day=1) - today)
        )
    if reading.ahead:
        return today.year if start >= today else today.year + 1
    return today.year if start <= today else today.year - 1


def _read_month_year(reading: _Reading) -> _Period:
    return _month(int(reading.group("my_year") or 0), month_number(reading.group("my_month") or ""), stated=True)


def _read_part(reading: _Reading) -> _Period | None:
    """A quarter or a half of a year."""
    code, nth = reading.group("part_code"), reading.group("part_nth")
    quarter = "Q" in code if code else reading.group("part_unit") == "quarter"
    parts, length = (4, 3) if quarter else (2, 6)
    index = int(code.strip("QH")) if code else ordinal(nth or "", parts)
    month, year = (index - 1) * length + 1, reading.group("part_year")
    if index > parts:
        return None
    return _months(int(year), month, length, stated=True) if year else _part_near(reading, month, length)


def _part_near(reading: _Reading, month: int, length: int) -> _Period | None:
    today, which = reading.today, reading.group("part_which")
    if today is None or (which is None and length > 3):
        return None
    if which:
        return _months(today.year + _SHIFT[which], month, length)
    year = today.year - (month > today.month and not reading.ahead)
    return _months(year, month, length)


def _read_edge(reading: _Reading) -> _Period | None:
    """ "the end of 2019": the year, bounded to its last quarter; of a month, to its last ten days."""
    whole = _edge_whole(reading)
    if whole is None or whole.start is None or whole.end is None:
        return None
    edge, length = reading.group("edge_kind"), (whole.end - whole.start) // 3
    if edge in ("end", "close"):
        return replace(whole, start=whole.end - length)
    if edge == "middle":
        return replace(whole, start=whole.start + length, end=whole.end - length)
    return replace(whole, end=whole.start + length)


def _edge_whole(reading: _Reading) -> _Period | None:
    year, month, today = reading.group("edge_year"), reading.group("edge_month"), reading.today
    if year:
        return _year(int(year), stated=True)
    if month:
        stated = reading.group("edge_month_year")
        return (
            _month(int(stated), month_number(month), stated=True)
            if stated
            else _month_near(reading, month_number(month))
        )
    return (
        _unit(today, reading.group("edge_unit") or "", _SHIFT[reading.group("edge_which") or "the"]) if today else None
    )


def _read_month(reading: _Reading) -> _Period | None:
    which, words = reading.group("m_which"), reading.group("m_any") or reading.match[0]
    return _month_near(reading, month_number(words), which.lower() if which else None)


def _month_near(reading: _Reading, month: int, which: str | None = None) -> _Period | None:
    """The latest such month not after publication, or the next one if the words or the tense look ahead."""
    today = reading.today
    if today is None:
        return None
    if which == "this":
        return _month(today.year, month)
    if which == "next" or (which is None and reading.ahead):
        return _month(today.year + (month < today.month or (which == "next" and month == today.month)), month)
    return _month(today.year - (month > today.month or (which == "last" and month == today.month)), month)


def _read_weekday(reading: _Reading) -> _Period | None:
    if reading.today is None:
        return None
    first, second = reading.group("w_day") or "", reading.group("w_day2")
    start = _weekday_near(reading, weekday_number(first), reading.today)
    if second is None:
        return _day(start)
    if reading.ahead or reading.group("w_which"):
        return _days(start, start + _DAY * ((weekday_number(second) - start.weekday()) % 7))
    end = _weekday_near(reading, weekday_number(second), reading.today)
    return _days(end - _DAY * ((end.weekday() - weekday_number(first)) % 7), end)


def _weekday_near(reading: _Reading, weekday: int, today: date) -> date:
    which = (reading.group("w_which") or "").lower()
    back, on = (today.weekday() - weekday) % 7, (weekday - today.weekday()) % 7
    if which == "next":
        return today + _DAY * (on or 7)
    if which == "last":
        return today - _DAY * (back or 7)
    return today + _DAY * on if reading.ahead else today - _DAY * back


_DAY_SHIFTS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def _read_day(reading: _Reading) -> _Period | None:
    today = reading.today
    return _day(today + _DAY * _DAY_SHIFTS[reading.match[0].lower()]) if today else None


def _read_unit(reading: _Reading) -> _Period | None:
    if reading.today is None:
        return None
    return _unit(reading.today, reading.group("u_unit") or "", _SHIFT[(reading.group("u_which") or "").lower()])


def _unit(today: date, unit: str, shift: int) -> _Period | None:
    """The week, month, year or season that lies `shift` of them from today's."""
    if unit == "year":
        return _year(today.year + shift)
    if unit == "month":
        months = today.year * 12 + today.month - 1 + shift
        return _month(months // 12, months % 12 + 1)
    if unit in _SEASON_STARTS:
        return _season(today, _SEASON_STARTS[unit], shift)
    monday = today + _DAY * (7 * shift - today.weekday())
    return _days(monday + _DAY * 5 if unit == "weekend" else monday, monday + _DAY * 6)


def _season(today: date, month: int, shift: int) -> _Period:
    """A season of three months: the last one to have begun before today's month, or the next to begin."""
    year = today.year
    if shift < 0 and month + 2 >= today.month:
        year -= 1
    if shift > 0 and month <= today.month:
        year += 1
    whole = _months(year, month, 3)
    return _Period(whole.start, whole.end, None)


def _read_ago(reading: _Reading) -> _Period | None:
    if reading.today is None:
        return None
    number, unit = count(reading.group("ago_count") or ""), reading.group("ago_unit") or ""
    return _day(reading.today - _DAY * number) if unit == "day" else _unit(reading.today, unit, -number)


def _read_lasting(reading: _Reading) -> _Period | None:
    return _Period(None, reading.today, None) if reading.today else None


def _read_year(reading: _Reading) -> _Period | None:
    first, last = reading.group("y_from") or "", reading.group("y_to")
    if last is None:
        return _year(int(first), stated=True)
    end = int(first[:2] + last if len(last) == 2 else last)
    if end <= int(first):
        return _year(int(first), stated=True)
    return _Period(date(int(first), 1, 1), date(end, 12, 31), f"{first}/{end}", stated=True)


_READERS: dict[str, Callable[[_Reading], _Period | None]] = {
    "iso": _read_iso,
    "month_day": _read_month_day,
    "day_month": _read_day_month,
    "month_year": _read_month_year,
    "part": _read_part,
    "edge": _read_edge,
    "month": _read_month,
    "weekday": _read_weekday,
    "day": _read_day,
    "unit": _read_unit,
    "ago": _read_ago,
    "lasting": _read_lasting,
    "year": _read_year,
}
