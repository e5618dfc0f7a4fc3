"""Ontology, value lists and authority keep their own rules, and the code speaks only of what is declared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef

from onrecord.document import ActorType, Attitude, Certainty, Mode, TimeBasis
from onrecord.terms import IDENTIFIERS, REC, SCHEMA, VOCABULARY
from onrecord.validation import Rules, validate_graph

ROOT = Path(__file__).parent.parent
ONTOLOGY = ROOT / "ontology"
FILES = sorted(ONTOLOGY.rglob("*.ttl"))
CODE = sorted((ROOT / "flows" / "onrecord").rglob("*.py"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


def parsed(*files: Path) -> rdflib.Graph:
    """The files as one graph."""
    graph = rdflib.Graph()
    for file in files:
        graph.parse(file)
    return graph


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    """The classes and properties."""
    return parsed(ONTOLOGY / "onrecord.ttl")


@pytest.fixture(scope="module")
def authority() -> rdflib.Graph:
    """All that is known before reading."""
    return parsed(*(ONTOLOGY / "authority").glob("*.ttl"))


def terms(ontology: rdflib.Graph) -> set[URIRef]:
    """The IRIs of all classes and properties."""
    return {term for kind in KINDS for term in ontology.subjects(RDF.type, kind) if isinstance(term, URIRef)}


def test_ontology_conforms_to_its_own_shapes() -> None:
    """Ontology, value lists and authority have no finding under the shapes that judge them, warnings included."""
    everything = parsed(*(file for file in FILES if file.name != "alignments.ttl"))
    assert len(everything) > 8000
    assert validate_graph(everything, Rules.load(ROOT / "shapes" / "vocabulary")).findings == ()


@pytest.mark.parametrize("property_", [RDFS.label, SKOS.definition, SKOS.example, RDFS.isDefinedBy], ids=str)
def test_every_term_is_documented(ontology: rdflib.Graph, property_: URIRef) -> None:
    """Each class and property has a label, a definition, an example and a home."""
    assert len(terms(ontology)) > 60
    assert [term for term in terms(ontology) if not ontology.value(term, property_)] == []


def test_definition_is_one_sentence_that_differs_from_all_others(ontology: rdflib.Graph) -> None:
    """A definition is one sentence, and no two terms share one."""
    definitions = [str(definition) for definition in ontology.objects(None, SKOS.definition)]
    assert len(set(definitions)) == len(definitions)
    assert [
        text for text in definitions if not re.fullmatch(r"[A-Z][^.]*\.", re.sub(r"\d\.\d|8601|ISO \d+", "", text))
    ] == []


def test_no_term_binds_by_domain(ontology: rdflib.Graph) -> None:
    """Domains and ranges are hints: a reasoner must not conclude from them what a thing is."""
    assert not list(ontology.triples((None, RDFS.domain, None)))
    assert not list(ontology.triples((None, RDFS.range, None)))


def test_alignments_speak_only_of_declared_terms(ontology: rdflib.Graph) -> None:
    """What is aligned to other ontologies is ours and is declared."""
    alignments = parsed(ONTOLOGY / "alignments.ttl")
    ours = {s for s in alignments.subjects() if str(s).startswith(REC)}
    assert ours
    assert ours <= terms(ontology)


def test_code_writes_only_declared_terms(ontology: rdflib.Graph) -> None:
    """Each term that a module names is in the ontology."""
    named = {(file.name, name) for file in CODE for name in re.findall(r'REC \+ "(\w+)"', file.read_text("utf-8"))}
    assert len(named) > 40
    known = terms(ontology)
    assert {pair for pair in named if URIRef(REC + pair[1]) not in known} <= {("validation.py", "dataset")}


@pytest.mark.parametrize(
    ("scheme", "values"),
    [("mode", Mode), ("attitude", Attitude), ("certainty", Certainty), ("time-basis", TimeBasis)],
)
def test_value_lists_of_the_code_equal_the_vocabularies(scheme: str, values: type[Mode]) -> None:
    """An enumeration of the code and the scheme that it is written as have the same members."""
    graph = parsed(ONTOLOGY / "vocabulary" / f"{scheme}.ttl")
    concepts = {str(concept) for concept in graph.subjects(RDF.type, SKOS.Concept)}
    assert concepts == {f"{VOCABULARY}{scheme}/{value}" for value in values}


def test_notation_is_the_end_of_the_iri() -> None:
    """A concept's notation is what its IRI ends in, so that either can be made from the other."""
    graph = parsed(*(ONTOLOGY / "vocabulary").glob("*.ttl"))
    pairs = list(graph.subject_objects(SKOS.notation))
    assert len(pairs) > 100
    assert [s for s, notation in pairs if str(s).rsplit("/", 1)[-1] != str(notation)] == []


def test_every_status_says_how_it_maps_to_global_energy_monitor() -> None:
    """A status names the tracker's status that it equals, or says that there is none."""
    graph = parsed(ONTOLOGY / "vocabulary" / "status.ttl")
    statuses = list(graph.subjects(RDF.type, SKOS.Concept))
    assert len(statuses) == 12
    assert all(str(graph.value(status, SKOS.note)).startswith("Global Energy Monitor") for status in statuses)


def test_no_file_holds_a_blank_node() -> None:
    """Everything in the ontology can be referred to."""
    graph = parsed(*FILES)
    assert not [node for triple in graph for node in triple if isinstance(node, rdflib.BNode)]


def test_authority_has_entries_of_every_type_of_actor(authority: rdflib.Graph) -> None:
    """States, places, bodies and people are known; groups are not, for they have no lasting name."""
    kinds = {str(iri).removeprefix(IDENTIFIERS + "actor/").split("/")[0] for iri in authority.subjects(SKOS.prefLabel)}
    assert {kind for kind in ActorType if kind is not ActorType.GROUP} <= kinds


def test_label_is_shared_only_where_the_world_shares_it(authority: rdflib.Graph) -> None:
    """Two entries have one label only where news readers cannot tell them apart either."""
    owners = labels(authority)
    assert {label for label, entries in owners.items() if len(entries) > 1} == {"Georgia", "Congo"}


def test_metonym_is_otherwise_only_the_name_of_a_place(authority: rdflib.Graph) -> None:
    """A seat that stands for a state or a body is no other actor's name: there would be two readings that act."""
    owners = labels(authority)
    metonyms = [str(name) for name in authority.objects(None, URIRef(REC + "metonym"))]
    assert len(metonyms) > 10
    assert [name for name in metonyms if any("/actor/place/" not in owner for owner in owners.get(name, ()))] == []


def labels(authority: rdflib.Graph) -> dict[str, set[str]]:
    """The entries that each label belongs to."""
    owners: dict[str, set[str]] = {}
    for property_ in (SKOS.prefLabel, SKOS.altLabel):
        for entry, label in authority.subject_objects(property_):
            owners.setdefault(str(label), set()).add(str(entry))
    return owners


def test_wikidata_item_is_linked_once(authority: rdflib.Graph) -> None:
    """Two entries never claim to be the same Wikidata item."""
    items = [str(item) for item in authority.objects(None, URIRef(SCHEMA + "sameAs"))]
    assert len(items) > 500
    assert len(set(items)) == len(items)


def test_every_state_of_the_united_nations_is_known(authority: rdflib.Graph) -> None:
    """The 193 members, the two observers, Taiwan, Kosovo and six former states are there, each with its code."""
    states = set(authority.subjects(RDF.type, URIRef(REC + "State")))
    assert len(states) == 193 + 2 + 2 + 6
    assert all(str(state).endswith("/" + str(authority.value(state, SKOS.notation))) for state in states)


def test_label_has_no_stray_blank(authority: rdflib.Graph) -> None:
    """Labels are matched as printed, so a stray blank would hide an entry."""
    labels = [str(label) for label in authority.objects(None, SKOS.prefLabel | SKOS.altLabel)]
    assert [label for label in labels if label != " ".join(label.split())] == []
