"""A document as the JSON object that `onrecord annotate` prints; offsets are code points into the article's text."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from onrecord.article import Span
from onrecord.document import Actor, Document, Event, Project, ProjectFact, Statement, TimeReference

Json = dict[str, Any]


def annotation(document: Document) -> Json:
    """The object for one article: actors, statements, projects, events."""
    article = document.article
    return {
        "id": PurePath(article.source).stem,
        "title": " ".join(article.headline.split()) or None,
        "date": article.published.isoformat() if article.published else None,
        "publisher": article.publisher,
        "language": article.language,
        "actors": [_actor(each) for each in document.actors],
        "statements": [_statement(each, document) for each in document.statements],
        "projects": [_project(each, document) for each in document.projects],
        "events": [_event(each, document) for each in document.events],
    }


def _offsets(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _actor(actor: Actor) -> Json:
    return {
        "name": actor.name,
        "type": actor.type.value,
        "aliases": list(actor.aliases),
        "role": actor.role,
        "wikidata": actor.wikidata,
        "mentions": _offsets(mention.span for mention in actor.mentions),
    }


def _names(document: Document, indices: Iterable[int]) -> list[str]:
    return [document.actors[index].name for index in indices]


def _statement(statement: Statement, document: Document) -> Json:
    speakers = _names(document, statement.speakers)
    addressees = _names(document, statement.addressees)
    return {
        "source": _offsets(statement.source),
        "cue": _offsets(statement.cue),
        "content": _offsets(statement.content),
        "kind": statement.mode.value,
        "attitude": statement.attitude.value,
        "speaker": " and ".join(speakers) or statement.speaker_text,
        "addressee": " and ".join(addressees) or statement.addressee_text,
        "via": statement.via_text,
        "negated": statement.negated,
        "probability": statement.probability,
    }


def _time(time: TimeReference | None) -> Json | None:
    return {"value": time.value, "basis": time.basis.value} if time else None


def _fact(fact: ProjectFact, document: Document) -> Json:
    return {
        "fact": fact.kind,
        "value": fact.value,
        "amount": fact.amount,
        "unit": fact.unit,
        "actor": document.actors[fact.actor].name if fact.actor is not None else None,
        "statement": fact.statement,
        "evidence": [fact.evidence.start, fact.evidence.end],
        "date": _time(fact.time),
    }


def _project(project: Project, document: Document) -> Json:
    return {
        "name": project.name,
        "kind": project.kind,
        "aliases": list(project.aliases),
        "wikidata": project.wikidata,
        "mentions": _offsets(mention.span for mention in project.mentions),
        "facts": [_fact(fact, document) for fact in project.facts],
    }


def _event(event: Event, document: Document) -> Json:
    return {
        "type": event.type,
        "name": event.name,
        "span": [event.span.start, event.span.end],
        "participants": _names(document, event.participants),
        "place": document.actors[event.place].name if event.place is not None else None,
        "date": _time(event.time),
    }
