"""Who speaks: a source's words resolved to actors, with what was said and named before it.

Pronouns and descriptions are scored against the actors named before them: agreement in number and gender, role,
distance, and whether the actor was speaking just now. Where nothing fits, the source stays unnamed rather than guessed.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article import Article, Span
from onrecord.document import Actor, ActorType
from onrecord.identity import Authority
from onrecord.language import roles
from onrecord.language.frames import NamedIndex
from onrecord.language.source_phrases import Kind, Named, Source

_LEADER = re.compile(r"\b(?:leader|president|premier|prime minister|chancellor|king|queen|monarch|emir|sultan|dictator)\b", re.IGNORECASE)
_STATE_NOUN = re.compile(r"\b(?:country|nation|government|kingdom|republic)\b", re.IGNORECASE)
_ORGANISATION_NOUN = re.compile(
    r"\b(company|firm|operator|developer|producer|group|agency|ministry|department|bank|court|commission|regulator|union|newspaper|"
    r"committee|party|university|organi[sz]ation|campaign|administration|council|consortium|utility|authority|institute|association|"
    r"bureau|cartel|bloc|alliance|corporation|giant|supplier|refiner|retailer|carrier|airline|maker|exporter|importer|watchdog|"
    r"think tank|publication|magazine|site|network|station|broadcaster|panel|board|city|parliament|senate|foundation|fund)\b",
    re.IGNORECASE,
)
_BUSINESS = frozenset("company firm operator developer producer group corporation giant supplier refiner retailer carrier airline maker exporter importer utility consortium".split())
_PUBLIC_BODY = re.compile(
    r"\b(?:Ministry|ministry|Department|Court|Commission|Committee|Council|Government|government|Parliament|Senate|Congress|House|University|"
    r"Institute|Association|Union|Nations|Party|Police|Agency|Organization|Organisation|Society|administration|campaign)\b"
)
_WORD = re.compile(r"[\w-]+")
_PLURAL_PERSONS = frozenset({"they", "both"})
_GENDERS = {"he": "m", "she": "f"}
_REACH = 2500


@dataclass(frozen=True, slots=True)
class Resolved:
    """The actors that a source means; none where it is unnamed."""

    actors: tuple[int, ...]
    inferred: bool = False


class Speakers:
    """Resolves the sources of one article in reading order."""

    def __init__(self, article: Article, actors: Sequence[Actor], named: NamedIndex, authority: Authority) -> None:
        self._text = article.text
        self._title_end = article.title.end if article.title else 0
        self._actors = actors
        self._authority = authority
        self.named = named
        self._spoken: list[tuple[int, int]] = []
        self._genders = {i: g for i, a in enumerate(actors) if (g := self._gender(a))}

    def resolve(self, source: Source, at: int, avoid: frozenset[int] = frozenset()) -> Resolved:
        """The actors meant by a source printed at offset `at`, none of them among `avoid`."""
        if source.kind is Kind.NAMED:
            return Resolved(source.heads)
        if source.kind is Kind.PRONOUN:
            return Resolved(self._pronoun(source.pronoun, at, avoid), inferred=True)
        if source.kind is Kind.DEFINITE:
            return Resolved(self._description(source, at), inferred=True)
        return Resolved(())

    def note(self, actors: Sequence[int], at: int) -> None:
        """Remember who spoke where; later pronouns lean towards them."""
        for actor in actors:
            bisect.insort(self._spoken, (at, actor))

    def last_speaker(self, before: int) -> tuple[int, ...]:
        """Who spoke last before an offset."""
        end = bisect.bisect_left(self._spoken, (before, -1))
        start = bisect.bisect_left(self._spoken, (self._spoken[end - 1][0], -1)) if end else 0
        return tuple(actor for _, actor in self._spoken[start:end])

    def _before(self, at: int) -> Sequence[Named]:
        return [n for n in self.named.before(at, _REACH) if n.span.start >= self._title_end]

    def _pronoun(self, word: str, at: int, avoid: frozenset[int]) -> tuple[int, ...]:
        if word in _GENDERS:
            return self._person(_GENDERS[word], at, avoid)
        if word in ("who", "which", "that"):
            return tuple(n.actor for n in self._before(at)[-1:])
        if word in _PLURAL_PERSONS:
            return self._several(at)
        if word == "it":
            return self._thing(at, avoid)
        return self.last_speaker(at) if word in ("i", "we", "himself", "herself") else ()

    def _person(self, gender: str, at: int, avoid: frozenset[int]) -> tuple[int, ...]:
        candidates = [
            n
            for n in self._before(at)
            if n.type is ActorType.PERSON and n.actor not in avoid and self._genders.get(n.actor, gender) == gender
        ]
        if not candidates:
            return ()
        best = max(candidates, key=lambda n: (self._salience(n, at), n.span.start))
        self._genders.setdefault(best.actor, gender)
        return (best.actor,)

    def _salience(self, named: Named, at: int) -> float:
        """Nearness in characters, with the weight of one sentence for the last speaker and for a sentence's subject."""
        score = -float(at - named.span.end) / 100
        if named.actor in self.last_speaker(at):
            score += 1.5
        if self._opens_sentence(named.span):
            score += 1.0
        after = self._text[named.span.end : named.span.end + 3]
        if re.match(r"^['’]s?\W", after):
            score -= 1.0
        return score

    def _opens_sentence(self, span: Span) -> bool:
        before = self._text[max(0, span.start - 60) : span.start]
        return bool(re.search(r"(?:^|[.!?”\"]\s|\n)(?:[A-Z][\w.-]*\s){0,3}$", before))

    def _several(self, at: int) -> tuple[int, ...]:
        spoken = self.last_speaker(at)
        if len(spoken) > 1:
            return spoken
        for named in reversed(self._before(at)):
            if named.type is ActorType.GROUP:
                return (named.actor,)
            if named.type in (ActorType.ORGANIZATION, ActorType.STATE) and named.actor in spoken:
                return (named.actor,)
        return ()

    def _thing(self, at: int, avoid: frozenset[int]) -> tuple[int, ...]:
        things = (ActorType.ORGANIZATION, ActorType.STATE)
        spoken = [actor for actor in self.last_speaker(at) if self._actors[actor].type in things and actor not in avoid]
        if spoken:
            return tuple(spoken[-1:])
        candidates = [n for n in self._before(at) if n.type in things and n.actor not in avoid]
        near = [n for n in candidates if at - n.span.end < 300] or candidates[-1:]
        best = max(near, key=lambda n: (self._salience(n, at), n.span.start), default=None)
        return (best.actor,) if best else ()

    def _description(self, source: Source, at: int) -> tuple[int, ...]:
        words = source.words
        if roles.HEAD.search(words) and not _ORGANISATION_NOUN.search(_core(words)):
            return self._by_role(words, at)
        noun = _ORGANISATION_NOUN.search(_core(words))
        if noun:
            return self._organisation(noun[1].casefold(), words, at)
        if _STATE_NOUN.search(_core(words)):
            return self._nearest(ActorType.STATE, at)
        return ()

    def _by_role(self, words: str, at: int) -> tuple[int, ...]:
        heads = {h.casefold() for h in roles.HEAD.findall(words)}
        plural = bool(re.search(r"\b(?:two|both)\b", words))
        states = self._states(words)
        order = list(dict.fromkeys(n.actor for n in reversed(self._before(at)) if n.type is ActorType.PERSON))
        fitting = [a for a in order if self._fits_role(a, heads, words, states)]
        if plural:
            leaders = [a for a in order if _LEADER.search(self._described(a))]
            return tuple(sorted(leaders[:2])) if len(leaders) >= 2 else ()
        return tuple(fitting[:1])

    def _fits_role(self, actor: int, heads: set[str], words: str, states: set[str]) -> bool:
        role = self._described(actor)
        if states and not states & self._states(role) and not self._held_in(actor, states):
            return False
        held = {h.casefold() for h in roles.HEAD.findall(role)}
        if heads & held:
            return True
        leads = bool(_LEADER.search(words))
        return leads and (bool(_LEADER.search(role)) or bool(states) and ("counterpart" in role.casefold() or not role))

    def _described(self, actor: int) -> str:
        """All that is printed of a person's posts, with the words before each of the first mentions."""
        found = self._actors[actor]
        before = [self._text[max(0, m.span.start - 40) : m.span.start].split(".")[-1] for m in found.mentions[:6]]
        titles = [words for words in before if roles.HEAD.search(words)]
        return " ".join([found.role or "", *titles])

    def _held_in(self, actor: int, states: set[str]) -> bool:
        known = self._authority.by_iri.get(self._actors[actor].iri or "")
        return bool(known and known.affiliation in states)

    def _states(self, words: str) -> set[str]:
        """IRIs of the states whose adjective or name stands in the words."""
        found = set()
        for word in _WORD.findall(words.replace("’s", "").replace("'s", "")):
            state = self._authority.by_demonym.get(word) or self._authority.actor(word)
            if state and state.type is ActorType.STATE:
                found.add(state.iri)
        return found

    def _organisation(self, noun: str, words: str, at: int) -> tuple[int, ...]:
        order = list(
            dict.fromkeys(n.actor for n in reversed(self._before(at)) if n.type is ActorType.ORGANIZATION)
        )
        named = [a for a in order if noun in self._actors[a].name.casefold().split()[-1:] or noun in self._actors[a].name.casefold()]
        if named:
            return (named[0],)
        if noun not in _BUSINESS:
            spoken = [a for a in order if any(a == actor for _, actor in self._spoken)]
            return tuple(spoken[:1])
        firms = [a for a in order if not _PUBLIC_BODY.search(self._actors[a].name) and not self._outlet(a)]
        spoken = [a for a in firms if a in self.last_speaker(at)]
        return tuple((spoken or firms)[:1])

    def _outlet(self, actor: int) -> bool:
        known = self._authority.by_iri.get(self._actors[actor].iri or "")
        return bool(known and known.outlet)

    def _nearest(self, type_: ActorType, at: int) -> tuple[int, ...]:
        found = [n.actor for n in self._before(at) if n.type is type_]
        return tuple(found[-1:])

    def _gender(self, actor: Actor) -> str | None:
        if actor.type is not ActorType.PERSON:
            return None
        words = [self._text[max(0, m.span.start - 14) : m.span.start] for m in actor.mentions[:6]]
        return roles.gender(" ".join([actor.role or "", *(w.split()[-1] for w in words if w.split())]))


def _core(words: str) -> str:
    """The words up to what modifies them from behind: `the head of the company` is no company."""
    return re.split(r"\s+(?:of|for|at|in|from|with|who|which|that|on)\s|,", words, maxsplit=1)[0]
