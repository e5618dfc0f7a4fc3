"""What a statement hangs on: the time and the event beside its cue, the projects in its words."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import replace

from onrecord.article import Article, Span
from onrecord.document import Event, Project, Statement, TimeReference
from onrecord.language.sentences import sentences


def link(
    article: Article,
    statements: Sequence[Statement],
    times: Sequence[TimeReference],
    events: Sequence[Event],
    projects: Sequence[Project],
) -> tuple[Statement, ...]:
    """The statements with their time, event and projects; `times` in reading order."""
    frames = _sentences_of(article)
    return tuple(
        replace(
            statement,
            time=_time(statement, _frame(statement, frames), times),
            event=_event(statement, _frame(statement, frames), events),
            about=_about(statement, projects),
        )
        for statement in statements
    )


def _sentences_of(article: Article) -> list[Span]:
    return [sentence for passage in article.passages for sentence in sentences(article.text, passage)]


def _frame(statement: Statement, frames: Sequence[Span]) -> Span | None:
    if not statement.cue:
        return None
    at = bisect.bisect_right(frames, statement.cue[0].start, key=lambda frame: frame.start) - 1
    return frames[at] if at >= 0 and statement.cue[0] in frames[at] else None


def _outside(span: Span, statement: Statement, frame: Span) -> bool:
    return span in frame and not any(span.overlaps(content) for content in statement.content)


def _time(statement: Statement, frame: Span | None, times: Sequence[TimeReference]) -> TimeReference | None:
    if frame is None:
        return None
    low, high = (bisect.bisect_left(times, at, key=_start) for at in (frame.start, frame.end))
    near = [t for t in times[low:high] if t.span and _outside(t.span, statement, frame)]
    cue = statement.cue[0].start
    return min(near, key=lambda t: abs(t.span.start - cue) if t.span else 0, default=None)


def _start(time: TimeReference) -> int:
    return time.span.start if time.span else -1


def _event(statement: Statement, frame: Span | None, events: Sequence[Event]) -> int | None:
    if frame is None:
        return None
    for index, event in enumerate(events):
        if _outside(event.span, statement, frame) and set(event.participants) & set(statement.speakers):
            return index
    return None


def _about(statement: Statement, projects: Sequence[Project]) -> tuple[int, ...]:
    return tuple(
        index
        for index, project in enumerate(projects)
        if any(mention.span.overlaps(content) for mention in project.mentions for content in statement.content)
    )
