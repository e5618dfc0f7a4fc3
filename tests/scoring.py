"""Scores of what was read against the corpus annotated by hand: actors, statements, projects.

Statements match where their contents share half of their words, by offset; one is whole if its speakers are right too.
Names match without case, articles and possessives. What the annotation calls borderline counts neither way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from onrecord.document import Attitude, Document, Statement

Gold = dict[str, Any]
LEAST_SHARED = 0.5
_WORD = re.compile(r"\w+")


@dataclass
class Count:
    """Hits among what was predicted and what was expected."""

    hits: int = 0
    predicted: int = 0
    expected: int = 0

    @property
    def f1(self) -> float:
        """In percent."""
        return 200 * self.hits / max(1, self.predicted + self.expected)


@dataclass
class Tally:
    """All counts by name, and each miss as a line for people."""

    counts: dict[str, Count] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, hits: int = 0, predicted: int = 0, expected: int = 0) -> None:
        """Add to a count."""
        count = self.counts.setdefault(name, Count())
        count.hits += hits
        count.predicted += predicted
        count.expected += expected

    def figures(self) -> dict[str, float]:
        """F1 of each count in percent, to one place."""
        return {name: round(count.f1, 1) for name, count in sorted(self.counts.items())}


def plain(name: str | None) -> str:
    """A name as it is compared."""
    words = re.sub(r"[’']s\b", "", (name or "").casefold())
    return " ".join(_WORD.findall(re.sub(r"^(?:the|an?)\s+", "", words.strip())))


def score(document: Document, gold: Gold, tally: Tally) -> None:
    """Add one article to the tally."""
    _actors(document, gold, tally)
    _statements(document, gold, tally)
    _projects(document, gold, tally)


def _names(thing: Gold) -> set[str]:
    return {plain(name) for name in (thing["name"], *thing.get("aliases", ()), *thing.get("metonyms", ()))}


def _paired(expected: list[set[str]], found: list[set[str]]) -> dict[int, int]:
    """Expected to found, one to one, in order."""
    pairs: dict[int, int] = {}
    for number, names in enumerate(expected):
        match = next((n for n, f in enumerate(found) if f & names and n not in pairs.values()), None)
        if match is not None:
            pairs[number] = match
    return pairs


def _actors(document: Document, gold: Gold, tally: Tally) -> None:
    found = [{plain(actor.name), *map(plain, actor.aliases)} for actor in document.actors]
    pairs = _paired([_names(actor) for actor in gold["actors"]], found)
    for number, actor in enumerate(gold["actors"]):
        if actor.get("borderline") or actor.get("scores_as"):
            continue
        hit = number in pairs
        tally.add("actors", hit, 0, 1)
        if not hit:
            tally.misses.append(f"actor missed: {actor['name']}")
        else:
            right = document.actors[pairs[number]].type == actor["type"]
            tally.add("actor types", right, 1, 1)
    soft = {n for actor in gold["actors"] for n in map(plain, actor.get("nominal_mentions") or ())}
    soft |= {n for each in (*gold.get("projects", ()), *gold.get("programmes", ())) for n in _names(each)}
    excused = {
        pairs[n] for n, a in enumerate(gold["actors"]) if n in pairs and (a.get("borderline") or a.get("scores_as"))
    }
    for number, names in enumerate(found):
        extra = number not in pairs.values()
        if number not in excused and not (extra and names & soft):
            tally.add("actors", 0, 1, 0)
            if extra:
                tally.misses.append(f"actor too many: {document.actors[number].name}")


def _words(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    return {start + word.start() for start, end in spans for word in _WORD.finditer(text[start:end])}


def _spoken(document: Document) -> list[tuple[Statement, set[int]]]:
    said = (s for s in document.statements if s.attitude not in (Attitude.INTENTION, Attitude.ACT))
    return [(s, _words(document.article.text, ((c.start, c.end) for c in s.content))) for s in said]


def _shared(one: set[int], other: set[int]) -> float:
    return len(one & other) / max(1, len(one | other))


def _statements(document: Document, gold: Gold, tally: Tally) -> None:
    text, found = document.article.text, _spoken(document)
    expected = [_words(text, s["spans"]["content"]) for s in gold["statements"]]
    cells = sorted(
        (
            (-_shared(e, f), i, j)
            for i, e in enumerate(expected)
            for j, (_, f) in enumerate(found)
            if _shared(e, f) >= LEAST_SHARED
        )
    )
    pairs: dict[int, int] = {}
    for _, i, j in cells:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    soft = [e for e, s in zip(expected, gold["statements"], strict=True) if s.get("borderline")]
    for number, statement in enumerate(gold["statements"]):
        if not statement.get("borderline"):
            _one_statement(document, gold, statement, found[pairs[number]][0] if number in pairs else None, tally)
    excused = {pairs[n] for n, s in enumerate(gold["statements"]) if s.get("borderline") and n in pairs}
    for number, (_, words) in enumerate(found):
        matched = number in pairs.values()
        if number not in excused and (matched or not any(_shared(e, words) >= LEAST_SHARED / 2 for e in soft)):
            tally.add("statements found", 0, 1, 0)
            tally.add("statements whole", 0, 1, 0)
            if not matched:
                tally.misses.append(f"statement too many: {_line(document, found[number][0])}")


def _one_statement(document: Document, gold: Gold, expected: Gold, found: Statement | None, tally: Tally) -> None:
    right = found is not None and _right_speaker(document, gold, expected, found)
    tally.add("statements found", found is not None, 0, 1)
    tally.add("statements whole", right, 0, 1)
    wanted = expected["speaker"] or expected.get("speaker_text")
    if found is None:
        tally.misses.append(f"statement missed: {wanted} | {expected.get('cue')} | {str(expected['content'])[:70]}")
        return
    if not right:
        tally.misses.append(f"speaker wrong: wanted {wanted}, got {_line(document, found)}")
    tally.add("mode", found.mode == expected["kind"], 1, 1)
    tally.add("polarity", found.negated == bool(expected["negated"]), 1, 1)


def _right_speaker(document: Document, gold: Gold, expected: Gold, found: Statement) -> bool:
    heard = {plain(document.actors[index].name) for index in found.speakers}
    wanted = [expected["speaker"], *(expected.get("co_speakers") or ())]
    if not expected["speaker"]:
        printed = set(plain(expected.get("speaker_text")).split())
        said = set(plain(found.speaker_text).split()) | {word for name in heard for word in name.split()}
        return bool(printed & said) if printed else not said
    actors = [actor for actor in gold["actors"] if actor["name"] in wanted or actor.get("scores_as") in wanted]
    names = {name for actor in actors for name in _names(actor)} | {plain(name) for name in wanted}
    if not heard and any(actor["type"] == "group" for actor in actors):
        heard = {plain(found.speaker_text)}
    return bool(heard & names) and len(heard) <= len(wanted)


def _line(document: Document, statement: Statement) -> str:
    speakers = " and ".join(document.actors[i].name for i in statement.speakers) or statement.speaker_text
    text = document.article.text
    cue = " ".join(s.of(text) for s in statement.cue)
    return f"{speakers} | {cue} | {statement.content[0].of(text)[:70]}"


def _projects(document: Document, gold: Gold, tally: Tally) -> None:
    expected = [project for project in gold.get("projects", ()) if not project.get("borderline")]
    found = [{plain(project.name), *map(plain, project.aliases)} for project in document.projects]
    pairs = _paired([_names(project) for project in expected], found)
    tally.add("projects", len(pairs), len(found), len(expected))
    tally.misses += [f"project missed: {p['name']}" for n, p in enumerate(expected) if n not in pairs]
    for number in pairs:
        kind = expected[number]["type"].replace(" ", "-").casefold()
        tally.add(
            "project kinds", set(kind.split("-")) & set(document.projects[pairs[number]].kind.split("-")) != set(), 1, 1
        )


def lines(tally: Tally) -> Iterator[str]:
    """The figures as a table for people."""
    for name, count in sorted(tally.counts.items()):
        yield f"{name:<18} F1 {count.f1:5.1f}   {count.hits} of {count.predicted} found, {count.expected} expected"
