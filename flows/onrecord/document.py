"""What was understood of one article. Types only.

The promise: each `Mention` holds the very words that its span covers, and each statement, fact and event names the
spans that carry it. References between the parts are positions in the tuples of the `Document`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from onrecord.article import Article, Span

ActorIndex = int
DocumentIndex = int
ProjectIndex = int
EventIndex = int


class ActorType(StrEnum):
    """What sort of actor: a state acts, a place only lies somewhere."""

    PERSON = "person"
    ORGANIZATION = "organization"
    STATE = "state"
    PLACE = "place"
    GROUP = "group"


class Form(StrEnum):
    """How a mention refers: by a name, by another's name (Moscow for Russia), by a description, by a pronoun."""

    NAME = "name"
    METONYM = "metonym"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Mode(StrEnum):
    """Whether the source's own words are given: all of them, none, or some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Attitude(StrEnum):
    """What the source does in the statement."""

    ASSERTION = "assertion"
    BELIEF = "belief"
    REQUEST = "request"
    ACCUSATION = "accusation"
    DENIAL = "denial"
    REFUSAL = "refusal"
    ENDORSEMENT = "endorsement"
    INTENTION = "intention"
    ACT = "act"


class Certainty(StrEnum):
    """How sure the source shows itself (the values of FactBank)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNSPECIFIED = "unspecified"


class TimeBasis(StrEnum):
    """How a date was got."""

    STATED = "stated"
    RESOLVED = "resolved"
    BOUNDED = "bounded"


@dataclass(frozen=True, slots=True)
class TimeReference:
    """A time as printed and as resolved.

    `value` is an ISO 8601 date, month, year or interval (`2023-10-18`, `2023-10`, `2023`, `2023-10-17/2023-10-18`), or
    None where only a bound is known; `earliest` and `latest` bound it, both inclusive.
    """

    value: str | None
    basis: TimeBasis
    earliest: date | None = None
    latest: date | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text refers to an actor, a project or a document."""

    span: Span
    surface: str
    form: Form = Form.NAME


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that the article names; one node for all its names in the article.

    `name` is the one by which the article is best quoted, `canonical` the authority's, where it knows the actor.
    `role` and `role_span` give the printed description ("a senior fellow at ..."); `affiliation` the organisation or
    state it is held in. `iri` and `wikidata` (a Q number) come from the authority, or are minted in `identity`.
    """

    name: str
    type: ActorType
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    role: str | None = None
    role_span: Span | None = None
    affiliation: ActorIndex | None = None
    canonical: str | None = None
    iri: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document, broadcast or outlet through which a statement reached the article (a readout, a letter, an agency).

    `issuer` is the actor behind it; `via` the document that in turn brought this one.
    """

    name: str
    kind: str
    mentions: tuple[Mention, ...]
    issuer: ActorIndex | None = None
    via: DocumentIndex | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who is on the record saying what.

    `source`, `cue` and `content` are the spans that the attribution was read from. `speakers` is empty where the source
    is unnamed; `speaker_text` holds the source's printed words, or None where the text gives no source at all;
    `addressee_text` and `via_text` likewise are the printed words of the addressee and of the document.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mode: Mode
    attitude: Attitude = Attitude.ASSERTION
    certainty: Certainty = Certainty.CERTAIN
    negated: bool = False
    speakers: tuple[ActorIndex, ...] = ()
    speaker_text: str | None = None
    addressees: tuple[ActorIndex, ...] = ()
    addressee_text: str | None = None
    via: DocumentIndex | None = None
    via_text: str | None = None
    event: EventIndex | None = None
    about: tuple[ProjectIndex, ...] = ()
    time: TimeReference | None = None
    headline: bool = False
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """One fact about a project, with the words that carry it.

    `kind` is one of status from to via owner operator supplier commodity capacity length cost date; `value` is the
    printed or canonical value; `actor` the actor that the value names. `amount` and `unit` normalise a quantity
    (bcm/y, bbl/d, km, MW, or an ISO 4217 currency). `statement` is the statement that says so; else the outlet does.
    """

    kind: str
    value: str
    evidence: Span
    actor: ActorIndex | None = None
    amount: str | None = None
    unit: str | None = None
    statement: int | None = None
    time: TimeReference | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """An infrastructure project. `kind` is a concept of the project-kind scheme, such as `gas-pipeline`."""

    name: str
    kind: str
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    facts: tuple[ProjectFact, ...] = ()
    iri: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, speech, forum, summit, arrest warrant and the like, with who took part, where and when."""

    type: str
    name: str
    span: Span
    participants: tuple[ActorIndex, ...] = ()
    place: ActorIndex | None = None
    time: TimeReference | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Everything understood of one article."""

    article: Article
    actors: tuple[Actor, ...] = ()
    documents: tuple[SourceDocument, ...] = ()
    events: tuple[Event, ...] = ()
    projects: tuple[Project, ...] = ()
    statements: tuple[Statement, ...] = field(default=())
