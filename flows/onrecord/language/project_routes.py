"""Where a line runs: from, to and via, with the place as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.article import Span
from onrecord.document import ActorType
from onrecord.language.mention_index import MentionIndex
from onrecord.language.project_scopes import Scope


class RoutePoint(NamedTuple):
    """One end or one passage of a route; `possessor` is whose field or port it is."""

    kind: str
    place: Span
    possessor: Span | None


_WORD = r"[A-Z](?:\.[A-Z]\.?)+|[A-Z][\w’'-]*"
_PLACE = (
    rf"(?:the\s)?(?:(?:{_WORD})(?:\s{_WORD})*['’]s\s)?"
    r"(?:(?:(?:north|south|east|west)\w*|central|upper|lower|mainland|offshore)(?:[-\s]\w+ern)?\s)?"
    rf"(?:{_WORD})(?:\s(?:of\s(?:the\s)?)?(?:{_WORD}))*"
    r"(?:\s(?:(?:gas|oil)\s)?(?:fields?|coast|border|basin|region|province|hub|sands|port|refiner(?:y|ies)|ports|states?))?"
)
_AT = r"(?:the\s)?[a-z]+(?:\s[a-z]+)?\s(?:in|on|along|near|of|off|at)"
_LIST = rf"{_PLACE}(?:,\s(?!which|where){_PLACE})*(?:,?\s(?:and|or)\s(?:on\sto\s|then\s)?{_PLACE})?"
_STEP = re.compile(
    rf"\b(?P<word>[Ff]rom|to|into|via|through|across|cross(?:es|ing)|under|beneath|traversing|towards?|(?<=ends\s)(?:at|in)|(?<=ending\s)(?:at|in))\s(?:{_AT}\s)?(?P<list>{_LIST})"
)
_PAIR = re.compile(
    rf"\b(?P<word>between|linking|links?|connecting|connects?|joining|joins?)\s(?P<first>{_LIST})"
    rf"(?:(?<!,)\s(?:and|with|to)\s(?P<second>{_LIST}))?"
)
_ONE = re.compile(_PLACE)
_CARRYING = re.compile(
    r"\b(?:tak(?:e|ing)|draw|end(?:s|ing)?\b|deliver|carr[yi]|transport|ship|pump|bring|brought|run|ran|stretch|extend|suppl|mov(?:e|ing)|flow|transfer|send"
    r"|sent|pip(?:e|ing)|feed|link|export|import|cross|pass|travers|span|snak|rout|lead|lay|laid|go(?:es|ing)?\b)"
)
_CLAUSE_BREAK = re.compile(r"[;:]|,\s(?:and|but|while|as)\s(?:the|a|he|she|it|they)\b|\b(?:said|told|says)\b")
_POSSESSIVE = re.compile(r"['’]s\s")
_PLACE_NOUN = re.compile(r"\s(?:fields?|coast|border|basin|region|province|port|refinery|Sea|Gulf|River)$")
_DEMONYM = re.compile(r"[A-Z]\w+(?:ian|ean|ish|ese|man|can|nch|tch|wiss|aqi|aeli|tani)")
_NOT_A_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs"
    r"|Fri|Satur|Sun)day|Congress|Parliament|President|Minister|Reuters?|I|He|She|It|They|We|Mr|Mrs|Ms)\b"
)
_OWN_OIL = re.compile(
    rf"\b(?:carr|transport|export|ship|deliver|mov|pump)\w*\s(?P<place>{_WORD}(?:\s{_WORD})*)['’]s\s(?:crude|oil|gas|natural)"
)
_KINDS = {"from": "from", "to": "to", "into": "to", "toward": "to", "at": "to", "in": "to", "towards": "to"}
_CONTEXT_REACH = 90
_NOT_PLACES_IN_NAMES = re.compile(
    r"(?:Trans|Cross|Inter|Sino|Russo|Anglo|Euro|Afro|Indo|Pan|West|East|North|South|Mid|Central|Multi|Anti|Pro|Non|Ultra)"
)
_HYPHENED = re.compile(r"[A-Z]\w*[-–—][A-Za-z][^\s]*")
_HYPHENS = re.compile(r"\s?[-–—]\s?(?:to[-–—])?")


def route_points(text: str, scope: Scope, actors: MentionIndex) -> Iterator[RoutePoint]:
    """The places that a sentence gives as ends and passages of a project's route, in reading order."""
    if scope.mention is None:
        return
    yield from _name_points(text, scope.mention)
    for owner in _OWN_OIL.finditer(text, scope.mention.start, scope.span.end):
        yield from _points(text, "from", Span(*owner.span("place")), actors)
    chain = -1
    for pair in _PAIR.finditer(text, scope.mention.start, scope.span.end):
        if _on_route(text, scope.mention, pair, chain):
            chain = pair.end()
            yield from _pair_points(text, pair, actors)
    for step in _STEP.finditer(text, scope.span.start, scope.span.end):
        if _on_route(text, scope.mention, step, chain):
            chain = step.end()
            yield from _points(text, _KINDS.get(step["word"].lower(), "via"), Span(*step.span("list")), actors)


def _on_route(text: str, mention: Span, match: re.Match[str], chain: int) -> bool:
    """Whether a preposition tells a route: beside the mention, after another step, or after a verb of carrying."""
    if 0 <= match.start() - chain <= 25:
        return True
    if 0 <= match.start() - mention.end <= 2:
        return True
    floor = max(mention.start, match.start() - _CONTEXT_REACH) if match.start() > mention.start else match.start() - 50
    between = text[max(floor, 0) : match.start()]
    return _CARRYING.search(between) is not None and _CLAUSE_BREAK.search(between) is None


def _pair_points(text: str, pair: re.Match[str], actors: MentionIndex) -> Iterator[RoutePoint]:
    if pair["second"]:
        yield from _points(text, "from", Span(*pair.span("first")), actors)
        yield from _points(text, "to", Span(*pair.span("second")), actors)
        return
    points = list(_points(text, "from", Span(*pair.span("first")), actors))
    for number, point in enumerate(points):
        kind = "from" if number == 0 else "to" if number == len(points) - 1 else "via"
        yield point._replace(kind=kind)


def _points(text: str, kind: str, places: Span, actors: MentionIndex) -> Iterator[RoutePoint]:
    for match in _ONE.finditer(text, places.start, places.end):
        start, possessor = match.start(), None
        if match[0].startswith("the "):
            start += 4
        owner = _POSSESSIVE.search(text, start, match.end())
        if owner is not None:
            possessor, start = Span(start, owner.start()), owner.end()
        place = Span(start, match.end())
        if _is_place(text, place, actors):
            yield RoutePoint(kind, place, possessor)


def _is_place(text: str, place: Span, actors: MentionIndex) -> bool:
    if _NOT_A_PLACE.match(text, place.start, place.end):
        return False
    if _DEMONYM.fullmatch(text, place.start, place.end) and text[place.end : place.end + 2].strip().islower():
        return False
    actor = actors.over(place.start, place.end)
    return (
        actor is None
        or actor.type not in (ActorType.PERSON, ActorType.GROUP)
        or _PLACE_NOUN.search(place.of(text)) is not None
    )


def _name_points(text: str, mention: Span) -> Iterator[RoutePoint]:
    """The route in a name such as "Northport-Millbrook-Easton pipeline"."""
    for word in _HYPHENED.finditer(mention.of(text)):
        bounds = [0, *(edge for hyphen in _HYPHENS.finditer(word[0]) for edge in hyphen.span()), len(word[0])]
        parts = [Span(*part) for part in zip(bounds[::2], bounds[1::2], strict=True) if part[0] < part[1]]
        words = [part.of(word[0]) for part in parts]
        if len(parts) < 2 or not all(part[0].isupper() for part in words) or _NOT_PLACES_IN_NAMES.fullmatch(words[0]):
            continue
        for number, part in enumerate(parts):
            kind = "from" if number == 0 else "to" if number == len(parts) - 1 else "via"
            offset = mention.start + word.start()
            yield RoutePoint(kind, Span(offset + part.start, offset + part.end), None)
