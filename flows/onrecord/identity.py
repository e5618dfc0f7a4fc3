"""Names to IRIs: the authority (states, places, bodies, people, projects that are known), then minted ones.

The authority is Turtle: SKOS labels, a class, a Wikidata link. A label that several entries share is ambiguous, and is
refused rather than guessed: the actor keeps its name and gets a minted IRI.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pyoxigraph

from onrecord.document import Actor, ActorType, Document, Project
from onrecord.errors import ResourceError
from onrecord.terms import IDENTIFIERS, PROV, RDF, REC, SCHEMA, SKOS, VOCABULARY, WIKIDATA

_TYPES = {
    PROV + "Person": ActorType.PERSON,
    PROV + "Organization": ActorType.ORGANIZATION,
    REC + "NewsOutlet": ActorType.ORGANIZATION,
    REC + "State": ActorType.STATE,
    SCHEMA + "Place": ActorType.PLACE,
    REC + "Group": ActorType.GROUP,
}
_ONE_NAME = re.compile(r"^\W*\w+\W*$")


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the authority. `type` is None for a project, whose `kind` names its sort instead."""

    iri: str
    name: str
    type: ActorType | None
    labels: tuple[str, ...]
    wikidata: str | None = None
    kind: str | None = None
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    capital: str | None = None
    affiliation: str | None = None
    outlet: bool = False


@dataclass(frozen=True)
class Authority:
    """All that is known before reading."""

    entries: tuple[Known, ...]
    fingerprint: str = ""

    @classmethod
    def load(cls, folder: Path) -> Authority:
        """Read every Turtle file of the folder; a missing or broken one raises ResourceError."""
        files = sorted(folder.glob("*.ttl"))
        if not files:
            raise ResourceError(f"no authority files (*.ttl) in {str(folder)!r}; reinstall the package")
        digest, entries = hashlib.sha256(), list[Known]()
        for file in files:
            data = file.read_bytes()
            digest.update(file.name.encode() + b"\0" + data)
            entries += _entries(data, file)
        return cls(tuple(sorted(entries, key=lambda known: known.iri)), digest.hexdigest())

    @cached_property
    def by_label(self) -> Mapping[str, tuple[Known, ...]]:
        """Entries by each of their labels, spelt as printed."""
        return _index((label, known) for known in self.entries for label in known.labels)

    @cached_property
    def by_iri(self) -> Mapping[str, Known]:
        """Entries by IRI."""
        return {known.iri: known for known in self.entries}

    @cached_property
    def by_demonym(self) -> Mapping[str, Known]:
        """States by adjective or people's name (Chinese, Briton), where only one state has it."""
        return _unambiguous((word, known) for known in self.entries for word in known.demonyms)

    @cached_property
    def by_metonym(self) -> Mapping[str, Known]:
        """States and bodies by the seat that stands for them (Brussels for the European Union)."""
        return _unambiguous((word, known) for known in self.entries for word in known.metonyms)

    @cached_property
    def by_capital(self) -> Mapping[str, tuple[Known, ...]]:
        """States by the IRI of their capital; a former state comes after its successor."""
        return _index((known.capital, known) for known in self.entries if known.capital)

    @cached_property
    def projects(self) -> tuple[Known, ...]:
        """The entries that are infrastructure projects."""
        return tuple(known for known in self.entries if known.type is None)

    def actor(self, label: str) -> Known | None:
        """The one actor with this label; None where none has it, or several."""
        found = [known for known in self.by_label.get(label, ()) if known.type]
        return found[0] if len(found) == 1 else None


def _index(pairs: Iterable[tuple[str, Known]]) -> dict[str, tuple[Known, ...]]:
    out: defaultdict[str, list[Known]] = defaultdict(list)
    for label, known in pairs:
        if known not in out[label]:
            out[label].append(known)
    return {label: tuple(found) for label, found in out.items()}


def _unambiguous(pairs: Iterable[tuple[str, Known]]) -> dict[str, Known]:
    return {label: found[0] for label, found in _index(pairs).items() if len(found) == 1}


def _entries(data: bytes, file: Path) -> Iterator[Known]:
    values: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for triple in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE):
            values[triple.subject.value][triple.predicate.value].append(triple.object.value)
    except SyntaxError as error:
        raise ResourceError(f"authority file {str(file)!r} is not Turtle: {error}") from error
    for iri, fields in values.items():
        if fields[SKOS + "prefLabel"]:
            yield _known(iri, fields)


def _known(iri: str, fields: Mapping[str, list[str]]) -> Known:
    classes = fields[RDF + "type"]
    name = fields[SKOS + "prefLabel"][0]
    same = [value for value in fields[SCHEMA + "sameAs"] if value.startswith(WIKIDATA)]
    kinds = fields[REC + "projectKind"]
    return Known(
        iri=iri,
        name=name,
        type=next((_TYPES[each] for each in classes if each in _TYPES), None),
        labels=tuple(dict.fromkeys([name, *fields[SKOS + "altLabel"]])),
        wikidata=same[0].removeprefix(WIKIDATA) if same else None,
        kind=kinds[0].removeprefix(VOCABULARY + "project-kind/") if kinds else None,
        demonyms=tuple(fields[REC + "demonym"]),
        metonyms=tuple(fields[REC + "metonym"]),
        capital=next(iter(fields[REC + "capital"]), None),
        affiliation=next(iter(fields[REC + "affiliation"]), None),
        outlet=REC + "NewsOutlet" in classes,
    )


def slug(words: str, longest: int = 60) -> str:
    """Lower-case ASCII words joined by hyphens, for IRIs and file names."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def mint(kind: str, name: str, scope: str | None, base: str = IDENTIFIERS) -> str:
    """An IRI for something that the authority does not know.

    Without a `scope` the name means the same in every article; with one, the IRI is bound to that article.
    """
    words, longest = slug(name) or "unnamed", 6 if scope is None else 12
    digest = hashlib.sha256(f"{scope or ''}\0{name.casefold()}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{base}{kind}/{words}-{digest[:longest]}"


def identify(document: Document, *, base: str = IDENTIFIERS) -> Document:
    """Give every actor and project of a document its IRI."""
    here = document.article.fingerprint
    actors = (
        actor if actor.iri else replace(actor, iri=mint(f"actor/{actor.type}", actor.name, _scope(actor, here), base))
        for actor in document.actors
    )
    projects = (
        project
        if project.iri
        else replace(project, iri=mint("project", project.name, here if _described(project) else None, base))
        for project in document.projects
    )
    return replace(document, actors=tuple(actors), projects=tuple(projects))


def _scope(actor: Actor, here: str) -> str | None:
    """One word ("Marsh") or a group does not tell whom it means elsewhere; a full name does."""
    vague = actor.type is ActorType.GROUP or (actor.type is ActorType.PERSON and bool(_ONE_NAME.match(actor.name)))
    return here if vague or actor.name[:1].islower() else None


def _described(project: Project) -> bool:
    """Whether a project has no name but a description, which holds in its article only."""
    return project.name[:1].islower() or project.name.split()[0].casefold() in ("a", "an", "the")
