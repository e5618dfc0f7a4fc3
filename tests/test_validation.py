"""Validation: shapes that judge nothing are refused, text is proved or asked for, reports are stable."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Literal as Choice

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ResourceError
from onrecord.terms import OA, REC, SCHEMA, TYPE, XSD, Literal, Triple
from onrecord.validation import SHAPES as SHAPE
from onrecord.validation import Finding, Report, Rules, validate, validate_graph

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "shapes"
QUOTE = CASES / "evidence" / "pass_quote.ttl"
ALTERED = CASES / "evidence" / "fail_altered_quote.ttl"
ENGINES = pytest.mark.parametrize("rules", ["pyshacl", "turbo"], indirect=True)
TEXT_RULES = ("ArticleFingerprint", "QuotedContent", "SpanWords")


@pytest.fixture(scope="module")
def rules(request: pytest.FixtureRequest) -> Rules:
    """The shipped shapes with the engine that the test names, else with the default."""
    return Rules.load(ROOT / "shapes", getattr(request, "param", "auto"))


def triples(file: Path) -> list[Triple]:
    """A case as plain triples."""
    graph = rdflib.Graph().parse(file)
    return [(str(s), str(p), node(o)) for s, p, o in graph]


def node(value: rdflib.term.Node) -> str | Literal:
    """An object as a plain value."""
    if not isinstance(value, rdflib.Literal):
        return str(value)
    return Literal(str(value), str(value.datatype or XSD + "string"), value.language)


def without_text(given: list[Triple]) -> list[Triple]:
    """The graph as it is published by default."""
    return [triple for triple in given if triple[1] != REC + "text"]


def text_of(given: list[Triple]) -> str:
    """The text that the graph holds."""
    return next(o.value for _, p, o in given if p == REC + "text" and isinstance(o, Literal))


def write(folder: Path, shapes: str) -> Path:
    """A folder with one shape file."""
    head = f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix shape: <{SHAPE}> .\n@prefix rec: <{REC}> .\n"
    (folder / "mine.ttl").write_text(head + shapes, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("shapes", "named"),
    [
        ("", "no shape"),
        ("shape:a a sh:NodeShape ; sh:tagetClass rec:Event .", "tagetClass"),
        ("shape:a a sh:NodeShape ; sh:targetClass rec:Event ; sh:minCuont 1 .", "minCuont"),
        ("shape:a a sh:NodeShape ; sh:targetClass rec:Event ; sh:js rec:x .", "js"),
        ("shape:a a sh:NodeShape ; sh:nodeKind sh:IRI .", "no shape"),
        ("shape:a a sh:NodeShape ; sh:targetClass rec:Event . shape:b a sh:PropertyShape ; sh:path rec:via .", "#b"),
        ("shape:a a sh:NodeShape", "not Turtle"),
    ],
)
def test_shapes_that_judge_nothing_are_refused(tmp_path: Path, shapes: str, named: str) -> None:
    """Empty, misspelt, unsupported, untargeted and broken shapes raise an error that names the culprit."""
    with pytest.raises(ResourceError, match=named):
        Rules.load(write(tmp_path, shapes))


def test_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    """No file at all would let everything conform."""
    with pytest.raises(ResourceError, match="no shapes"):
        Rules.load(tmp_path)


def test_engine_that_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for the accelerator learns what to install; `auto` takes the reference instead."""
    monkeypatch.setattr("onrecord.validation.find_spec", lambda name: None)
    assert Rules.load(ROOT / "shapes").engine == "pyshacl"
    with pytest.raises(ResourceError, match="fast"):
        Rules.load(ROOT / "shapes", "turbo")


@ENGINES
def test_triples_and_parsed_file_are_judged_alike(rules: Rules) -> None:
    """The graph in memory and the file read back have the same report."""
    for file in (QUOTE, ALTERED):
        assert validate(triples(file), rules) == validate_graph(rdflib.Graph().parse(file), rules)


@ENGINES
def test_absent_text_is_a_violation_unless_accepted(rules: Rules) -> None:
    """Without the text nothing conforms silently: a violation, or the names of what was not proved."""
    bare = without_text(triples(QUOTE))
    refused = validate(bare, rules)
    assert not refused.conforms
    assert {finding.rule for finding in refused.findings} == {"article-text"}
    assert validate(bare, rules, text_required=False) == Report((), TEXT_RULES)
    assert validate(bare, rules, text_required=False).conforms


@ENGINES
def test_accepting_absent_text_accepts_nothing_else(rules: Rules) -> None:
    """Other violations stand though the text need not be there."""
    bare = [t for t in without_text(triples(QUOTE)) if t[1] != REC + "speaker"]
    report = validate(bare, rules, text_required=False)
    assert [finding.rule for finding in report.findings] == ["statement-speaker"]
    assert not report.conforms


@ENGINES
def test_text_given_by_the_caller_is_the_proof(rules: Rules) -> None:
    """The text at hand goes before the one in the graph, and a wrong one is found out."""
    whole = triples(QUOTE)
    assert validate(without_text(whole), rules, text=text_of(whole)) == Report(())
    assert "ArticleFingerprint" in {f.rule for f in validate(whole, rules, text=text_of(whole) + " ").findings}


def test_given_text_goes_to_the_article_with_its_fingerprint(rules: Rules) -> None:
    """In a graph of two articles the text proves the one that it is of, and leaves the other unproved."""
    whole = triples(QUOTE)
    other: list[Triple] = [
        ("urn:other", TYPE, SCHEMA + "NewsArticle"),
        ("urn:other", REC + "textSha256", Literal("0" * 64)),
    ]
    found = validate([*without_text(whole), *other], rules, text=text_of(whole)).findings
    assert {finding.focus for finding in found} == {"urn:other"}


def test_graph_given_is_left_as_it_is(rules: Rules) -> None:
    """Validation adds no text to the graph of the caller."""
    graph = rdflib.Graph().parse(QUOTE)
    before = set(graph)
    validate_graph(graph, rules, text="another text")
    assert set(graph) == before


@ENGINES
@settings(max_examples=15, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60), data=st.data())
def test_offsets_count_code_points(rules: Rules, text: str, data: st.DataObject) -> None:
    """A span of any text, beyond the basic plane too, is proved by its code points, and refused with another word."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = f"urn:a#char={start},{end}"
    graph: list[Triple] = [
        ("urn:a", REC + "text", Literal(text)),
        (span, OA + "hasSource", "urn:a"),
        (span, OA + "start", Literal(str(start), XSD + "integer")),
        (span, OA + "end", Literal(str(end), XSD + "integer")),
    ]

    def rules_broken(words: str) -> set[str]:
        return {finding.rule for finding in validate([*graph, (span, OA + "exact", Literal(words))], rules).findings}

    assert "SpanWords" not in rules_broken(text[start:end])
    assert "SpanWords" in rules_broken(text[start:end] + "x")


@ENGINES
def test_blank_node_is_judged_as_one_thing(rules: Rules) -> None:
    """What a file says of a blank node stays together, though a published graph has none."""
    graph = rdflib.Graph().parse(data=f"@prefix rec: <{REC}> . [] a rec:State ; <{SCHEMA}name> 'Norway'@en .")
    found = validate_graph(graph, rules).findings
    assert {(finding.rule, finding.component) for finding in found} == {
        ("actor-name", "Datatype"),
        ("NamedActor", "NodeKind"),
    }
    assert len({finding.focus for finding in found}) == 1


def test_findings_have_one_order_and_the_report_one_form(rules: Rules) -> None:
    """The order of the triples leaves no trace in the report."""
    given = triples(CASES / "dataset" / "fail_chain_cycle.ttl")
    reports = {validate(random.Random(seed).sample(given, len(given)), rules).turtle() for seed in range(4)}
    assert len(reports) == 1


def test_report_as_turtle_is_a_shacl_report_without_blank_nodes() -> None:
    """The report is read back with each finding, its strange letters included, and every node has a name."""
    odd = Finding("urn:a b", "urn:p", "In", "Violation", 'Say "no"\\\n\x07', "x\ty", "rule")
    usual = Finding("urn:a", "<urn:p>/<urn:q>", "Class", "Warning", "Look again.", "urn:v", "other-rule")
    graph = rdflib.Graph().parse(data=Report((odd, usual), ("SpanWords",)).turtle())
    sh = rdflib.SH
    assert not [node for triple in graph for node in triple if isinstance(node, rdflib.BNode)]
    assert {str(value) for value in graph.objects(None, sh.resultMessage)} == {odd.message, usual.message}
    assert {str(value) for value in graph.objects(None, sh.focusNode)} == {"urn:a b", "urn:a"}
    assert [str(path) for path in graph.objects(None, sh.resultPath)] == ["urn:p"]
    assert [str(value) for value in graph.objects(None, sh.conforms)] == ["false"]


@ENGINES
def test_warning_alone_conforms(rules: Rules) -> None:
    """A warning is told and does not withhold the article."""
    report = validate(triples(CASES / "actor" / "fail_place_speaks.ttl"), rules)
    assert [finding.severity for finding in report.findings] == ["Warning"]
    assert report.conforms


@ENGINES
def test_every_message_of_a_finding_is_filled_in(rules: Rules) -> None:
    """No placeholder of a query reaches the reader."""
    found = [
        f
        for file in CASES.rglob("fail_*.ttl")
        if file.parent.parent.name != "vocabulary"
        for f in validate(triples(file), rules).findings
    ]
    assert len(found) > 40
    assert not [finding for finding in found if "{" in finding.message or not finding.message]


@pytest.mark.parametrize("engine", ["pyshacl", "turbo"])
def test_engine_comes_in_only_when_it_judges(engine: Choice["pyshacl", "turbo"]) -> None:
    """Importing the module and reading shapes loads no SHACL engine: start-up time counts."""
    code = (
        "import sys; from pathlib import Path; from onrecord.validation import Rules, validate; "
        f"rules = Rules.load(Path('shapes'), '{engine}'); "
        "assert not {'pyshacl', 'pyshacl_turbo'} & set(sys.modules); validate([], rules); "
        f"assert {'pyshacl' if engine == 'pyshacl' else 'pyshacl_turbo'!r} in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONPATH": "flows"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
