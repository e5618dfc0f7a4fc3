"""The language components in a row: an article in, what was understood of it out. No I/O, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from onrecord.article import Article, Span
from onrecord.document import (
    Actor,
    ActorType,
    Document,
    Event,
    Form,
    Mention,
    Project,
    ProjectFact,
    SourceDocument,
    Statement,
)
from onrecord.identity import Authority
from onrecord.language.actors import find_actors
from onrecord.language.attribution import AttributionModel
from onrecord.language.dates import find_times
from onrecord.language.events import find_events
from onrecord.language.gazetteer import Gazetteer
from onrecord.language.linking import link
from onrecord.language.mentions import candidates
from onrecord.language.names import NameFinder
from onrecord.language.projects import KnownProject, find_projects
from onrecord.language.statements import StatementReader


class Understanding:
    """Everything that reading needs, loaded once."""

    def __init__(
        self, names: NameFinder, model: AttributionModel, authority: Authority, threshold: float | None
    ) -> None:
        self._names = names
        self._model = model
        self._authority = authority
        self._threshold = threshold
        self._gazetteer = Gazetteer(authority)
        self._projects = tuple(
            KnownProject(known.name, known.labels, known.kind or "project", known.iri, known.wikidata)
            for known in authority.projects
        )

    def read(self, article: Article) -> Document:
        """What is understood of one article; it does not depend on any other."""
        attributions = self._model.attribute(article.text, article.passages, self._threshold)
        sources = [span for attribution in attributions for span in attribution.source]
        mentions = candidates(article, self._names.find(article), sources, self._gazetteer, self._authority)
        actors = _with_publisher(article, find_actors(article, mentions, self._authority), self._authority)
        reading = StatementReader(article, actors, self._authority).read(attributions)
        actors = affiliated(_speaking(actors, reading.statements))
        times = find_times(article)
        projects = find_projects(article, actors, reading.statements, self._projects)
        events = find_events(article, actors, times)
        statements = link(article, reading.statements, times, events, projects)
        document = Document(article, actors, reading.documents, events, projects, statements)
        return without_actors(document, _named_after_projects(document))


def _speaking(actors: tuple[Actor, ...], statements: tuple[Statement, ...]) -> tuple[Actor, ...]:
    """What speaks is no mere place: a name unknown to the authority that was taken for one is a body's."""
    heard = {index for statement in statements for index in statement.speakers}
    return tuple(
        replace(actor, type=ActorType.ORGANIZATION)
        if index in heard and actor.type is ActorType.PLACE and actor.iri is None
        else actor
        for index, actor in enumerate(actors)
    )


def affiliated(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The body or state that a person's printed role names: `a senior analyst at Nordvik Research`."""
    bodies = sorted(
        (mention.span, index)
        for index, actor in enumerate(actors)
        if actor.type in (ActorType.ORGANIZATION, ActorType.STATE)
        for mention in actor.mentions
    )

    def held_in(role: Span | None) -> int | None:
        return next((index for span, index in bodies if role and span in role), None)

    return tuple(replace(actor, affiliation=held_in(actor.role_span)) for actor in actors)


def _with_publisher(article: Article, actors: tuple[Actor, ...], authority: Authority) -> tuple[Actor, ...]:
    """The outlet is an actor too: what it tells in its own voice is on its record."""
    name = article.publisher
    if not name:
        return actors
    span = article.publisher_span
    mentions = (Mention(span, span.of(article.text), Form.NAME),) if span else ()
    known = authority.actor(name)
    for index, actor in enumerate(actors):
        if name in (actor.name, *actor.aliases) or (known and actor.iri == known.iri):
            merged = replace(
                actor, mentions=(*mentions, *actor.mentions), aliases=tuple(dict.fromkeys((name, *actor.aliases)))
            )
            return (*actors[:index], merged, *actors[index + 1 :])
    if known:
        outlet = Actor(
            name,
            ActorType.ORGANIZATION,
            mentions,
            (name,),
            canonical=known.name,
            iri=known.iri,
            wikidata=known.wikidata,
        )
    else:
        outlet = Actor(name, ActorType.ORGANIZATION, mentions, (name,))
    return (*actors, outlet)


def _named_after_projects(document: Document) -> frozenset[int]:
    """Actors that are nothing but a project's name misread, and that nothing else refers to."""
    spans = sorted(mention.span for project in document.projects for mention in project.mentions)
    used = _used(document)
    return frozenset(
        index
        for index, actor in enumerate(document.actors)
        if index not in used
        and actor.mentions
        and all(_inside(mention.span, spans) for mention in actor.mentions)
        and actor.type in (ActorType.ORGANIZATION, ActorType.PLACE, ActorType.PERSON)
    )


def _inside(span: Span, spans: Iterable[Span]) -> bool:
    return any(span in other for other in spans)


def _used(document: Document) -> frozenset[int]:
    found: set[int | None] = set()
    for statement in document.statements:
        found |= {*statement.speakers, *statement.addressees}
    for event in document.events:
        found |= {*event.participants, event.place}
    for project in document.projects:
        found |= {fact.actor for fact in project.facts}
    found |= {carrier.issuer for carrier in document.documents} | {actor.affiliation for actor in document.actors}
    return frozenset(index for index in found if index is not None)


def without_actors(document: Document, dropped: frozenset[int]) -> Document:
    """The document without some actors that nothing refers to; all positions are moved along."""
    if not dropped:
        return document
    kept = [index for index in range(len(document.actors)) if index not in dropped]
    moved = {old: new for new, old in enumerate(kept)}.__getitem__
    return replace(
        document,
        actors=tuple(_moved_actor(document.actors[index], moved) for index in kept),
        documents=tuple(_moved_document(each, moved) for each in document.documents),
        events=tuple(_moved_event(each, moved) for each in document.events),
        projects=tuple(_moved_project(each, moved) for each in document.projects),
        statements=tuple(_moved_statement(each, moved) for each in document.statements),
    )


_Move = Callable[[int], int]


def _moved_actor(actor: Actor, moved: _Move) -> Actor:
    return actor if actor.affiliation is None else replace(actor, affiliation=moved(actor.affiliation))


def _moved_document(carrier: SourceDocument, moved: _Move) -> SourceDocument:
    return carrier if carrier.issuer is None else replace(carrier, issuer=moved(carrier.issuer))


def _moved_event(event: Event, moved: _Move) -> Event:
    place = None if event.place is None else moved(event.place)
    return replace(event, participants=tuple(map(moved, event.participants)), place=place)


def _moved_fact(fact: ProjectFact, moved: _Move) -> ProjectFact:
    return fact if fact.actor is None else replace(fact, actor=moved(fact.actor))


def _moved_project(project: Project, moved: _Move) -> Project:
    return replace(project, facts=tuple(_moved_fact(fact, moved) for fact in project.facts))


def _moved_statement(statement: Statement, moved: _Move) -> Statement:
    return replace(
        statement,
        speakers=tuple(map(moved, statement.speakers)),
        addressees=tuple(map(moved, statement.addressees)),
    )
