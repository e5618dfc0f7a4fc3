"""Which phrases mean the same project: names first, then descriptions, then phrases that only come back to one."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.article import Article, Span
from onrecord.document import ActorIndex, ActorType, Form, Mention
from onrecord.language.mention_index import MentionIndex
from onrecord.language.project_descriptions import description, informative, qualified
from onrecord.language.project_names import (
    KnownProject,
    acronym,
    apposed_name,
    introduced_name,
    is_company,
    known_labels,
    name_key,
    occurrences,
)
from onrecord.language.project_phrases import Determiner, Phrase, phrases
from onrecord.language.project_words import PIPELINES, fits

_INTRODUCTION_REACH = 600
_ORDINAL = re.compile(r"\b(?:second|third|fourth|fifth|other)\b")
_EQUATING = re.compile(r"(?:,|\b(?:is|was|as|be|been|being|becomes?|became))\s$")
_QUALIFIES_PEOPLE = frozenset(
    "company companies operator operators firm firms giant giants builder builders maker makers group groups industry"
    " business businesses network networks executive executives worker workers union unions owner owners engineer"
    " engineers lobbyist lobbyists opponent opponents protester protesters activist activists consortium market markets"
    " stocks shares safety regulator regulators inspector inspectors welder welders sector infrastructure".split(" ")
)


@dataclass(slots=True)
class Cluster:
    """The mentions of one project while they are being gathered."""

    kind: str
    keys: list[tuple[str, ...]] = field(default_factory=list)
    name: str = ""
    known: KnownProject | None = None
    body: int = 0
    mentions: list[Mention] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)

    @property
    def named(self) -> bool:
        return bool(self.keys)

    @property
    def starts(self) -> list[int]:
        return [mention.span.start for mention in self.mentions]

    @property
    def first_name(self) -> int:
        """Where the name first stands in the body, which must introduce what a headline named; -1 if nowhere."""
        return min((start for start in self._body_starts(Form.NAME)), default=-1)

    def told_before(self, position: int) -> bool:
        """Whether the reader has met the project by name, or has met it at all where it has none."""
        starts = self._body_starts(Form.NAME) or self._body_starts(Form.NOMINAL)
        return bool(starts) and starts[0] < position

    def _body_starts(self, form: Form) -> list[int]:
        return [m.span.start for m in self.mentions if m.form is form and m.span.start >= self.body]

    def add(self, text: str, span: Span, form: Form) -> None:
        """Take a mention in reading order; one that overlaps another is the same mention."""
        if not any(span.overlaps(mention.span) for mention in self.mentions):
            insort(self.mentions, Mention(span, span.of(text), form), key=lambda mention: mention.span.start)

    def narrow(self, kind: str) -> None:
        """Learn what a pipeline carries from a later phrase."""
        if self.kind == "pipeline" and kind in PIPELINES:
            self.kind = kind


def clusters(article: Article, actors: MentionIndex, known: Sequence[KnownProject]) -> list[Cluster]:
    """The projects of an article as clusters of mentions, in the order of their first mention."""
    gathering = _Gathering(
        article.text,
        article.title.end if article.title else 0,
        actors,
        list(phrases(article)),
        known_labels(article, known),
    )
    gathering.take_names()
    gathering.take_bare_names()
    gathering.take_descriptions()
    gathering.take_headline()
    return sorted(gathering.found, key=lambda cluster: cluster.mentions[0].span.start)


class _Gathering:
    def __init__(
        self, text: str, body: int, actors: MentionIndex, found: list[Phrase], labels: list[tuple[Span, KnownProject]]
    ) -> None:
        self.text = text
        self.body = body
        self.actors = actors
        self.phrases = [phrase for phrase in found if not _is_firm(text, phrase)]
        self.labels = labels
        self.by_label = {
            name_key(label): project for project in {p for _, p in labels} for label in (project.name, *project.labels)
        }
        self.found: list[Cluster] = []
        self.taken: set[int] = set()

    def take_names(self) -> None:
        """Clusters for the names beside a head noun, and for those that a phrase is said to bear."""
        for number, phrase in enumerate(self.phrases):
            span = self._own_name(phrase) or self._given_name(phrase)
            if span is None or (phrase.after in _QUALIFIES_PEOPLE and phrase.name is None):
                continue
            self.taken.add(number)
            cluster = self._named_cluster(span, phrase)
            self._add_phrase(cluster, phrase, Form.NAME if phrase.name else Form.NOMINAL)
            if not span.overlaps(phrase.span):
                cluster.add(self.text, span, Form.NAME)
            for other in phrase.joined:
                self._named_cluster(other, phrase).add(self.text, other, Form.NAME)

    def take_bare_names(self) -> None:
        """The names standing alone: labels of the authority, and names of two words and acronyms read before."""
        for span, project in self.labels:
            if (len(project.name.split()) > 1 and " " in span.of(self.text)) or self._among_projects(span):
                self._known_cluster(project).add(self.text, span, Form.NAME)
        for cluster in sorted(self.found, key=lambda cluster: -len(cluster.name)):
            for span in [
                span for phrase in cluster.phrases if phrase.name for span in self._bare(phrase.name.of(self.text))
            ]:
                if not any(span.overlaps(m.span) for other in self.found for m in other.mentions):
                    cluster.add(self.text, span, Form.NAME)
            for alias in sorted(
                {mention.surface for mention in cluster.mentions if mention.form is Form.NAME}, key=len, reverse=True
            ):
                self._add_occurrences(cluster, alias)

    def take_descriptions(self) -> None:
        """Phrases without a name, in reading order: each joins a project, starts one, or means none."""
        for number, phrase in enumerate(self.phrases):
            if number in self.taken or phrase.after in _QUALIFIES_PEOPLE:
                continue
            cluster = self._antecedent(phrase)
            if cluster is None and informative(self.text, phrase):
                cluster = Cluster(phrase.kind, body=self.body, name=description(self.text, phrase))
                self.found.append(cluster)
            if cluster is not None:
                cluster.narrow(phrase.kind)
                self._add_phrase(cluster, phrase, Form.NOMINAL)
                self._rename(cluster, phrase)

    def take_headline(self) -> None:
        """A name that only the headline has is another name for the article's only project of that kind."""
        for cluster in [c for c in self.found if all(start < self.body for start in c.starts)]:
            others = [c for c in self.found if c is not cluster and fits(cluster.kind, "", c.kind)]
            if cluster.known is None and len(others) == 1 and not _numbered(cluster, others[0]):
                for mention in cluster.mentions:
                    others[0].add(self.text, mention.span, mention.form)
                others[0].phrases.extend(cluster.phrases)
                self.found.remove(cluster)

    def _rename(self, cluster: Cluster, phrase: Phrase) -> None:
        """Take the name that a phrase without a kind of its own brings: "the line, called X"."""
        given = introduced_name(self.text, phrase.span.end, phrase.sentence.end)
        if given is None:
            return
        name = given.of(self.text)
        if not cluster.named:
            cluster.name = name
        cluster.keys.append(name_key(name))
        cluster.add(self.text, given, Form.NAME)
        self._add_occurrences(cluster, name)

    def _add_phrase(self, cluster: Cluster, phrase: Phrase, form: Form) -> None:
        span = phrase.span
        if form is Form.NAME and phrase.name:
            span = Span(phrase.name.start, phrase.span.end)
        elif phrase.in_title and phrase.determiner is Determiner.NONE:
            span = phrase.head
        cluster.add(self.text, span, form)
        cluster.phrases.append(phrase)

    def _own_name(self, phrase: Phrase) -> Span | None:
        """The phrase's name, unless it is a person's, or a bare place or company with "a" before it."""
        if phrase.name is None or phrase.kind == "project":
            return None
        actor = self.actors.over(phrase.name.start, phrase.name.end)
        numbered = any(character.isdigit() for character in phrase.name.of(self.text))
        if actor and actor.type is ActorType.PERSON and not numbered and self._stands_apart(actor.actor):
            return None
        if phrase.determiner in (Determiner.INDEFINITE, Determiner.OTHER) and phrase.head.of(self.text).islower():
            return None
        return phrase.name

    def _stands_apart(self, actor: ActorIndex) -> bool:
        """Whether an actor is mentioned outside phrases of projects; one who is not is a project's name misread."""
        inside = [phrase.span for phrase in self.phrases]
        return any(not any(place.overlaps(span) for span in inside) for place in self.actors.places(actor))

    def _given_name(self, phrase: Phrase) -> Span | None:
        if phrase.in_title or phrase.plural or phrase.kind == "project":
            return None
        given = introduced_name(self.text, phrase.span.end, phrase.sentence.end)
        if given is not None:
            return given
        if phrase.after in _QUALIFIES_PEOPLE:
            return None
        beside = apposed_name(self.text, phrase.span, phrase.sentence)
        if beside is None:
            return None
        key = name_key(beside.of(self.text))
        if key in self.by_label or any(key in cluster.keys for cluster in self.found):
            return beside
        return beside if len(key) > 1 and self.actors.over(beside.start, beside.end) is None else None

    def _named_cluster(self, span: Span, phrase: Phrase) -> Cluster:
        key = name_key(span.of(self.text))
        project = self.by_label.get(key)
        if project is not None and (phrase.kind == "project" or fits(phrase.kind, phrase.head_word, project.kind)):
            cluster = self._known_cluster(project)
        else:
            cluster = self._by_key(key, phrase) or self._new_named(span, phrase)
        if key not in cluster.keys:
            cluster.keys.append(key)
        short = acronym(self.text, phrase.span.end) if phrase.name else None
        if short is not None:
            cluster.keys.append(name_key(short.of(self.text)))
            cluster.add(self.text, short, Form.NAME)
        cluster.narrow(phrase.kind)
        return cluster

    def _by_key(self, key: tuple[str, ...], phrase: Phrase) -> Cluster | None:
        for cluster in self.found:
            if fits(phrase.kind, phrase.head_word, cluster.kind) and any(_same(key, other) for other in cluster.keys):
                return cluster
        return None

    def _new_named(self, span: Span, phrase: Phrase) -> Cluster:
        cluster = Cluster(phrase.kind, body=self.body, name=self._display(span, phrase))
        self.found.append(cluster)
        return cluster

    def _display(self, span: Span, phrase: Phrase) -> str:
        """The name with its head noun, unless the text also prints the bare name."""
        words = span.of(self.text)
        if phrase.plural or not span.overlaps(phrase.span):
            return words
        return words if self._bare(words) else self.text[span.start : phrase.head.end]

    def _bare(self, words: str) -> list[Span]:
        """Where a name of several words stands without a head noun and is not the name of a place or firm."""
        if len(words.split()) < 2:
            return []
        numbered = any(character.isdigit() for character in words)
        return [
            span
            for span in occurrences(self.text, words)
            if not self._before_head(span) and (numbered or self.actors.over(span.start, span.end) is None)
        ]

    def _before_head(self, span: Span) -> bool:
        return any(phrase.span.start <= span.start < phrase.head.start for phrase in self.phrases)

    def _known_cluster(self, project: KnownProject) -> Cluster:
        for cluster in self.found:
            if cluster.known is project:
                return cluster
        cluster = Cluster(project.kind, [name_key(project.name)], project.name, project, self.body)
        self.found.append(cluster)
        return cluster

    def _among_projects(self, span: Span) -> bool:
        """A one-word label counts only in a sentence that speaks of infrastructure."""
        return any(phrase.sentence.start <= span.start < phrase.sentence.end for phrase in self.phrases)

    def _add_occurrences(self, cluster: Cluster, alias: str) -> None:
        single = " " not in alias and not alias.isupper()
        for span in occurrences(self.text, alias):
            taken = any(span.overlaps(m.span) for other in self.found for m in other.mentions)
            if not taken and not (single and self.actors.over(span.start, span.end)):
                cluster.add(self.text, span, Form.NAME)

    def _antecedent(self, phrase: Phrase) -> Cluster | None:
        """The project that a phrase comes back to, or announces."""
        if (
            phrase.plural
            or phrase.determiner is Determiner.OTHER
            or (phrase.determiner is Determiner.NONE and not phrase.in_title)
        ):
            return None
        fitting = [
            cluster
            for cluster in self.found
            if cluster.mentions and fits(phrase.kind, phrase.head_word, cluster.kind) and not _another(phrase, cluster)
        ]
        if phrase.determiner is Determiner.INDEFINITE:
            return self._announced(phrase, fitting)
        if phrase.name is not None and phrase.kind != "project":
            return None
        return _latest(fitting, phrase.span.start) or _next(fitting, phrase.span.start)

    def _announced(self, phrase: Phrase, fitting: list[Cluster]) -> Cluster | None:
        """The project that "a gas pipeline to the coast" introduces: one named soon after, or set equal to it."""
        if phrase.kind == "project":
            return None
        before = _latest((cluster for cluster in fitting if cluster.told_before(phrase.span.start)), phrase.span.start)
        if before is None:
            named = sorted((c for c in fitting if c.named), key=lambda cluster: cluster.first_name)
            near = bool(named) and named[0].first_name - phrase.span.end < _INTRODUCTION_REACH
            return named[0] if near or len(named) == 1 else None
        if _EQUATING.search(self.text, phrase.sentence.start, phrase.span.start):
            return (
                before
                if before.starts[bisect_left(before.starts, phrase.span.start) - 1] >= phrase.sentence.start
                else None
            )
        return None if informative(self.text, phrase) and before.named else self._same_description(phrase, fitting)

    def _same_description(self, phrase: Phrase, fitting: list[Cluster]) -> Cluster | None:
        return fitting[0] if len(fitting) == 1 and not qualified(self.text, phrase) else None


def _is_firm(text: str, phrase: Phrase) -> bool:
    """Whether a capitalised phrase without an article is a firm's name: "Alder Pipeline said", "Alder Pipeline Co"."""
    bare = phrase.determiner is Determiner.NONE and phrase.head.of(text)[0].isupper()
    return bare and is_company(text, phrase.head.end)


def _same(key: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names are one: equal, or one shortened ("Keystone" for "Keystone XL"), but never by a number."""
    if key == other:
        return True
    short, long = sorted((key, other), key=len)
    rest = long[len(short) :]
    return (
        long[: len(short)] == short
        and bool(short)
        and not any(word.isdigit() or word in ("ii", "iii") for word in rest)
    )


def _another(phrase: Phrase, cluster: Cluster) -> bool:
    """Whether "the second line" is told apart from a project by its ordinal."""
    ordinal = _ORDINAL.search(phrase.modifiers)
    return ordinal is not None and all(ordinal[0] not in own.modifiers for own in cluster.phrases)


def _numbered(one: Cluster, other: Cluster) -> bool:
    """Whether two names tell themselves apart by a number."""
    return any(character.isdigit() for character in one.name) and any(character.isdigit() for character in other.name)


def _latest(found: Iterable[Cluster], position: int) -> Cluster | None:
    """The project whose last mention before a position is nearest to it."""
    before = [(max(start for start in c.starts if start < position), c) for c in found if c.starts[0] < position]
    return max(before, key=lambda pair: pair[0])[1] if before else None


def _next(found: Iterable[Cluster], position: int) -> Cluster | None:
    after = [cluster for cluster in found if cluster.starts[0] > position]
    return min(after, key=lambda cluster: cluster.starts[0], default=None)
