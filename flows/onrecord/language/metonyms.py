"""Whether a capital's name means the city or the state that it governs: decided from the words around it."""

from __future__ import annotations

import re
from collections.abc import Collection

from onrecord.article import Span
from onrecord.document import ActorType
from onrecord.identity import Authority, Known

_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around|inside|into|across|throughout|downtown|central|visit(?:ed|ing|s)?|"
    r"left(?: for)?|leaving(?: for)?|reached|arriv\w+ (?:in|at)|"
    r"(?:trip|visit|flew|fly|flight|travel\w*|way|back|home|drove|train|route|line|pipeline|return\w*|went|go|"
    r"going|come|came|moved?) (?:to|from)|"
    r"city of|capital,?(?: of)?|streets of|outskirts of|suburbs? of|mayor of|miles (?:from|of|north of|"
    r"south of)|km (?:from|of)|"
    r"kilometers (?:from|of)|west of|east of|north of|south of|meeting in|based in|born in|from|via|"
    r"through)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PLACE_AFTER = re.compile(
    r"^(?:,\s+(?:D\.?C|[A-Z][a-z]+[,.])|[- ](?:based|listed|born|area|educated|bound|backed)\b|"
    r"[’']s?\s+(?:mayor|airport|streets|suburbs|police|subway|university)|\s+(?:mayor|airport|street|"
    r"television|TV|radio|newspaper|hospital|"
    r"suburb|police|subway|residents?|court|stock|Stock|Street|University|Post|Times|state|State|embassy|"
    r"bureau|office|newsroom))"
)


def stands_for(entry: Known, span: Span, text: str, named: Collection[str], authority: Authority) -> Known | None:
    """The state or body for which a city stands at this place; None where the city itself is meant.

    Of several states with one capital the one among `named` (IRIs of the article's states) is meant, else the first.
    """
    if entry.type is not ActorType.PLACE:
        return None
    states = authority.by_capital.get(entry.iri, ())
    meant = (
        authority.by_metonym.get(entry.name)
        or next((s for s in states if s.iri in named), None)
        or next(iter(states), None)
    )
    if meant is None or meant.name == entry.name:
        return None
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 30]
    return None if _PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after) else meant
