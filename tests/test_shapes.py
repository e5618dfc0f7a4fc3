"""Every shape file judges what it should, by both engines, and agrees with the ontology and its value lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import pytest
import rdflib
from rdflib import OWL, RDF, SH, SKOS
from rdflib.collection import Collection

from onrecord.terms import PREFIXES, REC, VOCABULARY
from onrecord.validation import Finding, Rules, validate_graph

ROOT = Path(__file__).parent.parent
SHAPES = ROOT / "shapes"
CASES = Path(__file__).parent / "shapes"
FILES = sorted(CASES.rglob("*.ttl"))
CONCERNS = sorted(SHAPES.rglob("*.ttl"))
ENGINES: tuple[Literal["pyshacl"], Literal["turbo"]] = ("pyshacl", "turbo")
NAMES = PREFIXES | {"sh": str(SH)}
Expectation = tuple[str, str | None, str, str]


@cache
def rules(folder: Path, engine: Literal["pyshacl", "turbo"]) -> Rules:
    """The shapes of a folder, read once for all tests."""
    return Rules.load(folder, engine)


def findings(file: Path, engine: Literal["pyshacl", "turbo"]) -> tuple[Finding, ...]:
    """What the engine finds in a case, by the shapes for graphs or, for the vocabulary, by those for the ontology."""
    folder = SHAPES / "vocabulary" if file.parent.parent.name == "vocabulary" else SHAPES
    return validate_graph(rdflib.Graph().parse(file), rules(folder, engine)).findings


def expected(file: Path) -> set[Expectation]:
    """The expectations in the head of a case: focus, path, component and rule, in the prefixes of the case."""
    text = file.read_text("utf-8")
    names = dict(re.findall(r"^@prefix ([\w-]+): <(.*)> \.$", text, re.M)) | NAMES
    base = next(iter(re.findall(r"^@base <(.*)> \.$", text, re.M)), "")
    lines = re.findall(r"^# expect: (\S+) (\S+) (\S+) (\S+)$", text, re.M)
    return {(full(focus, names, base), steps(path, names), component, rule) for focus, path, component, rule in lines}


def full(name: str, names: dict[str, str], base: str = "") -> str:
    """An IRI in angle brackets or with a prefix, written out."""
    if name.startswith("<"):
        return name[1:-1] if ":" in name else base + name[1:-1]
    prefix, _, local = name.partition(":")
    return names[prefix] + local


def steps(path: str, names: dict[str, str]) -> str | None:
    """A path of one or more steps, written out as in a finding."""
    if path == "-":
        return None
    iris = [full(step, names) for step in path.split("/")]
    return iris[0] if len(iris) == 1 else "/".join(f"<{iri}>" for iri in iris)


def described(finding: Finding) -> Expectation:
    """What a case states of a finding."""
    return finding.focus, finding.path, finding.component, finding.rule


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_case_gives_what_its_head_states(file: Path, engine: Literal["pyshacl", "turbo"]) -> None:
    """A case that passes has no finding; one that fails has just those that it states, by focus, path and component."""
    expectation = expected(file)
    assert bool(expectation) == file.stem.startswith("fail_")
    assert {described(finding) for finding in findings(file, engine)} == expectation


def test_there_are_cases() -> None:
    """The cases are found, so that the test above judges something."""
    assert len(FILES) > 60


@pytest.mark.parametrize("concern", CONCERNS, ids=lambda file: file.stem)
def test_each_shape_file_has_cases_of_both_kinds(concern: Path) -> None:
    """No shape file goes without a case that passes and one that fails, and the failing ones name its own rules."""
    folder = CASES / concern.relative_to(SHAPES).with_suffix("")
    assert list(folder.glob("pass_*.ttl"))
    failing = {rule for file in folder.glob("fail_*.ttl") for *_, rule in expected(file)}
    own = {str(shape).rsplit("#", 1)[-1] for shape in rdflib.Graph().parse(concern).subjects(RDF.type)}
    assert failing & own


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_both_engines_find_the_same(file: Path) -> None:
    """The accelerator and the reference agree in every field of every finding."""
    assert findings(file, "turbo") == findings(file, "pyshacl")


FAULTS = {
    "altered quote": ("evidence/fail_altered_quote", "SpanWords"),
    "shifted offset": ("evidence/fail_shifted_offset", "SpanWords"),
    "missing speaker": ("statement/fail_no_speaker", "statement-speaker"),
    "chain cycle": ("dataset/fail_chain_cycle", "AcyclicChain"),
    "ghost actor": ("actor/fail_ghost_actor", "Party"),
    "missing text": ("article/fail_text_absent", "article-text"),
    "unknown status": ("project/fail_unknown_status", "fact-status"),
    "undeclared term": ("dataset/fail_undeclared_property", "DeclaredTerm"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_caught_by_name(fault: str) -> None:
    """Each fault that would make a published graph a lie is caught by the rule made for it, as a violation."""
    file, rule = FAULTS[fault]
    found = findings(CASES / f"{file}.ttl", "pyshacl")
    assert rule in {finding.rule for finding in found if finding.severity == "Violation"}


def graph(*files: Path) -> rdflib.Graph:
    """The files as one graph."""
    out = rdflib.Graph()
    for file in files:
        out.parse(file)
    return out


def shape_lists() -> Iterator[tuple[str, set[str]]]:
    """Each value list in the shapes: its scheme and its concepts."""
    shapes = graph(*CONCERNS)
    for head in shapes.objects(None, SH["in"]):
        members = [str(member) for member in Collection(shapes, head)]
        if members[0].startswith(VOCABULARY):
            yield members[0].removeprefix(VOCABULARY).split("/")[0], set(members)


def test_value_lists_equal_the_vocabularies() -> None:
    """A shape allows just the concepts of its scheme, no more and no fewer."""
    vocabulary = graph(*(ROOT / "ontology" / "vocabulary").glob("*.ttl"))
    lists = list(shape_lists())
    assert len(lists) >= 10
    for scheme, members in lists:
        iri = rdflib.URIRef(VOCABULARY + scheme)
        assert members == {str(concept) for concept in vocabulary.subjects(SKOS.inScheme, iri)}, scheme


def test_every_scheme_but_the_runs_own_is_judged() -> None:
    """No scheme of the article's graph goes unjudged; `outcome` belongs to the record of a run, which is not judged."""
    schemes = {file.stem for file in (ROOT / "ontology" / "vocabulary").glob("*.ttl")}
    assert {scheme for scheme, _ in shape_lists()} == schemes - {"outcome"}


def declared() -> set[str]:
    """The terms of the ontology."""
    ontology = graph(ROOT / "ontology" / "onrecord.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return {str(term) for kind in kinds for term in ontology.subjects(RDF.type, kind)}


def test_rule_on_declared_terms_lists_the_ontology() -> None:
    """The list in the rule against undeclared terms is the ontology's list of terms."""
    text = (SHAPES / "dataset.ttl").read_text("utf-8")
    listed = {REC + word for line in re.findall(r"^ +\|(.*)\|$", text, re.M) for word in line.split("|")}
    assert listed == declared()


def test_shapes_name_only_declared_terms() -> None:
    """No target and no path is misspelt: every term of ours in a shape is in the ontology."""
    fixed = {REC, REC + "dataset"}
    used = {str(node) for triple in graph(*CONCERNS) for node in triple if str(node).startswith(REC)} - fixed
    queries = [str(query) for query in graph(*CONCERNS).objects(None, SH.select)]
    used |= {REC + name for query in queries for name in re.findall(r"rec:(\w+)", query)}
    assert used - fixed <= declared()


def test_every_rule_has_a_message_and_a_name() -> None:
    """A newsroom reads the message, a report names the rule: each shape with a path or a query has both."""
    shapes = graph(*CONCERNS)
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        assert isinstance(shape, rdflib.URIRef)
        assert len(str(shapes.value(shape, SH.message)).split()) > 3, shape
    for query in shapes.objects(None, SH.sparql):
        assert len(str(shapes.value(query, SH.message)).split()) > 3, query
