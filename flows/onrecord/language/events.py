"""Events that actors took part in: what sort, who, where and when, one event however often it is mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.article import Article, Span
from onrecord.document import Actor, ActorIndex, ActorType, Event, TimeReference
from onrecord.language.dates import nearest_time
from onrecord.language.event_words import (
    NOUNS,
    QUALIFIES,
    UNREAL_BEFORE,
    UNREAL_VERB,
    VERBS,
    Anchor,
    NounRule,
    VerbRule,
)
from onrecord.language.mention_index import Located, MentionIndex
from onrecord.language.sentences import sentences

_WORD = re.compile(r"[A-Za-z]{3,}")
_TRIGGERS = frozenset((*NOUNS, *VERBS))
_TIME_REACH = 45
_PARTY_REACH = 110
_PLACE_REACH = 60
_AGENTS = (ActorType.PERSON, ActorType.ORGANIZATION, ActorType.STATE, ActorType.GROUP)
_AGENT_OR_PLACE = (*_AGENTS, ActorType.PLACE)
_NOUN_PHRASE = re.compile(
    r"\b(?P<determiner>[Tt]he|[Aa]n?|[Tt]h(?:is|at)|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Aa]nother|[\w.]+(?:['’]s|s['’]))\s"
    r"(?:(?!(?:the|an?|of|in|on|at|to|by|for|with|from|and|or|that|which|who|said|has|had|have|was|were|is|are|during|after"
    r"|before|as|into|about)\s)[\w’'&.-]+\s){0,4}$"
)
_NAME_BEFORE = re.compile(
    r"(?:(?:[A-Z][\w’'&-]*|\d{4})\s(?:(?:and|of|on|for)\s(?=[A-Z]))?)+(?:(?:national|presidential|economic|security|terrorist|nuclear|annual|energy|climate|trade)\s)?$"
)
_NOT_A_NAME = re.compile(
    r"(?:The|An?|In|On|At|His|Her|Their|This|That|During|After|Before|But|And|As|When|While|For|It|No|With|(?:Sun|Mon|Tues"
    r"|Wednes|Thurs|Fri|Satur)day|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|\d{4}|[\w.]+(?:['’]s|s['’]))\s"
)
_BARE = re.compile(r"\s(?:between|in)\s")
_LINK = re.compile(
    r"\s(?:with|between|by|of|against|on|to|from|hosted\sby|among|involving|for)\s(?:\w+\s){0,4}?[“\"]?$"
)
_AND = re.compile(r",?\s(?:and|with|,)\s(?:(?:the|his|her|its|their)\s)?(?:\w+\s){0,3}$|,\s$")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|to|outside|inside)\s(?:the\s)?(?:[a-z-]+\s){0,4}$")
_BREAK = re.compile(r"[.;:]\s|,\s(?:but|while|after|before|when|which|who)\s")
_TIME_BREAK = re.compile(r"[.;:]\s|,\s(?:but|while)\s")
_COMES_BACK = frozenset(("the", "this", "that"))


@dataclass(frozen=True, slots=True)
class _Found:
    event: Event
    named: bool
    comes_back: bool


def find_events(article: Article, actors: Sequence[Actor], times: Sequence[TimeReference]) -> tuple[Event, ...]:
    """The events of an article in the order of their first mention; hypothetical uses of the words are none.

    `participants` and `place` are positions in `actors`; `times` are those of the article, in reading order.
    """
    reader = _Reader(article, actors, times)
    found: list[_Found] = []
    for passage in article.passages:
        for each in reader.read(passage):
            _merge(found, each)
    return tuple(each.event for each in found)


class _Reader:
    def __init__(self, article: Article, actors: Sequence[Actor], times: Sequence[TimeReference]) -> None:
        self.text = article.text
        self.actors = actors
        self.index = MentionIndex(actors)
        self.times = times

    def read(self, passage: Span) -> Iterator[_Found]:
        found = ((word, word[0].lower()) for word in _WORD.finditer(self.text, passage.start, passage.end))
        words = [(word, lower) for word, lower in found if lower in _TRIGGERS]
        bounds = sentences(self.text, passage) if words else ()
        for word, lower in words:
            sentence = next((span for span in bounds if span.start <= word.start() < span.end), passage)
            rule = VERBS.get(lower)
            occasion = self._verb(word, rule, sentence) if rule else self._noun(word, NOUNS[lower], sentence)
            if occasion is not None:
                yield occasion

    def _noun(self, word: re.Match[str], rules: tuple[NounRule, ...], sentence: Span) -> _Found | None:
        if QUALIFIES.match(self.text, word.end()) or UNREAL_BEFORE.search(self.text, sentence.start, word.start()):
            return None
        phrase = _NOUN_PHRASE.search(self.text, max(sentence.start, word.start() - 60), word.start())
        name = self._name(word, sentence)
        for rule in rules:
            if rule.modifiers and not rule.modifiers.search(
                self.text, max(sentence.start, word.start() - 25), word.start()
            ):
                continue
            if not (phrase or name or rule.plural or _BARE.match(self.text, word.end())):
                continue
            found = self._occasion(word, rule, name, phrase, sentence)
            if found is not None:
                return found
        return None

    def _occasion(
        self, word: re.Match[str], rule: NounRule, name: Span | None, phrase: re.Match[str] | None, sentence: Span
    ) -> _Found | None:
        start = min(phrase.start() if phrase else word.start(), name.start if name else word.start())
        trigger = Span(start, word.end())
        place = self._place(trigger, sentence)
        time = self._time(trigger, sentence)
        linked = self._linked(trigger, place, sentence)
        parties = self._parties(trigger, rule.type, place, sentence, linked)
        tied = parties if rule.type in _SUBJECT_SUFFICES else linked
        anchors = Anchor.PARTY if tied else Anchor.NONE
        anchors |= Anchor.PLACE if place else Anchor.NONE
        anchors |= Anchor.TIME if time else Anchor.NONE
        anchors |= Anchor.NAME if name else Anchor.NONE
        if rule.needs and not anchors & rule.needs:
            return None
        end = (
            place.span.end
            if place and place.span.start - trigger.end < 20 and place.span.end > trigger.end
            else trigger.end
        )
        label = name.of(self.text) + self.text[name.end : word.end()] if name else word[0].lower()
        event = self._event(rule.type, label, Span(trigger.start, end), parties, place, time, named=name is not None)
        return _Found(event, name is not None, phrase is not None and phrase["determiner"].lower() in _COMES_BACK)

    def _verb(self, word: re.Match[str], rule: VerbRule, sentence: Span) -> _Found | None:
        after = rule.after.match(self.text, word.end(), sentence.end)
        if after is None:
            return None
        subject = self._before(word.start(), sentence, 70)
        objects = self._after(word.end(), sentence, 50, _AGENT_OR_PLACE)
        trigger = Span(word.start(), after.end() if after.end() > word.end() and after[0].strip() else word.end())
        place = next((o for o in objects if o.type in (ActorType.PLACE, ActorType.STATE)), None) if rule.place else None
        place = place or self._place(Span(word.start(), word.end()), sentence)
        parties = [s.actor for s in subject] + [
            o.actor for o in objects if o.type in _AGENTS and (place is None or o.actor != place.actor)
        ]
        time = self._time(trigger, sentence)
        if not self._real(word, rule, sentence, len(set(parties)), bool(time), place is not None):
            return None
        event = self._event(rule.type, rule.label, trigger, parties, place, time, named=False)
        return _Found(event, False, False)

    def _real(
        self, word: re.Match[str], rule: VerbRule, sentence: Span, parties: int, dated: bool, placed: bool
    ) -> bool:
        """Whether a verb tells of an occasion: a meeting needs two or a date and place, a plan both of these."""
        if UNREAL_VERB.search(self.text, max(sentence.start, word.start() - 30), word.start()):
            return rule.type == "meeting" and dated and placed
        if rule.type == "meeting":
            return parties > 1 or dated or placed
        return parties > 0 or (rule.type in ("vote", "arrest") and dated)

    def _event(
        self,
        kind: str,
        label: str,
        span: Span,
        parties: Sequence[ActorIndex],
        place: Located | None,
        time: TimeReference | None,
        *,
        named: bool,
    ) -> Event:
        members = tuple(dict.fromkeys(parties))
        words = label if named else self._label(kind, label, members, place)
        return Event(kind, words, span, members, place.actor if place else None, time)

    def _label(self, kind: str, label: str, members: Sequence[ActorIndex], place: Located | None) -> str:
        """A short name: "meeting in Beijing", "talks between A and B", "speech by A"."""
        if place is not None:
            return f"{label} {'to' if kind in ('visit', 'trip') else 'in'} {self.actors[place.actor].name}"
        names = [self.actors[member].name for member in members[:2]]
        if len(names) == 2 and kind in _MUTUAL:
            return (
                f"{label} between {names[0]} and {names[1]}" if kind in _MUTUAL else f"{label}: {names[0]}, {names[1]}"
            )
        return f"{label} {_PREPOSITIONS.get(kind, 'with')} {names[0]}" if names else label

    def _name(self, word: re.Match[str], sentence: Span) -> Span | None:
        """The capitalised words before the noun, as in "Lakeside Energy Forum"; not in headlines, where all are."""
        match = _NAME_BEFORE.search(self.text, max(sentence.start, word.start() - 70), word.start())
        if match is None:
            return None
        start = match.start()
        while opening := _NOT_A_NAME.match(self.text, start, word.start()):
            start = opening.end()
        words = self.text[start : word.start()].split()
        if not words or not words[0][0].isupper():
            return None
        actor = self.index.over(start, word.start())
        if actor is not None and actor.type is ActorType.PERSON:
            return None
        return Span(start, word.start())

    def _time(self, trigger: Span, sentence: Span) -> TimeReference | None:
        time = nearest_time(self.times, trigger, sentence)
        if time is None or time.span is None:
            return None
        low, high = (trigger.end, time.span.start) if time.span.start >= trigger.end else (time.span.end, trigger.start)
        if high - low > _TIME_REACH or (high > low and _TIME_BREAK.search(self.text, low, high)):
            return None
        return time

    def _place(self, trigger: Span, sentence: Span) -> Located | None:
        """The place after "in" or "to", or one that the phrase itself names."""
        for located in self.index.within(trigger.end, min(sentence.end, trigger.end + _PLACE_REACH)):
            if located.type not in (ActorType.PLACE, ActorType.STATE):
                continue
            before = _PLACE_BEFORE.search(self.text, max(trigger.end, located.span.start - 40), located.span.start)
            if before and not _BREAK.search(self.text, trigger.end, located.span.start):
                return located
        inside = self.index.within(trigger.start, trigger.end)
        return next((located for located in inside if located.type is ActorType.PLACE), None)

    def _parties(
        self, trigger: Span, kind: str, place: Located | None, sentence: Span, linked: Sequence[Located]
    ) -> list[ActorIndex]:
        inside = [located for located in self.index.within(trigger.start, trigger.end) if located.type in _AGENTS]
        before = self._before(trigger.start, sentence, _PARTY_REACH) if kind in _WITH_SUBJECT else []
        if kind in ("speech", "interview"):
            people = [located for located in (*before, *inside) if located.type is ActorType.PERSON]
            before = people[-1:] or self._after(trigger.end, sentence, 80, (ActorType.PERSON,))[:1]
        found = [located.actor for located in (*inside, *before, *linked)]
        return [actor for actor in dict.fromkeys(found) if place is None or actor != place.actor or self._acts(actor)]

    def _acts(self, actor: ActorIndex) -> bool:
        return self.actors[actor].type is not ActorType.PLACE and self.actors[actor].type is not ActorType.STATE

    def _linked(self, trigger: Span, place: Located | None, sentence: Span) -> list[Located]:
        """The actors that a preposition ties to the noun, with those joined to them."""
        linked: list[Located] = []
        end = trigger.end
        for located in self.index.within(trigger.end, min(sentence.end, trigger.end + 90)):
            gap = self.text[end : located.span.start]
            joined = bool(linked) and _AND.search(gap) is not None
            if (
                located.type in _AGENTS
                and located != place
                and (joined or _LINK.fullmatch(gap) or _TARGET.fullmatch(gap))
            ):
                linked.append(located)
                end = located.span.end
        return linked

    def _before(self, position: int, sentence: Span, reach: int) -> list[Located]:
        floor = max(sentence.start, position - reach)
        near = [located for located in self.index.within(floor, position) if located.type in _AGENTS]
        breaks = [match.end() for match in _BREAK.finditer(self.text, floor, position)]
        after_break = [located for located in near if not breaks or located.span.start >= breaks[-1]]
        return (after_break or near)[-2:]

    def _after(self, position: int, sentence: Span, reach: int, types: tuple[ActorType, ...]) -> list[Located]:
        ceiling = min(sentence.end, position + reach)
        broken = _BREAK.search(self.text, position, ceiling)
        return [
            located
            for located in self.index.within(position, broken.start() if broken else ceiling)
            if located.type in types
        ][:3]


_MUTUAL = frozenset(("meeting", "talks", "summit", "deal", "conflict", "signing", "call", "debate"))
_SUBJECT_SUFFICES = frozenset(
    (
        "meeting",
        "talks",
        "speech",
        "interview",
        "visit",
        "trip",
        "call",
        "hearing",
        "conference",
        "forum",
        "summit",
        "signing",
        "arrest-warrant",
    )
)
_WITH_SUBJECT = frozenset(
    ("meeting", "talks", "speech", "interview", "visit", "trip", "call", "deal", "signing", "conference", "sanctions",
     "arrest-warrant", "hearing", "summit", "forum", "exercise")
)  # fmt: skip
_PREPOSITIONS = {
    **dict.fromkeys(("speech", "visit", "trip", "vote", "exercise", "attack"), "by"),
    **dict.fromkeys(("arrest", "trial"), "of"),
    **dict.fromkeys(("sanctions", "arrest-warrant"), "against"),
}
_TARGET = re.compile(r"\s(?:issued\s|imposed\s)?(?:against|on|for)\s(?:\w+\s){0,3}$")


def _merge(found: list[_Found], new: _Found) -> None:
    """Add an event, or what a further mention tells about one that is already there."""
    for position, old in enumerate(found):
        if _same(old, new):
            found[position] = replace(old, event=_united(old.event, new.event))
            return
    found.append(new)


def _same(old: _Found, new: _Found) -> bool:
    one, other = old.event, new.event
    if one.type != other.type:
        return False
    if old.named and new.named:
        return one.name.casefold() == other.name.casefold()
    if one.time and other.time and one.time.value and other.time.value and one.time.value != other.time.value:
        return False
    if one.place is not None and other.place is not None and one.place != other.place:
        return False
    shared = set(one.participants) & set(other.participants)
    if new.comes_back and not (one.participants and other.participants and not shared):
        return True
    return bool(shared)


def _united(old: Event, new: Event) -> Event:
    return replace(
        old,
        participants=tuple(dict.fromkeys((*old.participants, *new.participants))),
        place=old.place if old.place is not None else new.place,
        time=old.time or new.time,
    )
