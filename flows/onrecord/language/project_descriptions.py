"""What a phrase without a name says of a project: whether it is enough to be one, and how to call it."""

from __future__ import annotations

import re

from onrecord.language.project_phrases import Determiner, Phrase
from onrecord.language.project_words import PIPELINES

_STRONG_KINDS = PIPELINES | {"lng-terminal", "refinery", "dam", "railway", "power-plant", "nuclear-plant", "power-line",
                             "wind-farm", "solar-farm", "canal"}  # fmt: skip
_BUILDING = re.compile(
    r"\b(?:buil[dt]\w*|construct\w*|la(?:y|id|ying)|propos\w+|plans?\s(?:to|for)|planned|complet\w+|open\w*|financ\w+"
    r"|commission\w*|develop\w*|inaugurat\w+|launch\w*|expand\w*|restart\w*|shut\w*|damag\w+|ruptur\w+)\s(?:\S+\s){0,3}$"
)
_ROUTE = re.compile(
    r"(?:,?\s(?:that|which|to|would|will|running|runs|run|carrying|carry))*\s(?:from|to|between|linking|connecting|through"
    r"|across|via|under|into|joining|at|near|off)\s(?:the\s|both\s)?(?:\w+ern\s)?(?:[A-Z]|countries)"
)
_ENDS = r"(?:the\s)?(?:\w+ern\s)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*"
_ROUTE_PAIR = re.compile(
    rf"\s(?:(?:from|between)\s{_ENDS}\s(?:to|and)|to|into|across|through|under|at|near|off)\s{_ENDS}"
)
_CLAUSE = re.compile(r"\sthat\s(?:carries|runs|links|connects|brings|transports|would\scarry|feeds)\s[^,.;:]{3,70}")
_PLANNED = re.compile(r"\b(?:planned|proposed|controversial|future|delayed|stalled)\b")


def informative(text: str, phrase: Phrase) -> bool:
    """Whether a phrase without a name says enough to be a project of its own."""
    if phrase.kind == "project" or phrase.in_title:
        return False
    if phrase.plural:
        return phrase.kind in PIPELINES and _ROUTE_PAIR.match(text, phrase.head.end, phrase.sentence.end) is not None
    if phrase.determiner in (Determiner.OTHER, Determiner.NONE):
        return False
    built = _BUILDING.search(text, max(phrase.sentence.start, phrase.span.start - 60), phrase.span.start)
    if phrase.kind not in _STRONG_KINDS:
        sized = any(character.isdigit() for character in phrase.modifiers)
        return sized or (bool(built) and qualified(text, phrase))
    if phrase.determiner is Determiner.DEFINITE:
        return qualified(text, phrase)
    return bool(built) or qualified(text, phrase) or _PLANNED.search(phrase.modifiers) is not None


def qualified(text: str, phrase: Phrase) -> bool:
    """Whether size, nationality, place, company or route tell it from others of its kind."""
    inner = text[phrase.span.start + 2 : phrase.head.start]
    if any(character.isdigit() or character.isupper() for character in inner):
        return True
    if _CLAUSE.match(text, phrase.head.end, phrase.sentence.end):
        return True
    return _ROUTE.match(text, phrase.head.end, phrase.sentence.end) is not None


def description(text: str, phrase: Phrase) -> str:
    """The phrase without its article, with its route if nothing else tells it apart."""
    words = phrase.span.of(text)
    first, _, rest = words.partition(" ")
    plain = rest if rest and first.lower() in ("a", "an", "the", "this", "that", "one", "its", "their") else words
    if any(character.isdigit() or character.isupper() for character in plain):
        return plain
    route = _ROUTE_PAIR.match(text, phrase.head.end, phrase.sentence.end) or _CLAUSE.match(
        text, phrase.head.end, phrase.sentence.end
    )
    return plain + (route[0] if route else "")
