"""Golden cases: the graph of each seed article, whole, compared by isomorphism.

`pytest tests/test_cases.py --update-cases` writes the expected graphs anew; the diff is what a reviewer reads. The
extractor's hashes and the probabilities are left out: they change with every line of code and with the processor.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from rdflib import Graph
from rdflib.compare import graph_diff, isomorphic

from onrecord.graph import build
from onrecord.pipeline import Pipeline
from onrecord.settings import Settings
from onrecord.sources.text import read_text
from onrecord.terms import REC, Triple
from onrecord.turtle import parse, serialize, to_rdflib

CASES = ROOT / "tests" / "cases"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
_PASSING = frozenset({REC + "probability", REC + "softwareVersion", REC + "languageModel"})


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline with default settings."""
    return Pipeline.open(Settings())


def lasting(triples: list[Triple], extractor: str) -> list[Triple]:
    """The triples that hold whatever the extractor's build."""
    return [t for t in triples if extractor not in (t[0], t[2]) and t[1] not in _PASSING and "Sha256" not in t[1]]


def expected(path: Path) -> Graph:
    """The graph of a case as it was agreed upon."""
    return to_rdflib(parse((CASES / f"{path.stem}.ttl").read_bytes()))


def test_there_is_a_case_for_each_seed() -> None:
    """No case lies about without its article, and no seed goes unjudged."""
    assert len(SEEDS) >= 5
    assert {path.stem for path in CASES.glob("*.ttl")} == {path.stem for path in SEEDS}


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_graph_is_the_agreed_one(path: Path, pipeline: Pipeline, request: pytest.FixtureRequest) -> None:
    """Every triple of a seed's graph is expected, and every expected triple is there."""
    document = pipeline.understand(read_text(path.read_bytes(), path.name))
    triples = build(document, pipeline.extractor)
    agent = next(s for s, _, o in triples if o == REC + "Extractor")
    found = lasting(triples, agent)
    if request.config.getoption("--update-cases"):
        (CASES / f"{path.stem}.ttl").write_text(serialize(found), encoding="utf-8")
    graph, wanted = to_rdflib(found), expected(path)
    if not isomorphic(graph, wanted):
        _, missing, surplus = graph_diff(wanted, graph)
        pytest.fail(f"missing:\n{missing.serialize()}\nsurplus:\n{surplus.serialize()}")
