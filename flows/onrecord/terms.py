"""Names of the graph: namespaces, RDF terms and triples as plain Python values.

An IRI is a `str`, a literal a `Literal`; a triple is a tuple of both. Text built from such tuples is some ten to forty
times faster than rdflib's terms, which are made only where rdflib itself is asked for.
"""

from __future__ import annotations

from typing import NamedTuple

REC = "https://w3id.org/onrecord/ontology#"
VOCABULARY = "https://w3id.org/onrecord/vocabulary/"
IDENTIFIERS = "https://w3id.org/onrecord/id/"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
OA = "http://www.w3.org/ns/oa#"
TIME = "http://www.w3.org/2006/time#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
VOID = "http://rdfs.org/ns/void#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
WIKIDATA = "http://www.wikidata.org/entity/"
TYPE = RDF + "type"

PREFIXES = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "rec": REC,
    "schema": SCHEMA,
    "skos": SKOS,
    "time": TIME,
    "void": VOID,
    "wd": WIKIDATA,
    "xsd": XSD,
}


class Literal(NamedTuple):
    """An RDF literal: its lexical form and its datatype, or its language tag."""

    value: str
    datatype: str = XSD + "string"
    language: str | None = None


Node = str | Literal
Triple = tuple[str, str, Node]


def concept(scheme: str, name: str) -> str:
    """The IRI of a concept of one of the project's SKOS schemes."""
    return f"{VOCABULARY}{scheme}/{name}"
