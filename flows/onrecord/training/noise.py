"""Variation of training passages, so that the model holds on wires, old news and careless typing too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from onrecord.article import Span
from onrecord.language.attribution.windows import OTHER
from onrecord.language.attribution.words import Mark, words_of
from onrecord.training.labelling import LabelledCue, LabelledPassage

_CITIES = (
    "LONDON", "NEW YORK", "WASHINGTON", "MOSCOW", "BEIJING", "TOKYO", "BRUSSELS", "ANKARA", "TEHRAN", "RIYADH", "OSLO",
    "VIENNA", "BERLIN", "PARIS", "KUWAIT", "BAGHDAD", "HOUSTON", "CALGARY", "SINGAPORE", "NEW DELHI", "ISLAMABAD",
    "BAKU", "ASTANA", "KIEV", "WARSAW", "SOFIA", "ATHENS", "CAIRO", "ALGIERS", "LAGOS", "CARACAS", "CANBERRA",
)  # fmt: skip
_AGENCIES = (
    "Reuters", "AP", "AFP", "TASS", "Interfax", "Xinhua", "UPI", "Bloomberg", "dpa", "IRNA", "PTI", "ANSA", "Kyodo",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec", "October")
_DATELINES = (
    "({agency}) --", "({agency}) -", "{city}, {month} {day} ({agency}) -", "{city}, {month} {day} ({agency}) —",
    "{city} ({agency}) -", "{city} ({agency}) —", "{city}, {month} {day} -", "{city} --",
    "{city}, {month} {day}. /{agency}/.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noise:
    """Probability of each variation for one passage."""

    capitals: float = 0.01
    title_capitals: float = 0.15
    title_case: float = 0.15
    dateline: float = 0.2
    unquoted: float = 0.04
    lost_mark: float = 0.04
    single_marks: float = 0.04


def vary_article(passages: Sequence[LabelledPassage], noise: Noise, chance: Random) -> list[LabelledPassage]:
    """A varied copy: letter case of the title, a dateline before the first paragraph, lost or other quotation marks."""
    varied = [_vary_marks(passage, noise, chance) for passage in passages]
    varied = [_upper(passage) if chance.random() < noise.capitals else passage for passage in varied]
    if varied:
        varied[0] = _vary_title(varied[0], noise, chance)
    if len(varied) > 1 and chance.random() < noise.dateline:
        varied[1] = with_dateline(varied[1], _dateline(chance))
    return varied


def _vary_title(title: LabelledPassage, noise: Noise, chance: Random) -> LabelledPassage:
    draw = chance.random()
    if draw < noise.title_capitals:
        return _upper(title)
    if draw < noise.title_capitals + noise.title_case:
        return replace(title, surfaces=tuple(_capitalised(word) for word in title.surfaces))
    return title


def _upper(passage: LabelledPassage) -> LabelledPassage:
    return replace(passage, surfaces=tuple(word.upper() for word in passage.surfaces))


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _dateline(chance: Random) -> str:
    agency = chance.choice(_AGENCIES)
    return chance.choice(_DATELINES).format(
        city=chance.choice(_CITIES),
        agency=agency.upper() if chance.random() < 0.3 else agency,
        month=chance.choice(_MONTHS),
        day=chance.randint(1, 28),
    )


def with_dateline(passage: LabelledPassage, dateline: str) -> LabelledPassage:
    """The passage with the dateline's words in front; they belong to no statement."""
    words = words_of(dateline, Span(0, len(dateline)))
    added = (OTHER,) * len(words)
    return LabelledPassage(
        words.surfaces + passage.surfaces,
        words.marks + passage.marks,
        added + passage.flat,
        tuple(LabelledCue(cue.head + len(words), added + cue.labels) for cue in passage.cues),
    )


def _vary_marks(passage: LabelledPassage, noise: Noise, chance: Random) -> LabelledPassage:
    marked = [number for number, mark in enumerate(passage.marks) if mark is not Mark.NONE]
    if not marked:
        return passage
    draw = chance.random()
    if draw < noise.unquoted:
        return without_words(passage, marked)
    if draw < noise.unquoted + noise.lost_mark:
        return without_words(passage, [chance.choice(marked)])
    if draw < noise.unquoted + noise.lost_mark + noise.single_marks:
        return _single_marked(passage)
    return passage


def without_words(passage: LabelledPassage, dropped: Sequence[int]) -> LabelledPassage:
    """The passage without some words; a cue whose head is dropped goes with it."""
    gone = frozenset(dropped)
    kept = [number for number in range(len(passage)) if number not in gone]
    place = {number: new for new, number in enumerate(kept)}
    return LabelledPassage(
        tuple(passage.surfaces[number] for number in kept),
        tuple(passage.marks[number] for number in kept),
        tuple(passage.flat[number] for number in kept),
        tuple(
            LabelledCue(place[cue.head], tuple(cue.labels[number] for number in kept))
            for cue in passage.cues
            if cue.head in place
        ),
    )


def _single_marked(passage: LabelledPassage) -> LabelledPassage:
    surfaces = ("'" if mark else word for word, mark in zip(passage.surfaces, passage.marks, strict=True))
    return replace(passage, surfaces=tuple(surfaces), marks=(Mark.NONE,) * len(passage))
