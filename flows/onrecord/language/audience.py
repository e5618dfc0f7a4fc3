"""To whom a statement was made: "told his counterpart X", "urged Brussels to", "in a letter to"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.article import Span
from onrecord.document import ActorType
from onrecord.language.frames import Frame, NamedIndex
from onrecord.language.source_phrases import Named

_ADDRESSING = re.compile(
    r"\b(?:told|tells?|telling|asked|asks|asking|urged|urges|urging|warned|warns|warning|informed|informs|"
    r"reminded|assured|assures|advised|notified|"
    r"called on|calls on|calling on|appealed to|begged|ordered|implored|pressed|persuaded|instructed|briefed|"
    r"accused|accuses|thanked|invited|"
    r"challenged|requested|encouraged)\s+",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?:said|says|wrote|writes|spoke|speaking|letter|message|speech|address|remarks|testimony|email|"
    r"statement|repl(?:y|ied)|announced|"
    r"complained|explained|confirmed|respond\w*|confided|added|read)\s+(?:in\s+\w+\s+)?to\s+",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(?:told|asked|urged|warned|informed|assured|reminded)\s+(him|her)\b")
_PHRASE = re.compile(
    r"(?:(?:the|a|an|his|her|their|its|some|several|other|both|all|\d+)\s+)?(?:[\w.’'&-]+\s+){0,6}?"
    r"(?:[\w.’'&-]+)(?=\s+(?:that|to|in|on|at|during|after|before|when|as|by|via|from|about|of|over|not|how|"
    r"why|what|whether|if|it|he|she|they|there|"
    r"last|this|earlier|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|late)\b|"
    r"\s*[,.:;“\"—–(\[]|\s+--|\s*$|\s{2,})"
)
_TO_DO = re.compile(r"^ (?:to|not to|for|that|about)\b")
_AUDIENCE = re.compile(
    r"\b(?:reporters|journalists|lawmakers|officials|investors|analysts|members|employees|workers|supporters|"
    r"voters|delegates|students|"
    r"shareholders|residents|crowds?|audience|conference|rally|hearing|parliament|committee)\b"
)
_REFLEXIVE = re.compile(
    r"^(?:himself|herself|themselves|itself|him|her|them|me|us|you|it|that|the truth|in|on|at|a|the)$", re.IGNORECASE
)


def addressed(
    frame: Frame, cue: Span, named: NamedIndex, speakers: Sequence[int]
) -> tuple[tuple[int, ...], Span | None]:
    """The actors addressed and the printed phrase, read from the words of the frame after the cue."""
    for pattern, start in ((_ADDRESSING, max(0, cue.start - frame.start)), (_TO, 0)):
        for found in pattern.finditer(frame.words, start):
            phrase = _PHRASE.match(frame.words, found.end())
            words = phrase.group().rstrip(" ,.’'") if phrase else ""
            if words and not _REFLEXIVE.match(words):
                span = frame.span(found.end(), found.end() + len(words))
                inside = [n for n in named.inside(span) if n.actor not in speakers]
                return _heads(words, inside), span
    return (), None


def asked(text: str, cue: str, content: Span, named: NamedIndex) -> tuple[int, ...]:
    """The actor at the head of what is asked: `urged Brussels to act` reads `Brussels to act` as the content."""
    if not _ADDRESSING.match(cue + " "):
        return ()
    for mention in named.inside(Span(content.start, min(content.end, content.start + 60))):
        lead = text[content.start : mention.span.start]
        if lead.strip().casefold() in ("", "the", "on") and _TO_DO.match(
            text[mention.span.end : mention.span.end + 12]
        ):
            return (mention.actor,)
    return ()


def _heads(words: str, inside: Sequence[Named]) -> tuple[int, ...]:
    """A person in the phrase is whom it means; else the first actor that does not merely qualify another."""
    persons = tuple(dict.fromkeys(n.actor for n in inside if n.type is ActorType.PERSON))
    if persons:
        return persons
    return () if _AUDIENCE.search(words) else tuple(n.actor for n in inside[:1])
