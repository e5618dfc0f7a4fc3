"""Actors of an article: its mentions gathered into one node for each person, organisation, state, place and group.

Two mentions become one actor only where the words say so: the same known entry, the same name, a surname of a person
already named in full, an acronym introduced in brackets, a company's short name after its long one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.article import Article, Span
from onrecord.document import Actor, ActorType, Form, Mention
from onrecord.identity import Authority, Known
from onrecord.language import actor_types, metonyms, roles
from onrecord.language.candidate import Candidate
from onrecord.language.gazetteer import occurrences

_LEGAL = re.compile(
    r"(?:,?\s+(?:Inc|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LP|PLC|plc|AG|SA|S\.A|SpA|S\.p\.A|NV|N\.V|AS|"
    r"ASA|OAO|PJSC|GmbH|"
    r"Group|Holdings?)\.?)+$"
)
_GENERIC_TAIL = frozenset(
    "technologies technology energy group holdings holding petroleum company corporation corp industries "
    "international resources partners "
    "pipeline pipelines oil gas global minerals mining metals steel construction engineering shipping airlines "
    "railways research water authority systems limited inc ltd plc co power electric services bank ag sa".split()
)
_ACRONYM = re.compile(r"^[A-Z][A-Z.]{1,6}$")
_IN_BRACKETS = re.compile(r"^[’'”\"]?\s*\((?:the\s+)?[\"“]?([A-Z][A-Za-z&.-]{1,11})[\"”]?\)")
_WORK = re.compile(
    r"\b(?:Initiative|Plan|Act|Agreement|Accords?|Treaty|Pact|Deal|Strategy|Protocol|Convention|Programme|"
    r"Program|Constitution|Amendment|"
    r"Bill|Law|Prize|Award|Index|Report|Declaration|Charter|Resolution|Code|Rule|Doctrine|War|Day|Week|"
    r"Olympics|Cup|Games)$"
)
# A role is printed when somebody is introduced, not later.
_ROLE_MENTIONS = 8
_PARTICLES = re.compile(r"^(?:al|el|bin|ibn|van|von|de|der|di|da|du|la|le)[- ]", re.IGNORECASE)


@dataclass
class Cluster:
    """Mentions that mean one actor, while it is being built."""

    type: ActorType
    candidates: list[Candidate] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    known: Known | None = None
    name: str = ""

    def add(self, candidate: Candidate, form: Form = Form.NAME) -> None:
        """Take one more mention."""
        self.candidates.append(candidate)
        self.forms.append(form)

    @property
    def words(self) -> tuple[str, ...]:
        """The longest name's words."""
        return tuple(self.name.split())


class Clusters:
    """All clusters of one article, and the ways by which a mention finds its own."""

    def __init__(self, article: Article, authority: Authority) -> None:
        self.authority = authority
        self.all: list[Cluster] = []
        self._by_key: dict[tuple[str, str], Cluster] = {}

    def known(self, entry: Known, candidate: Candidate, form: Form = Form.NAME) -> Cluster:
        """The cluster of an entry of the authority."""
        cluster = self._by_key.get(("iri", entry.iri))
        if cluster is None:
            cluster = self._opened(entry.type or candidate.type, entry.name, ("iri", entry.iri))
            cluster.known = entry
        cluster.add(candidate, form)
        return cluster

    def named(self, candidate: Candidate, type_: ActorType, name: str | None = None) -> Cluster:
        """The cluster of a name that the authority does not settle."""
        name = name or candidate.surface
        key = (("person" if type_ is ActorType.PERSON else "other"), _plain(name))
        cluster = self._by_key.get(key) or self._opened(type_, name, key)
        cluster.add(candidate)
        return cluster

    def alias(self, cluster: Cluster, name: str) -> None:
        """Let a further name lead to the cluster."""
        kind = "person" if cluster.type is ActorType.PERSON else "other"
        self._by_key.setdefault((kind, _plain(name)), cluster)

    def find(self, name: str, kind: str = "other") -> Cluster | None:
        """The cluster that already has this name."""
        return self._by_key.get((kind, _plain(name)))

    @property
    def iris(self) -> frozenset[str]:
        """The known entries that have a cluster."""
        return frozenset(key for kind, key in self._by_key if kind == "iri")

    def _opened(self, type_: ActorType, name: str, key: tuple[str, str]) -> Cluster:
        cluster = Cluster(type_, name=name)
        self.all.append(cluster)
        self._by_key[key] = cluster
        return cluster


def _plain(name: str) -> str:
    name = _LEGAL.sub("", name.replace("’", "'"))
    return re.sub(r"[\s.]+", " ", re.sub(r"(?<=\b\w)\.", "", name)).casefold().strip()


def find_actors(article: Article, mentions: Sequence[Candidate], authority: Authority) -> tuple[Actor, ...]:
    """The actors of the article in order of first mention."""
    clusters = Clusters(article, authority)
    mentions = without_works(article.text, mentions)
    body = [m for m in mentions if not m.in_title]
    persons = _full_names(body)
    for candidate in sorted(body, key=lambda c: (not _settles(c, persons), c.span)):
        _place(candidate, clusters, article, persons)
    for candidate in (m for m in mentions if m.in_title):
        _place_title(candidate, clusters, article, persons)
    _add_echoes(clusters.all, article)
    return tuple(_actors(article, clusters.all, authority))


def without_works(text: str, mentions: Sequence[Candidate]) -> list[Candidate]:
    """The mentions without those of plans, laws and treaties, and without words that merely begin such a name."""
    works = {m.surface for m in mentions if not m.known and _WORK.search(m.surface)}
    return [
        m for m in mentions if m.surface not in works and (m.known or not any(_begins(work, m, text) for work in works))
    ]


def _begins(name: str, mention: Candidate, text: str) -> bool:
    """Whether a mention is the start of a longer name, of which the text gives the second word too."""
    second = name[len(mention.surface) :].split()[:2]
    follows = text[mention.span.end : mention.span.end + 40].split()[: len(second)]
    return name.startswith(mention.surface + " ") and bool(second) and follows == second


def _full_names(mentions: Iterable[Candidate]) -> dict[str, list[str]]:
    """Full names of persons by each word that may stand for them alone: surname, else first word."""
    surfaces = (m.known[0].name if m.known else m.surface for m in mentions if m.type is ActorType.PERSON)
    full = list(dict.fromkeys(surface for surface in surfaces if " " in surface))
    out: dict[str, list[str]] = {}
    for name in full:
        words = name.split()
        for tail in range(1, len(words)):
            out.setdefault(" ".join(words[tail:]), []).append(name)
        out.setdefault(_PARTICLES.sub("", words[-1]), []).append(name)
    for name in full:
        out.setdefault(name.split()[0], []).append(name)
    return out


def _settles(candidate: Candidate, persons: dict[str, list[str]]) -> bool:
    """Whether the mention stands by itself; short names wait until the long ones are placed."""
    return bool(candidate.known) or (" " in candidate.surface and candidate.surface not in persons)


def _place(candidate: Candidate, clusters: Clusters, article: Article, persons: dict[str, list[str]]) -> None:
    entry = candidate.known[0] if len(candidate.known) == 1 else None
    person = _person(candidate, article, persons, clusters)
    if person is not None and not (entry and entry.type is not ActorType.PERSON):
        cluster = clusters.find(person, "person") or clusters.named(candidate, ActorType.PERSON, person)
        if candidate not in cluster.candidates:
            cluster.add(candidate)
    elif entry is not None:
        _place_known(entry, candidate, clusters, article)
    else:
        _place_unknown(candidate, clusters, article)


def _place_known(entry: Known, candidate: Candidate, clusters: Clusters, article: Article) -> None:
    meant = metonyms.stands_for(entry, candidate.span, article.text, clusters.iris, clusters.authority)
    if meant is not None:
        clusters.known(meant, candidate, Form.METONYM)
        return
    cluster = clusters.known(entry, candidate)
    clusters.alias(cluster, cluster.name)
    clusters.alias(cluster, candidate.surface)
    _introduce_acronym(candidate, cluster, clusters, article.text)


def _place_unknown(candidate: Candidate, clusters: Clusters, article: Article) -> None:
    name = candidate.name or candidate.surface
    cluster = clusters.find(name) or clusters.find(candidate.surface) or _longer_name(candidate, clusters)
    if cluster is not None:
        cluster.add(candidate)
        return
    cluster = clusters.named(candidate, candidate.type, name)
    _introduce_acronym(candidate, cluster, clusters, article.text)


def _longer_name(candidate: Candidate, clusters: Clusters) -> Cluster | None:
    """A body named at more length, of which this is the acronym or the name without its generic words."""
    short = _plain(candidate.surface).split()
    if _ACRONYM.match(candidate.surface):
        return next((c for c in clusters.all if _initials(c.name) == candidate.surface.replace(".", "")), None)
    found = [
        cluster
        for cluster in clusters.all
        if cluster.type is ActorType.ORGANIZATION
        and (long := _plain(cluster.name).split())[: len(short)] == short
        and all(word in _GENERIC_TAIL for word in long[len(short) :])
    ]
    return found[0] if len(found) == 1 else None


def _initials(name: str) -> str:
    words = re.findall(r"[A-Z]\w*", name)
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _introduce_acronym(candidate: Candidate, cluster: Cluster, clusters: Clusters, text: str) -> None:
    bracket = _IN_BRACKETS.match(text[candidate.span.end : candidate.span.end + 24])
    if bracket and sum(letter.isupper() for letter in bracket[1]) >= 2:
        clusters.alias(cluster, bracket[1])


def _person(candidate: Candidate, article: Article, persons: dict[str, list[str]], clusters: Clusters) -> str | None:
    """The full name that a mention of a person means, or None if it is no person's."""
    if (
        candidate.name
        or actor_types.names_body(candidate.surface)
        or (candidate.known and candidate.known[0].type is not ActorType.PERSON)
    ):
        return None
    names = persons.get(candidate.surface) or persons.get(_PARTICLES.sub("", candidate.surface)) or []
    if " " in candidate.surface and candidate.type is ActorType.PERSON and not names:
        return candidate.surface
    if names:
        return _nearest_before(names, candidate.span, article.text)
    return candidate.surface if candidate.type is ActorType.PERSON else None


def _nearest_before(names: Sequence[str], span: Span, text: str) -> str:
    """Of several people with one surname, the one named last."""
    if len(names) == 1:
        return names[0]
    return max(names, key=lambda name: (text.rfind(name, 0, span.start), len(name)))


def _place_title(candidate: Candidate, clusters: Clusters, article: Article, persons: dict[str, list[str]]) -> None:
    """Headlines capitalise every word, so a name there must be known or stand in the body too."""
    body_name = clusters.find(candidate.surface) or clusters.find(candidate.surface, "person")
    if body_name is not None:
        body_name.add(candidate)
    elif candidate.known or candidate.surface in persons or not article.paragraphs:
        _place(candidate, clusters, article, persons)


def _add_echoes(clusters: Sequence[Cluster], article: Article) -> None:
    """Take in the places where a name stands again and the recogniser passed it over, the headline's among them."""
    covered = {offset for c in clusters for m in c.candidates for offset in range(m.span.start, m.span.end)}
    owners: dict[str, Cluster | None] = {}
    for cluster in clusters:
        for surface in _echoed(cluster):
            owners[surface] = None if owners.get(surface, cluster) is not cluster else cluster
    for passage in article.passages:
        for span, surface in occurrences(article.text, passage, owners):
            owner = owners[surface] or _last_named(surface, clusters, span)
            if owner is not None and covered.isdisjoint(range(span.start, span.end)):
                owner.add(Candidate(span, span.of(article.text), owner.type))


def _echoed(cluster: Cluster) -> set[str]:
    """The names by which an actor may stand again: those printed, and a person's surname."""
    if cluster.type is ActorType.PLACE:
        return set()
    printed = {m.surface for m in cluster.candidates if m.surface[:1].isupper()}
    person = cluster.type is ActorType.PERSON and not actor_types.names_body(cluster.name)
    surname = cluster.words[-1] if person and len(cluster.words) > 1 else ""
    return printed | ({surname} if len(surname) > 2 and surname[0].isupper() and surname.isalpha() else set())


def _last_named(surface: str, clusters: Sequence[Cluster], span: Span) -> Cluster | None:
    """Of several people with this name, the one named last before the span."""
    named = [
        (m.span, number)
        for number, c in enumerate(clusters)
        if surface in c.words
        for m in c.candidates
        if m.span < span
    ]
    return clusters[max(named)[1]] if named else None


def _actors(article: Article, clusters: Iterable[Cluster], authority: Authority) -> Iterable[Actor]:
    for cluster in sorted(clusters, key=lambda c: min(m.span for m in c.candidates)):
        yield _actor(article, cluster, authority)


def _actor(article: Article, cluster: Cluster, authority: Authority) -> Actor:
    pairs = sorted(zip(cluster.candidates, cluster.forms, strict=True), key=lambda pair: pair[0].span)
    mentions = tuple(dict.fromkeys(Mention(c.span, c.surface, form) for c, form in pairs))
    type_ = cluster.known.type if cluster.known and cluster.known.type else _type(article.text, cluster)
    known = cluster.known or authority.actor(cluster.name)
    if known is not None and known.type is not type_:
        known = None
    aliases = tuple(dict.fromkeys(" ".join(m.surface.split()) for m in mentions if m.form in (Form.NAME, Form.METONYM)))
    role = _role(article, mentions) if type_ is ActorType.PERSON else None
    return Actor(
        name=_best_name(cluster, aliases, known),
        canonical=known.name if known else None,
        type=type_,
        mentions=mentions,
        aliases=aliases,
        role=role.of(article.text) if role else None,
        role_span=role,
        iri=known.iri if known else None,
        wikidata=known.wikidata if known else None,
    )


def _best_name(cluster: Cluster, aliases: Sequence[str], known: Known | None) -> str:
    """The name by which the article is best quoted.

    A body is called what the article calls it, at its fullest: names change with the years. States and people go by
    their usual name, of which the article may print only a part.
    """
    if known is None:
        return " ".join(cluster.name.split()) or max(aliases, key=len)
    if known.type is ActorType.ORGANIZATION and aliases and known.name not in aliases:
        named = [m.surface for m, form in zip(cluster.candidates, cluster.forms, strict=True) if form is Form.NAME]
        return " ".join(max(named, key=len).split()) if named else known.name
    return known.name


def _type(text: str, cluster: Cluster) -> ActorType:
    person = cluster.type is ActorType.PERSON and not actor_types.names_body(cluster.name)
    named_in_full = person and any(c.surface in cluster.words for c in cluster.candidates)
    if cluster.type is ActorType.GROUP or (named_in_full and len(cluster.words) > 1):
        return cluster.type
    return actor_types.settle(text, cluster.candidates)


def _role(article: Article, mentions: Sequence[Mention]) -> Span | None:
    """The fullest description printed beside the name, the first of equals."""
    found: list[Span] = []
    for mention in mentions[:_ROLE_MENTIONS]:
        passage = next((p for p in article.paragraphs if mention.span in p), None)
        if passage is None:
            continue
        after = roles.apposition_after(article.text, mention.span, passage.end)
        before = roles.title_before(article.text, mention.span, passage.start)
        found += [span for span in (after, before) if span]
    return max(found, key=len) if found else None
