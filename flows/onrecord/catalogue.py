"""The descriptions of the whole: merged entities, the dataset (DCAT and VoID), the record of a run (PROV)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from onrecord import terms
from onrecord.ledger import Entry, Ledger, Outcome, Summary
from onrecord.terms import REC, SCHEMA, TYPE, XSD, Literal, Node, Triple, concept

NAME = SCHEMA + "name"
ALIAS = SCHEMA + "alternateName"
SAME_AS = SCHEMA + "sameAs"
PROJECT_KIND = REC + "projectKind"
TURTLE_TYPE = "https://www.iana.org/assignments/media-types/text/turtle"

_VOCABULARIES = (REC, SCHEMA, terms.PROV, terms.ORG, terms.OA, terms.TIME, terms.SKOS, terms.DCTERMS)
_DISTRIBUTIONS = {"articles": "One Turtle file an article", "entities": "Actors and projects over all articles, merged"}


@dataclass(frozen=True, slots=True)
class Run:
    """One run: when (the clock is the caller's), by which extractor and with which versions, with which outcomes.

    `extractor` is the hash in the extractor's IRI; `versions` names each part (`python`, `onrecord`) and its version.
    """

    identifier: str
    started: datetime
    ended: datetime
    extractor: str
    versions: Mapping[str, str] = field(default_factory=dict)
    outcomes: Iterable[Entry] = ()


def summarize(article_id: str, article: str, triples: Iterable[Triple]) -> Summary:
    """What the graph of the article with this IRI adds to the dataset."""
    by_subject: dict[str, list[tuple[str, Node]]] = {}
    for subject, predicate, node in triples:
        by_subject.setdefault(subject, []).append((predicate, node))
    classes: Counter[str] = Counter()
    facts: set[tuple[str, str, str]] = set()
    for subject, properties in by_subject.items():
        if subject == article or subject.startswith(article + "#"):
            classes.update(str(node) for predicate, node in properties if predicate == TYPE)
            facts.update(_aliases(properties))
        else:
            facts.update(_entity_facts(subject, properties))
    dates = (
        n.value for p, n in by_subject.get(article, ()) if p == SCHEMA + "datePublished" and isinstance(n, Literal)
    )
    size = sum(map(len, by_subject.values()))
    return Summary(article_id, next(dates, None), size, frozenset(facts), dict(classes))


def entities(ledger: Ledger) -> Iterator[list[Triple]]:
    """The merged entities, one group of triples each, by IRI.

    Where articles differ, the type and name that most of them give stand; the other names become aliases.
    """
    for subject, rows in groupby(ledger.facts(), key=lambda row: row[0]):
        values: dict[str, list[str]] = {}
        for _, predicate, value, _ in rows:
            values.setdefault(predicate, []).append(value)
        yield list(_entity(subject, values))


def dataset(ledger: Ledger, base: str) -> Iterator[Triple]:
    """The dataset's description; its dates are those of the articles."""
    articles, triples, first, last = ledger.totals()
    iri = base + "dataset"
    yield from ((iri, TYPE, terms.DCAT + "Dataset"), (iri, TYPE, terms.VOID + "Dataset"))
    yield iri, terms.DCTERMS + "title", Literal("On Record: who said what in the news", language="en")
    yield iri, terms.VOID + "uriSpace", Literal(base)
    yield iri, terms.VOID + "documents", Literal(str(articles), XSD + "integer")
    yield iri, terms.VOID + "triples", Literal(str(triples), XSD + "integer")
    yield from ((iri, terms.VOID + "vocabulary", vocabulary) for vocabulary in _VOCABULARIES)
    yield from _period(iri, first, last)
    yield from _distributions(iri)
    for name, size in ledger.classes():
        part = f"{iri}#class-{name.rpartition('#')[2].rpartition('/')[2]}"
        yield iri, terms.VOID + "classPartition", part
        yield part, TYPE, terms.VOID + "Dataset"
        yield part, terms.VOID + "class", name
        yield part, terms.VOID + "entities", Literal(str(size), XSD + "integer")


def run_record(run: Run, base: str) -> Iterator[list[Triple]]:
    """The run as a PROV activity, then each input's outcome, one group of triples each."""
    iri = f"{base}run/{run.identifier}"
    yield [
        (iri, TYPE, terms.PROV + "Activity"),
        (iri, TYPE, REC + "Run"),
        (iri, terms.PROV + "startedAtTime", Literal(run.started.isoformat(), XSD + "dateTime")),
        (iri, terms.PROV + "endedAtTime", Literal(run.ended.isoformat(), XSD + "dateTime")),
        (iri, terms.PROV + "wasAssociatedWith", f"{base}extractor/{run.extractor}"),
        *((iri, REC + "softwareVersion", Literal(f"{part} {version}")) for part, version in run.versions.items()),
    ]
    for number, entry in enumerate(run.outcomes, 1):
        yield list(_outcome(iri, f"{iri}#input-{number}", entry, base))


def _aliases(properties: Iterable[tuple[str, Node]]) -> Iterator[tuple[str, str, str]]:
    """What an appearance says of its entity: the names that the article prints."""
    of = [str(node) for predicate, node in properties if predicate == REC + "appearanceOf"]
    for predicate, node in properties:
        if predicate == REC + "alias" and isinstance(node, Literal):
            yield from ((subject, ALIAS, node.value) for subject in of)


def _entity_facts(subject: str, properties: Iterable[tuple[str, Node]]) -> Iterator[tuple[str, str, str]]:
    names = [node.value for predicate, node in properties if predicate == NAME and isinstance(node, Literal)]
    if not names:
        return
    types = sorted(str(node) for predicate, node in properties if predicate == TYPE)
    # The types of an entity go together, so they are kept and counted as one value.
    yield subject, TYPE, " ".join(types)
    yield from ((subject, NAME, name) for name in names)
    yield from ((subject, p, str(node)) for p, node in properties if p in (SAME_AS, PROJECT_KIND))


def _entity(subject: str, values: Mapping[str, list[str]]) -> Iterator[Triple]:
    names = values.get(NAME, [])
    if not names:
        return
    yield from ((subject, TYPE, type_) for type_ in values[TYPE][0].split())
    yield subject, NAME, Literal(names[0])
    for alias in {*names, *values.get(ALIAS, ())} - {names[0]}:
        yield subject, ALIAS, Literal(alias)
    yield from ((subject, SAME_AS, other) for other in values.get(SAME_AS, ()))
    yield from ((subject, PROJECT_KIND, kind) for kind in values.get(PROJECT_KIND, ())[:1])


def _period(iri: str, first: str | None, last: str | None) -> Iterator[Triple]:
    if first and last:
        period = iri + "#period"
        yield iri, terms.DCTERMS + "temporal", period
        yield iri, terms.DCTERMS + "modified", Literal(last, XSD + "date")
        yield period, TYPE, terms.DCTERMS + "PeriodOfTime"
        yield period, terms.DCAT + "startDate", Literal(first, XSD + "date")
        yield period, terms.DCAT + "endDate", Literal(last, XSD + "date")


def _distributions(iri: str) -> Iterator[Triple]:
    for name, title in _DISTRIBUTIONS.items():
        part = f"{iri}#{name}"
        yield iri, terms.DCAT + "distribution", part
        yield part, TYPE, terms.DCAT + "Distribution"
        yield part, terms.DCTERMS + "title", Literal(title, language="en")
        yield part, terms.DCAT + "mediaType", TURTLE_TYPE


def _outcome(run: str, iri: str, entry: Entry, base: str) -> Iterator[Triple]:
    yield run, REC + "hasOutcome", iri
    yield iri, TYPE, REC + "InputOutcome"
    yield iri, REC + "sourceName", Literal(entry.source)
    yield iri, REC + "outcome", concept("outcome", entry.outcome)
    if entry.reason:
        yield iri, REC + "reason", Literal(entry.reason)
    if entry.article and entry.outcome is not Outcome.WITHHELD:
        article = f"{base}article/{entry.article}"
        yield iri, REC + "inArticle", article
        if entry.outcome is Outcome.PUBLISHED:
            yield run, terms.PROV + "generated", f"{article}#extraction"
