"""Dates are resolved against the day of publication, by tense, and never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article, Span
from onrecord.document import TimeBasis
from onrecord.language.dates import find_times, nearest_time

WEDNESDAY = date(2021, 9, 15)


def article(text: str, published: date | None = WEDNESDAY) -> Article:
    return Article("note.txt", text, None, (Span(0, len(text)),), published)


def values(text: str, published: date | None = WEDNESDAY) -> list[str | None]:
    return [time.value for time in find_times(article(text, published))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It opened on March 3, 2011.", "2011-03-03"),
        ("It opened on 3 March 2011.", "2011-03-03"),
        ("The filing is dated 2011-03-03.", "2011-03-03"),
        ("Work ended in late June 1998.", "1998-06"),
        ("Output fell in 1987.", "1987"),
        ("Sales rose in the third quarter of 2025.", "2025-07/2025-09"),
        ("The fair ran from May 3-5, 2019.", "2019-05-03/2019-05-05"),
        ("It was closed between 2014 and 2016.", "2014/2016"),
    ],
)
def test_what_is_printed_in_full_is_stated(text: str, value: str) -> None:
    """A full date or a year needs no publication date and is marked as stated."""
    (time,) = find_times(article(text, None))
    assert (time.value, time.basis) == (value, TimeBasis.STATED)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The envoy arrived on Tuesday.", "2021-09-14"),
        ("He spoke on Wednesday.", "2021-09-15"),
        ("He told reporters on Thursday.", "2021-09-09"),
        ("The court will rule on Thursday.", "2021-09-16"),
        ("Next Wednesday the panel sits.", "2021-09-22"),
        ("They met on Monday and Tuesday.", "2021-09-13/2021-09-14"),
        ("Yesterday the line burst.", "2021-09-14"),
        ("It was signed in March.", "2021-03"),
        ("It was signed in November.", "2020-11"),
        ("The talks will resume in March.", "2022-03"),
        ("The vote is due in October.", "2021-10"),
        ("The plant closed last month.", "2021-08"),
        ("The plant closed last week.", "2021-09-06/2021-09-12"),
        ("They quarrelled three days ago.", "2021-09-12"),
        ("They quarrelled four years ago.", "2017"),
        ("The Sept. 26 election is open.", "2021-09-26"),
        ("Both sides met on 2 January.", "2021-01-02"),
    ],
)
def test_relative_times_are_resolved_by_tense(text: str, value: str) -> None:
    """A weekday or month is the nearest that the clause's tense allows, and is marked as resolved."""
    (time,) = find_times(article(text))
    assert (time.value, time.basis) == (value, TimeBasis.RESOLVED)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("It has leaked since 2014.", date(2014, 1, 1), WEDNESDAY),
        ("It should run by 2030.", None, date(2030, 12, 31)),
        ("For months they have argued.", None, WEDNESDAY),
        ("In recent weeks prices rose.", None, WEDNESDAY),
    ],
)
def test_open_periods_are_bounded(text: str, earliest: date | None, latest: date | None) -> None:
    """ "Since", "by" and "for months" give bounds and no value."""
    (time,) = find_times(article(text))
    assert (time.value, time.basis, time.earliest, time.latest) == (None, TimeBasis.BOUNDED, earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "They spoke on Tuesday, as they had in March.",
        "Last week it broke. Yesterday it was mended. For years nobody cared.",
        "They may march on.",
        "Some 2000 people came in the 1990s.",
        "The house has 2010 windows.",
        "Feb. 30, 2011 is no day.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    """Without a publication date relative words give nothing, and words or counts that look like dates never do."""
    assert values(text, None) == []


def test_the_span_holds_the_words_as_printed() -> None:
    """A time's span covers its words with the preposition that bounds it."""
    text = "The lock, shut since early May, reopens."
    (time,) = find_times(article(text))
    assert time.span is not None
    assert time.span.of(text) == "since early May"


def test_the_nearest_time_of_a_sentence_is_taken() -> None:
    """Of two times in a sentence the nearer one belongs to a phrase, and one of another sentence never does."""
    text = "On Monday they met and on Tuesday they signed. It rained on Friday."
    found = find_times(article(text))
    signed = Span(text.index("signed"), text.index("signed") + 6)
    time = nearest_time(found, signed, Span(0, text.index(".") + 1))
    assert time is not None
    assert time.value == "2021-09-14"
    assert nearest_time(found, signed, Span(text.index("It rained"), text.index("It rained") + 9)) is None


_PIECES = st.sampled_from(
    [
        "March",
        "3",
        "2021",
        "on",
        "Tuesday",
        "and",
        "May",
        "-",
        "next",
        "end of",
        "the",
        "Q3",
        "Dec. 31",
        "week",
        ",",
        "Feb. 29",
    ]
)


@given(st.lists(_PIECES, min_size=1, max_size=8).map(" ".join), st.dates(date(1987, 1, 1), date(2026, 12, 31)))
def test_any_words_are_read_without_failing(text: str, published: date) -> None:
    """However the words of dates are mixed, what is found is ordered, inside the text and consistent."""
    for time in find_times(article(text, published)):
        assert time.span is not None
        assert time.span in Span(0, len(text))
        assert time.value or time.earliest or time.latest
        if time.earliest and time.latest:
            assert time.earliest <= time.latest
