"""What a source's printed words are: a named head, several, a description, a pronoun, an unnamed source, a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from onrecord.article import Span
from onrecord.document import ActorType
from onrecord.language.roles import HEAD

_PREPOSITION = re.compile(
    r"\b(?:of|at|for|from|in|by|with|to|on|near|within|inside|against|under|over|including|like|"
    r"than)\s+(?=(?P<between>(?:[\w.’'-]+\s+){0,4})$)",
    re.IGNORECASE,
)
_CORE_ENDS = re.compile(r"\s+(?:of|for|at|in|from|with|who|which|that|on|to|by|among|across)\s|,|\s[—–]")
_DETERMINER = re.compile(r"^(?:the|a|an|its|his|her|their)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"^(?:['’]s|(?<=s)['’])\s+\w")
_RELATIVE = re.compile(r"\b(?:who|whose|that|which)\b")
_NOUN_PHRASE_ENDS = re.compile(r"[^\w\s’'-]|\s(?:of|at|for|in|from|with|to|on)\s")
_AND = re.compile(r"\band\b|&")
_PRONOUN = re.compile(
    r"^(?:he|she|they|it|who|which|that|him|her|them|his|their|its|we|i|us|me|both|you|himself|herself)$", re.IGNORECASE
)
_DEFINITE = re.compile(r"^(?:the|his|her|its|their|this|that|these|those|both|our|my)\b", re.IGNORECASE)
_NOMINAL_AFTER = re.compile(r"^(?:['’]s?)?[\s-]+(?!(?:and|or|who|which|that|in|of|on|at|for|from|with|to|by)\b)\w")
_FORMS = {
    "them": "they",
    "their": "they",
    "him": "he",
    "his": "he",
    "her": "she",
    "its": "it",
    "us": "we",
    "me": "i",
    "himself": "he",
    "herself": "she",
}


class Kind(Enum):
    """How a source refers."""

    NAMED = "named"
    PRONOUN = "pronoun"
    DEFINITE = "definite"
    INDEFINITE = "indefinite"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of an actor inside a source: which actor, where, of what type."""

    actor: int
    span: Span
    type: ActorType


@dataclass(frozen=True, slots=True)
class Source:
    """A source's words and how they refer; `heads` are the actors named as the source itself."""

    kind: Kind
    words: str
    heads: tuple[int, ...] = ()
    modifiers: tuple[int, ...] = ()

    @property
    def pronoun(self) -> str:
        """The nominative form of a pronoun source."""
        word = self.words.casefold()
        return _FORMS.get(word, word)


def read(text: str, spans: Sequence[Span], named: Sequence[Named]) -> Source:
    """Read the source from its spans and the actors named in them."""
    if not spans:
        return Source(Kind.ABSENT, "")
    words = " ".join(" ".join(span.of(text).split()) for span in spans)
    inside = list(named)
    heads = _heads(text, spans, inside)
    modifiers = tuple(n.actor for n in inside if n.actor not in heads)
    if heads:
        return Source(Kind.NAMED, words, heads, modifiers)
    if _PRONOUN.match(words.strip(" ,\"“”’'")):
        return Source(Kind.PRONOUN, words.strip(" ,\"“”’'"))
    kind = Kind.DEFINITE if _DEFINITE.match(words) else Kind.INDEFINITE
    return Source(kind, words, (), modifiers)


def _heads(text: str, spans: Sequence[Span], inside: Sequence[Named]) -> tuple[int, ...]:
    free = [n for n in inside if not _modifies(text, spans, n, inside)]
    persons = [n for n in free if n.type is ActorType.PERSON]
    if not persons:
        free = [n for n in free if not _describes_another(text, spans, n)]
    first = (persons or free)[:1]
    if not first:
        return ()
    heads = first + [n for n in (persons or free)[1:] if _is_joined(text, first[0], n)]
    return tuple(dict.fromkeys(n.actor for n in heads))


def _modifies(text: str, spans: Sequence[Span], named: Named, inside: Sequence[Named]) -> bool:
    span = next(span for span in spans if named.span in span)
    before, after = text[span.start : named.span.start], text[named.span.end : span.end]
    clause = re.split(r"[,;()—]", before)[-1]
    if _POSSESSIVE.match(after) or _hangs_on(clause) or _RELATIVE.search(before):
        return True
    followed_by_name = any(n.type is ActorType.PERSON and n.span.start >= named.span.end for n in inside)
    if named.type is ActorType.PERSON:
        return followed_by_name and bool(HEAD.match(after.strip()))
    return followed_by_name or bool(HEAD.search(_NOUN_PHRASE_ENDS.split(after)[0]) or _NOMINAL_AFTER.match(after))


def _describes_another(text: str, spans: Sequence[Span], named: Named) -> bool:
    """Whether a body or place only tells more of the source: `an engineer at the operator, X`, `voters in Y`.

    Right behind a comma it may be the source's own name: `the operator, X`.
    """
    span = next(span for span in spans if named.span in span)
    words = span.of(text)
    core = _CORE_ENDS.search(words)
    if core is None or named.span.start < span.start + core.start():
        return False
    apposed = core[0] == "," and named.span.start <= span.start + core.end() + 1
    return not apposed or bool(HEAD.search(words[: core.start()]))


def _hangs_on(clause: str) -> bool:
    """Whether a preposition governs what follows: `spokesman for President X`, but not `Secretary for Transport X`."""
    found = list(_PREPOSITION.finditer(clause))
    if not found:
        return False
    between = _DETERMINER.sub("", found[-1]["between"]).split()
    return not between or bool(HEAD.fullmatch(between[-1].rstrip(".")))


def _is_joined(text: str, first: Named, other: Named) -> bool:
    between = text[first.span.end : other.span.start]
    if _AND.search(between):
        return not HEAD.search(between.split(" and ")[0])
    listed = re.fullmatch(r",\s+(?:[A-Z][\w.]*\s+){0,3}", between)
    return bool(listed and _AND.search(text[other.span.end : other.span.end + 60]))
