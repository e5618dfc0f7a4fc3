"""Events are occasions that somebody took part in, at a place or a time."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.article import Article, Span
from onrecord.document import Actor, ActorType, Event, Mention
from onrecord.language.dates import find_times
from onrecord.language.events import find_events

CAST = {
    "Ada Holt": ActorType.PERSON,
    "Ivo Brandt": ActorType.PERSON,
    "Norland": ActorType.STATE,
    "Sudrey": ActorType.STATE,
    "Port Ellis": ActorType.PLACE,
    "World Court": ActorType.ORGANIZATION,
    "Radio Norland": ActorType.ORGANIZATION,
}


def actors(text: str) -> list[Actor]:
    found = []
    for name, kind in CAST.items():
        starts = [i for i in range(len(text)) if text.startswith(name, i)]
        found.append(Actor(name, kind, tuple(Mention(Span(i, i + len(name)), name) for i in starts), (name,)))
    return found


def events(text: str) -> tuple[Event, ...]:
    article = Article("note.txt", text, None, (Span(0, len(text)),), date(2021, 9, 15))
    return find_events(article, actors(text), find_times(article))


def names(indices: tuple[int, ...]) -> set[str]:
    everybody = list(CAST)
    return {everybody[index] for index in indices}


CASES = [
    (
        "Ada Holt told Ivo Brandt so during a meeting in Port Ellis.",
        "meeting",
        {"Ada Holt", "Ivo Brandt"},
        "Port Ellis",
        None,
    ),
    (
        "Ada Holt met Ivo Brandt in Port Ellis on Tuesday.",
        "meeting",
        {"Ada Holt", "Ivo Brandt"},
        "Port Ellis",
        "2021-09-14",
    ),
    ("Norland held talks with Sudrey on Monday.", "talks", {"Norland", "Sudrey"}, None, "2021-09-13"),
    ("In a speech earlier Wednesday, Ada Holt praised it.", "speech", {"Ada Holt"}, None, "2021-09-15"),
    (
        "Ada Holt said in an interview with Radio Norland that it was late.",
        "interview",
        {"Ada Holt", "Radio Norland"},
        None,
        None,
    ),
    (
        "The World Court issued an arrest warrant against Ivo Brandt in March.",
        "arrest-warrant",
        {"World Court", "Ivo Brandt"},
        None,
        "2021-03",
    ),
    ("The conflict between Norland and Sudrey goes on.", "conflict", {"Norland", "Sudrey"}, None, None),
    (
        "Ivo Brandt began a visit to Port Ellis last week.",
        "visit",
        {"Ivo Brandt"},
        "Port Ellis",
        "2021-09-06/2021-09-12",
    ),
    ("Norland imposed sanctions on Sudrey in 2014.", "sanctions", {"Norland", "Sudrey"}, None, "2014"),
    ("A bombing in Port Ellis on Monday killed two.", "attack", set(), "Port Ellis", "2021-09-13"),
    ("The 2016 election in Norland was close.", "election", set(), "Norland", "2016"),
    ("Ivo Brandt was arrested in Port Ellis on Friday.", "arrest", {"Ivo Brandt"}, "Port Ellis", "2021-09-10"),
]


@pytest.mark.parametrize(("text", "kind", "parties", "place", "when"), CASES)
def test_who_where_and_when(text: str, kind: str, parties: set[str], place: str | None, when: str | None) -> None:
    """An event has its type, those who took part, its place and its time."""
    (event,) = events(text)
    assert event.type == kind
    assert names(event.participants) >= parties
    assert (list(CAST)[event.place] if event.place is not None else None) == place
    assert (event.time.value if event.time else None) == when


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holt ruled out any meeting with Ivo Brandt.",
        "Voters dislike election law, and the debate stage was bare.",
        "Free speech is at stake, Ada Holt said.",
        "Ada Holt would not meet with Ivo Brandt.",
        "The proposal met the criteria, Ada Holt said.",
        "It was a good deal.",
        "Officials fear a conflict.",
    ],
)
def test_words_for_events_alone_are_none(text: str) -> None:
    """Denied, hypothetical and general uses of the words are no events."""
    assert events(text) == ()


def test_a_named_forum_bears_its_name() -> None:
    """Capitalised words before the noun are the event's name."""
    (event,) = events("Ada Holt opened the Lakeside Energy Forum on Tuesday.")
    assert (event.type, event.name) == ("forum", "Lakeside Energy Forum")


def test_an_event_told_twice_is_one() -> None:
    """A later mention of the same event adds what it tells and makes no second one."""
    (event,) = events("Ada Holt met Ivo Brandt on Tuesday. The meeting in Port Ellis lasted an hour.")
    assert names(event.participants) == {"Ada Holt", "Ivo Brandt"}
    assert event.place == list(CAST).index("Port Ellis")


def test_two_dates_are_two_events() -> None:
    """Meetings on different days stay apart."""
    assert len(events("Ada Holt met Ivo Brandt on Monday. Ada Holt met Ivo Brandt again on Tuesday.")) == 2
