"""What was understood of an article, as triples: one self-contained graph, every node an IRI, no clock, no run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.article import Article, Span
from onrecord.document import (
    Actor,
    ActorType,
    Document,
    Event,
    Mention,
    Project,
    ProjectFact,
    SourceDocument,
    Statement,
    TimeReference,
)
from onrecord.identity import slug
from onrecord.terms import (
    IDENTIFIERS,
    OA,
    PROV,
    REC,
    SCHEMA,
    TYPE,
    WIKIDATA,
    XSD,
    Literal,
    Triple,
    concept,
)

ACTOR_CLASSES = {
    ActorType.PERSON: PROV + "Person",
    ActorType.ORGANIZATION: PROV + "Organization",
    ActorType.STATE: REC + "State",
    ActorType.PLACE: SCHEMA + "Place",
    ActorType.GROUP: REC + "Group",
}
_DATE_TYPES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth"),
    (re.compile(r"\d{4}"), "gYear"),
)


@dataclass(frozen=True, slots=True)
class Extractor:
    """What made a graph, named by its content: version and hashes of code, model, ontology and authority."""

    version: str
    code: str
    model: str
    ontology: str
    authority: str
    language_model: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all parts: a changed part is another extractor."""
        parts = (self.version, self.code, self.model, self.ontology, self.authority, self.language_model)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def article_id(article: Article) -> str:
    """The article's name: a slug of its title and a hash of what identifies it.

    That is the URL, else publisher, date and title, else the text itself.
    """
    if article.url:
        identity = article.url
    elif article.publisher and article.published and article.title:
        identity = "\0".join((article.publisher, article.published.isoformat(), " ".join(article.headline.split())))
    else:
        identity = article.fingerprint
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{slug(article.headline) or 'untitled'}-{digest}"


def _integer(value: int) -> Literal:
    return Literal(str(value), XSD + "integer")


def _decimal(value: str) -> Literal:
    return Literal(value if "." in value else value + ".0", XSD + "decimal")


def time_literal(value: str) -> Literal:
    """An ISO 8601 date, month or year with its XSD type; an interval as a string."""
    kind = next((name for pattern, name in _DATE_TYPES if pattern.fullmatch(value)), "string")
    return Literal(value, XSD + kind)


def build(document: Document, extractor: Extractor, *, base: str = IDENTIFIERS) -> list[Triple]:
    """The graph of one article, without its text."""
    return sorted(set(_Builder(document, extractor, base).triples()), key=_order)


def text_triple(article: Article, *, base: str = IDENTIFIERS) -> Triple:
    """The one triple that carries the whole text; published only if the user asks."""
    return (f"{base}article/{article_id(article)}", REC + "text", Literal(article.text))


def _order(triple: Triple) -> tuple[str, str, str, str, str]:
    value = triple[2]
    if isinstance(value, Literal):
        return (triple[0], triple[1], value.value, value.datatype, value.language or "")
    return (triple[0], triple[1], value, "", "")


class _Builder:
    """Names the nodes of one article and says what holds of them."""

    def __init__(self, document: Document, extractor: Extractor, base: str) -> None:
        self._document = document
        self._article = document.article
        self._extractor = extractor
        self._base = base
        self.iri = f"{base}article/{article_id(document.article)}"
        self._named = {actor.iri for actor in document.actors}

    def triples(self) -> Iterator[Triple]:
        document = self._document
        yield from self._describe_article()
        yield from self._describe_extraction()
        for number, actor in enumerate(document.actors, 1):
            yield from self._describe_actor(number, actor)
        for number, carrier in enumerate(document.documents, 1):
            yield from self._describe_document(number, carrier)
        for number, event in enumerate(document.events, 1):
            yield from self._describe_event(number, event)
        for number, project in enumerate(document.projects, 1):
            yield from self._describe_project(number, project)
        for number, statement in enumerate(document.statements, 1):
            yield from self._describe_statement(self._part("statement", number), statement)

    def _part(self, kind: str, number: object) -> str:
        return f"{self.iri}#{kind}-{number}"

    def _actor(self, index: int) -> str:
        iri = self._document.actors[index].iri
        assert iri is not None, "identity names every actor before the graph is built"
        return iri

    def _publisher(self) -> str | None:
        name = self._article.publisher
        return next((a.iri for a in self._document.actors if name in (a.name, *a.aliases)), None) if name else None

    def _span(self, subject: str, property_: str, span: Span) -> Iterator[Triple]:
        node = f"{self.iri}#char={span.start},{span.end}"
        yield subject, REC + property_, node
        yield node, TYPE, REC + "EvidenceSpan"
        yield node, OA + "hasSource", self.iri
        yield node, OA + "start", _integer(span.start)
        yield node, OA + "end", _integer(span.end)
        yield node, OA + "exact", Literal(span.of(self._article.text))

    def _spans(self, subject: str, property_: str, spans: Iterable[Span]) -> Iterator[Triple]:
        for span in spans:
            yield from self._span(subject, property_, span)

    def _describe_article(self) -> Iterator[Triple]:
        article, iri = self._article, self.iri
        yield iri, TYPE, SCHEMA + "NewsArticle"
        if article.title:
            yield iri, SCHEMA + "headline", Literal(" ".join(article.headline.split()))
        if article.published:
            yield iri, SCHEMA + "datePublished", Literal(article.published.isoformat(), XSD + "date")
        if publisher := self._publisher():
            yield iri, SCHEMA + "publisher", publisher
        if article.url:
            yield iri, SCHEMA + "url", Literal(article.url, XSD + "anyURI")
        yield iri, SCHEMA + "inLanguage", Literal(article.language)
        yield iri, REC + "sourceName", Literal(article.source)
        yield iri, REC + "textSha256", Literal(article.fingerprint)
        yield iri, REC + "textLength", _integer(len(article.text))

    def _describe_extraction(self) -> Iterator[Triple]:
        extraction, extractor = self.iri + "#extraction", self._extractor
        agent = f"{self._base}extractor/{extractor.fingerprint[:16]}"
        yield extraction, TYPE, REC + "Extraction"
        yield extraction, PROV + "wasDerivedFrom", self.iri
        yield extraction, PROV + "wasAttributedTo", agent
        yield agent, TYPE, REC + "Extractor"
        yield agent, REC + "softwareVersion", Literal(extractor.version)
        yield agent, REC + "codeSha256", Literal(extractor.code)
        yield agent, REC + "modelSha256", Literal(extractor.model)
        yield agent, REC + "ontologySha256", Literal(extractor.ontology)
        yield agent, REC + "authoritySha256", Literal(extractor.authority)
        yield agent, REC + "languageModel", Literal(extractor.language_model)

    def _describe_actor(self, number: int, actor: Actor) -> Iterator[Triple]:
        iri = self._actor(number - 1)
        yield iri, TYPE, ACTOR_CLASSES[actor.type]
        yield iri, SCHEMA + "name", Literal(actor.canonical or actor.name)
        if actor.wikidata:
            yield iri, SCHEMA + "sameAs", WIKIDATA + actor.wikidata
        node = self._part("actor", number)
        yield from self._appearance(node, iri, actor.aliases or (actor.name,), actor.mentions)
        yield node, REC + "printedName", Literal(actor.name)
        if actor.role:
            yield node, REC + "role", Literal(" ".join(actor.role.split()))
        if actor.role_span:
            yield from self._span(node, "evidence", actor.role_span)
        if actor.affiliation is not None:
            yield node, REC + "affiliation", self._actor(actor.affiliation)

    def _appearance(self, node: str, iri: str, aliases: Sequence[str], mentions: Sequence[Mention]) -> Iterator[Triple]:
        yield node, TYPE, REC + "Appearance"
        yield node, REC + "inArticle", self.iri
        yield node, REC + "appearanceOf", iri
        for alias in aliases:
            yield node, REC + "alias", Literal(alias)
        yield from self._spans(node, "evidence", (mention.span for mention in mentions))

    def _describe_document(self, number: int, carrier: SourceDocument) -> Iterator[Triple]:
        node = self._part("document", number)
        yield node, TYPE, REC + "SourceDocument"
        yield node, REC + "inArticle", self.iri
        yield node, SCHEMA + "name", Literal(carrier.name)
        yield node, REC + "documentKind", concept("document-kind", carrier.kind)
        if carrier.issuer is not None:
            yield node, PROV + "wasAttributedTo", self._actor(carrier.issuer)
        if carrier.via is not None:
            yield node, REC + "via", self._part("document", carrier.via + 1)
        yield from self._spans(node, "evidence", (mention.span for mention in carrier.mentions))

    def _describe_event(self, number: int, event: Event) -> Iterator[Triple]:
        node = self._part("event", number)
        yield node, TYPE, REC + "Event"
        yield node, REC + "inArticle", self.iri
        yield node, REC + "eventType", concept("event-type", event.type)
        yield node, SCHEMA + "name", Literal(event.name)
        for participant in event.participants:
            yield node, REC + "participant", self._actor(participant)
        if event.place is not None:
            yield node, SCHEMA + "location", self._actor(event.place)
        yield from self._time(node, event.time)
        yield from self._span(node, "evidence", event.span)

    def _time(self, subject: str, time: TimeReference | None) -> Iterator[Triple]:
        if time is None:
            return
        identity = (time.value, time.basis, time.earliest, time.latest, time.span)
        node = self._part("time", hashlib.sha256(repr(identity).encode()).hexdigest()[:12])
        yield subject, REC + "time", node
        yield node, TYPE, REC + "TimeReference"
        yield node, REC + "timeBasis", concept("time-basis", time.basis)
        if time.value:
            yield node, REC + "timeValue", time_literal(time.value)
        for name, day in (("earliest", time.earliest), ("latest", time.latest)):
            if day:
                yield node, REC + name, Literal(day.isoformat(), XSD + "date")
        if time.span:
            yield node, REC + "timeText", Literal(" ".join(time.span.of(self._article.text).split()))
            yield from self._span(node, "evidence", time.span)

    def _describe_project(self, number: int, project: Project) -> Iterator[Triple]:
        iri = project.iri
        assert iri is not None, "identity names every project before the graph is built"
        yield iri, TYPE, REC + "InfrastructureProject"
        yield iri, SCHEMA + "name", Literal(project.name)
        yield iri, REC + "projectKind", concept("project-kind", project.kind)
        if project.wikidata:
            yield iri, SCHEMA + "sameAs", WIKIDATA + project.wikidata
        node = self._part("project", number)
        yield from self._appearance(node, iri, project.aliases or (project.name,), project.mentions)
        for position, fact in enumerate(project.facts, 1):
            yield from self._describe_fact(self._part("fact", f"{number}-{position}"), iri, fact)

    def _describe_fact(self, node: str, project: str, fact: ProjectFact) -> Iterator[Triple]:
        yield node, TYPE, REC + "ProjectFact"
        yield node, REC + "inArticle", self.iri
        yield node, REC + "factOf", project
        yield node, REC + "factKind", concept("fact", fact.kind)
        yield node, REC + "factValue", Literal(" ".join(fact.value.split()))
        if fact.kind == "status":
            yield node, REC + "status", concept("status", fact.value)
        if fact.actor is not None:
            yield node, REC + "factActor", self._actor(fact.actor)
        if fact.amount is not None:
            yield node, REC + "amount", _decimal(fact.amount)
        if fact.unit is not None:
            yield node, REC + "unit", Literal(fact.unit)
        yield from self._stated(node, fact)
        yield from self._time(node, fact.time)
        yield from self._span(node, "evidence", fact.evidence)

    def _stated(self, node: str, fact: ProjectFact) -> Iterator[Triple]:
        if fact.statement is None:
            if publisher := self._publisher():
                yield node, REC + "statedBy", publisher
            return
        yield node, PROV + "wasDerivedFrom", self._part("statement", fact.statement + 1)
        for speaker in self._document.statements[fact.statement].speakers:
            yield node, REC + "statedBy", self._actor(speaker)

    def _describe_statement(self, node: str, statement: Statement) -> Iterator[Triple]:
        yield node, TYPE, REC + "Statement"
        yield node, REC + "inArticle", self.iri
        yield from self._speakers(node, statement)
        yield from self._manner(node, statement)
        for name, spans in (("source", statement.source), ("cue", statement.cue), ("content", statement.content)):
            yield from self._spans(node, name, spans)
        yield from self._links(node, statement)
        yield from self._time(node, statement.time)

    def _speakers(self, node: str, statement: Statement) -> Iterator[Triple]:
        for speaker in statement.speakers:
            yield node, REC + "speaker", self._actor(speaker)
        if statement.speaker_text:
            yield node, REC + "speakerText", Literal(statement.speaker_text)
        if statement.speakers:
            return
        words = statement.speaker_text
        unnamed = self._part("source", hashlib.sha256(words.encode()).hexdigest()[:12] if words else "unstated")
        yield node, REC + "speaker", unnamed
        yield unnamed, TYPE, REC + ("UnnamedSource" if words else "UnstatedSource")
        if words:
            yield unnamed, SCHEMA + "name", Literal(words)

    def _manner(self, node: str, statement: Statement) -> Iterator[Triple]:
        yield node, REC + "mode", concept("mode", statement.mode)
        yield node, REC + "attitude", concept("attitude", statement.attitude)
        yield node, REC + "certainty", concept("certainty", statement.certainty)
        yield node, REC + "polarity", concept("polarity", "negative" if statement.negated else "positive")
        yield node, REC + "probability", Literal(f"{statement.probability:.2f}", XSD + "decimal")
        if statement.cue:
            words = " ".join(span.of(self._article.text) for span in statement.cue)
            yield node, REC + "cueText", Literal(" ".join(words.split()))
        if statement.headline:
            yield node, REC + "inHeadline", Literal("true", XSD + "boolean")

    def _links(self, node: str, statement: Statement) -> Iterator[Triple]:
        for addressee in statement.addressees:
            yield node, REC + "addressee", self._actor(addressee)
        if statement.addressee_text:
            yield node, REC + "addresseeText", Literal(statement.addressee_text)
        if statement.via is not None:
            yield node, REC + "via", self._part("document", statement.via + 1)
        if statement.via_text:
            yield node, REC + "viaText", Literal(statement.via_text)
        if statement.event is not None:
            yield node, REC + "madeAt", self._part("event", statement.event + 1)
        for project in statement.about:
            iri = self._document.projects[project].iri
            if iri:
                yield node, REC + "about", iri
