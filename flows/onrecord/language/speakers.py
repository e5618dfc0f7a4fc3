"""Who speaks: a source's words resolved to actors, with what was said and named before it.

Pronouns and descriptions are scored against the actors named before them: agreement in number and gender, role,
distance, and whether the actor was speaking just now. Where nothing fits, the source stays unnamed rather than guessed.
"""

from __future__ import annotations

import bisect
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.article import Article, Span
from onrecord.document import Actor, ActorType
from onrecord.identity import Authority
from onrecord.language import roles
from onrecord.language.frames import NamedIndex
from onrecord.language.source_phrases import Kind, Named, Source

_LEADER = re.compile(
    r"\b(?:leader|president|premier|prime minister|chancellor|king|queen|monarch|emir|sultan|dictator)\b", re.IGNORECASE
)
_STATE_NOUN = re.compile(r"\b(?:country|nation|government|kingdom|republic)\b", re.IGNORECASE)
_ORGANISATION_NOUN = re.compile(
    r"\b(company|firm|operator|developer|producer|group|agency|ministry|department|bank|court|commission|"
    r"regulator|union|newspaper|"
    r"committee|party|university|organi[sz]ation|campaign|administration|council|consortium|utility|authority|"
    r"institute|association|"
    r"bureau|cartel|bloc|alliance|corporation|giant|supplier|refiner|retailer|carrier|airline|maker|exporter|"
    r"importer|watchdog|"
    r"think tank|publication|magazine|site|network|station|broadcaster|panel|board|city|parliament|senate|"
    r"foundation|fund)\b",
    re.IGNORECASE,
)
_BUSINESS = frozenset(
    "company firm operator developer producer group corporation giant supplier refiner retailer carrier airline maker "
    "exporter importer utility consortium".split()
)
_PUBLIC_BODY = re.compile(
    r"\b(?:Ministry|ministry|Department|Court|Commission|Committee|Council|Government|government|Parliament|"
    r"Senate|Congress|House|University|"
    r"Institute|Association|Union|Nations|Party|Police|Exchange|Agency|Organization|Organisation|Society|"
    r"administration|campaign)\b"
)
_WORD = re.compile(r"[\w-]+")
_PLURAL_PERSONS = frozenset({"they", "both"})
_GENDERS = {"he": "m", "she": "f"}
_REACH = 2500
_RELATIVE_REACH = 150
_FIRST_NAMES = 12
_UNNAMED_REACH = 600
_PLURAL_SOURCE = re.compile(r"(?:[^s]s|people|men|women|media|police)$", re.IGNORECASE)
_TWO = re.compile(
    r"^(?:the two|both) (?:\w+ )?(companies|firms|countries|nations|governments|states|agencies|ministries|banks)\b",
    re.IGNORECASE,
)
_TWO_PERSONS = re.compile(
    r"^(?:the two|both|both of the) (?:\w+ )?(?:men|women|leaders|presidents|ministers|officials|lawmakers|"
    r"senators|candidates|heads|premiers|sides)?\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(?:and|with|met|meeting|told|hosted|received|welcomed)\b")
_PAIR_REACH = 500
_BARE = re.compile(r"(?:the|this|that) \w+", re.IGNORECASE)
_JUDGES = re.compile(r"^the (?:judges|court|tribunal|panel)\b", re.IGNORECASE)
_COURT = re.compile(r"\b(?:[Cc]ourt|[Tt]ribunal)\b")
_PERSON_NOUN = re.compile(
    r"\b(?:republican|democrat|conservative|socialist|liberal|man|woman|veteran|native|businessman|"
    r"businesswoman|tycoon|billionaire|"
    r"millionaire|nobel laureate|winner|incumbent|challenger|lawmaker|politician|\d+-year-old)\b",
    re.IGNORECASE,
)
_FULL_TITLES = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "gen": "general",
    "prof": "professor",
    "dr": "doctor",
    "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain",
    "congressman": "representative",
    "congresswoman": "representative",
    "premier": "prime minister",
    "pm": "prime minister",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "chairwoman": "chairman",
    "ceo": "chief executive",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The actors that a source means; none where it is unnamed, and then `words` tell whom a pronoun stands for."""

    actors: tuple[int, ...]
    words: str | None = None


class Speakers:
    """Resolves the sources of one article in reading order."""

    def __init__(self, article: Article, actors: Sequence[Actor], named: NamedIndex, authority: Authority) -> None:
        self._text = article.text
        self._title_end = article.title.end if article.title else 0
        self._actors = actors
        self._authority = authority
        self.named = named
        self._spoken: list[tuple[int, int]] = []
        self._posts: dict[int, str] = {}
        self._unnamed: list[tuple[int, str]] = []
        self._genders = {i: g for i, a in enumerate(actors) if (g := self._gender(a))}

    def resolve(self, source: Source, at: int, avoid: frozenset[int] = frozenset()) -> Resolved:
        """The actors meant by a source printed at offset `at`, none of them among `avoid`."""
        if source.kind is Kind.NAMED:
            return Resolved(source.heads)
        if source.kind is Kind.PRONOUN:
            actors = self._pronoun(source.pronoun, at, avoid)
            unnamed = self._unnamed_since(actors, at, source.pronoun)
            return Resolved((), unnamed) if unnamed else Resolved(actors)
        if source.kind is Kind.DEFINITE or at < self._title_end:
            return Resolved(self._description(source, at))
        return Resolved(())

    def note(self, actors: Sequence[int], words: str | None, at: int) -> None:
        """Remember who spoke where, by name or unnamed; later pronouns lean towards them."""
        for actor in actors:
            bisect.insort(self._spoken, (at, actor))
        if words and not actors:
            self._unnamed.append((at, words))

    def _unnamed_since(self, actors: Sequence[int], at: int, pronoun: str) -> str | None:
        """The unnamed source of the pronoun's number that spoke after the named candidate was last named."""
        if not self._unnamed or pronoun not in ("he", "she", "they"):
            return None
        spoke, words = self._unnamed[-1]
        plural = bool(_PLURAL_SOURCE.search(_core(words)))
        if at - spoke > _UNNAMED_REACH or plural != (pronoun == "they"):
            return None
        named = [n for n in self._before(at) if n.actor in actors and n.span.start > spoke]
        return None if named else words

    def last_speaker(self, before: int, since: int = 0) -> tuple[int, ...]:
        """Who spoke last before an offset, and not before another."""
        end = bisect.bisect_left(self._spoken, (before, -1))
        if not end or self._spoken[end - 1][0] < since:
            return ()
        start = bisect.bisect_left(self._spoken, (self._spoken[end - 1][0], -1))
        return tuple(actor for _, actor in self._spoken[start:end])

    def _before(self, at: int) -> Sequence[Named]:
        """What was named before an offset; for the headline, what the article names first."""
        if at < self._title_end:
            return [n for n in reversed(self.named.all[:_FIRST_NAMES]) if n.span.start >= self._title_end]
        return [n for n in self.named.before(at, _REACH) if n.span.start >= self._title_end]

    def _pronoun(self, word: str, at: int, avoid: frozenset[int]) -> tuple[int, ...]:
        if word in _GENDERS:
            return self._person(_GENDERS[word], at, avoid)
        if word in ("who", "which", "that"):
            near = [n for n in self._before(at) if at - n.span.end < _RELATIVE_REACH]
            if word == "who":
                near = [n for n in near if n.type in (ActorType.PERSON, ActorType.GROUP)]
            return tuple(n.actor for n in near[-1:])
        if word in _PLURAL_PERSONS:
            return self._several(at)
        if word == "it":
            return self._thing(at, avoid)
        return self.last_speaker(at) if word in ("i", "we", "himself", "herself") else ()

    def _person(self, gender: str, at: int, avoid: frozenset[int]) -> tuple[int, ...]:
        candidates = [
            n
            for n in self._before(at)
            if n.type is ActorType.PERSON
            and n.actor not in avoid
            and (not gender or self._genders.get(n.actor, gender) == gender)
        ]
        if not candidates:
            return ()
        best = max(candidates, key=lambda n: (self._salience(n, at), n.span.start))
        if gender:
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
        if pair := self._pair(at):
            return pair
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
        if _JUDGES.match(words):
            return self.last_court(at)
        if several := _TWO.search(words):
            return self._two(several[1].casefold(), at)
        if _TWO_PERSONS.match(words):
            return self._pair(at) or self._last_two(at)
        noun, post = _last(_ORGANISATION_NOUN, _core(words)), _last(roles.HEAD, _core(words))
        if post and (not noun or post.end() > noun.end()):
            return self._by_role(words, at)
        if noun:
            return self._organisation(noun[1].casefold(), words, at)
        if _STATE_NOUN.search(_core(words)):
            return self._nearest(ActorType.STATE, at)
        return self._person("", at, frozenset()) if _PERSON_NOUN.search(_core(words)) else ()

    def _two(self, noun: str, at: int) -> tuple[int, ...]:
        """The last two bodies or states: `the two companies`, `both governments`."""
        type_ = ActorType.STATE if noun in ("countries", "nations", "governments", "states") else ActorType.ORGANIZATION
        order = dict.fromkeys(
            n.actor for n in reversed(self._before(at)) if n.type is type_ and not self._outlet(n.actor)
        )
        last = tuple(order)[:2]
        return tuple(sorted(last)) if len(last) == 2 else ()

    def _pair(self, at: int) -> tuple[int, ...]:
        """The last two people named together: `X met Y`, `X and Y`."""
        near = [n for n in self._before(at) if n.type is ActorType.PERSON and at - n.span.end < _PAIR_REACH]
        for first, second in reversed(list(pairwise(near))):
            between = self._text[first.span.end : second.span.start]
            if first.actor != second.actor and len(between) < 120 and _TOGETHER.search(between) and "\n" not in between:
                return (first.actor, second.actor)
        return ()

    def _last_two(self, at: int) -> tuple[int, ...]:
        order = tuple(dict.fromkeys(n.actor for n in reversed(self._before(at)) if n.type is ActorType.PERSON))[:2]
        return tuple(sorted(order)) if len(order) == 2 else ()

    def last_court(self, at: int) -> tuple[int, ...]:
        """The court named last, behind a ruling or a warrant that names no issuer."""
        found = [n.actor for n in self._before(at) if _COURT.search(self._actors[n.actor].name)]
        return tuple(found[-1:])

    def _by_role(self, words: str, at: int) -> tuple[int, ...]:
        heads = _posts(_core(words))
        states = self._states(words)
        order = list(dict.fromkeys(n.actor for n in reversed(self._before(at)) if n.type is ActorType.PERSON))
        fitting = [a for a in order if self._fits_role(a, heads, words, states)]
        return tuple(fitting[:1])

    def _fits_role(self, actor: int, heads: set[str], words: str, states: set[str]) -> bool:
        role = self._described(actor)
        if states and not states & self._states(role) and not self._held_in(actor, states):
            return False
        if heads & _posts(role):
            return True
        if not _LEADER.search(words):
            return False
        return bool(_LEADER.search(role)) or (bool(states) and ("counterpart" in role.casefold() or not role))

    def _described(self, actor: int) -> str:
        """All that is printed of a person's posts: the role, and the titles before the first mentions."""
        if actor not in self._posts:
            found = self._actors[actor]
            titles = [roles.title_before(self._text, m.span, 0) for m in found.mentions[:6]]
            self._posts[actor] = "; ".join([found.role or "", *(t.of(self._text) for t in titles if t)])
        return self._posts[actor]

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
        mentions = [n for n in self._before(at) if n.type is ActorType.ORGANIZATION]
        order = list(dict.fromkeys(n.actor for n in reversed(mentions)))
        named = [a for a in order if noun in self._actors[a].name.casefold()]
        states = self._states(words)
        if named:
            return (([a for a in named if states & self._states(self._actors[a].name)] or named)[0],)
        if noun not in _BUSINESS and not _BARE.fullmatch(_core(words)):
            return ()
        if noun not in _BUSINESS:
            spoken = {actor for _, actor in self._spoken}
            return tuple(a for a in order if a in spoken)[:1]
        firms = [
            n for n in mentions if not _PUBLIC_BODY.search(self._actors[n.actor].name) and not self._outlet(n.actor)
        ]
        best = max(firms, key=lambda n: (self._salience(n, at), n.span.start), default=None)
        return (best.actor,) if best else ()

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


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(words), maxlen=1)), None)


def _posts(words: str) -> set[str]:
    """The posts that some words name, abbreviations spelt out."""
    found = {re.sub(r"s$", "", head.casefold()) for head in roles.HEAD.findall(words)}
    found |= {word.casefold() for word in re.findall(r"\b(?:Gov|Sen|Rep|Gen|Prof|Dr|Lt|Col|Capt|PM)\b", words)}
    return {_FULL_TITLES.get(post, post) for post in found}


def _core(words: str) -> str:
    """The words up to what modifies them from behind: `the head of the company` is no company."""
    return re.split(r"\s+(?:of|for|at|in|from|with|who|which|that|on)\s|,", words, maxsplit=1)[0]
