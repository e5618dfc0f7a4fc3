"""Shapes to findings: the one place that knows the SHACL engines.

pySHACL is the reference; pyshacl-turbo gives the same findings faster and is taken where it is installed. Rules over
the text are targeted at one fixed node, so that a query runs once a graph; their findings are about what it selects.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from typing import Literal as Choice

import pyoxigraph

from onrecord.errors import ResourceError
from onrecord.terms import REC, SCHEMA, TYPE, XSD, Literal, Node, Triple

if TYPE_CHECKING:
    import rdflib

SH = "http://www.w3.org/ns/shacl#"
SHAPES = "https://w3id.org/onrecord/shapes#"
DATASET = REC + "dataset"
TEXT_RULE = "article-text"
VIOLATION = "Violation"

_TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
# What both engines are proved to judge alike; anything else in a shape file is a mistake or goes unjudged.
_SUPPORTED = frozenset(
    """alternativePath and class closed datatype declare disjoint equals flags hasValue ignoredProperties in inversePath
    languageIn lessThan lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message minCount minExclusive
    minInclusive minLength namespace node nodeKind not oneOrMorePath or path pattern prefix prefixes property select
    severity sparql targetClass targetNode targetObjectsOf targetSubjectsOf xone zeroOrMorePath zeroOrOnePath
    NodeShape PropertyShape SPARQLConstraint Violation Warning Info IRI Literal BlankNode BlankNodeOrIRI
    BlankNodeOrLiteral IRIOrLiteral""".split()
)
_PATH_FORMS = {
    "inversePath": "^{}",
    "zeroOrMorePath": "{}*",
    "oneOrMorePath": "{}+",
    "zeroOrOnePath": "{}?",
}
_NOT_IN_LITERAL = re.compile(r'["\\\x00-\x1f\x7f]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')

Engine = Choice["auto", "pyshacl", "turbo"]
_Record = tuple[int, str, str | None, str | None]
_Judge = Callable[[Sequence[Triple]], "rdflib.Graph"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault: the node that has it, the path from there, the kind of constraint, and what to do about it.

    `focus` and `value` are IRIs or plain values, `path` an IRI or a SPARQL property path, `component` and `severity`
    local names of SHACL, `rule` the local name of the shape.
    """

    focus: str
    path: str | None
    component: str
    severity: str
    message: str
    value: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation: findings in a fixed order, and the rules left unproved for want of the text."""

    findings: tuple[Finding, ...]
    unproved: tuple[str, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is violated; a warning alone does not withhold an article."""
        return all(finding.severity != VIOLATION for finding in self.findings)

    def turtle(self) -> str:
        """The report as a SHACL validation report without blank nodes: the same findings, the same bytes."""
        lines = [line for finding in self.findings for line in _described(finding)]
        digest = hashlib.sha256("\n".join([*lines, *self.unproved]).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        report = f"<https://w3id.org/onrecord/id/report/{digest}"
        head = [f"{report}> a sh:ValidationReport ;", f"    sh:conforms {str(self.conforms).lower()} ."]
        parts = ["\n".join(head)]
        for number, finding in enumerate(self.findings, 1):
            result = f"{report}#finding-{number}>"
            body = " ;\n    ".join(_described(finding))
            parts.append(f"{report}> sh:result {result} .\n{result} a sh:ValidationResult ;\n    {body} .")
        parts += [f"# not proved, for the text is absent: {rule}" for rule in self.unproved]
        return f"@prefix sh: <{SH}> .\n@prefix shape: <{SHAPES}> .\n\n" + "\n\n".join(parts) + "\n"


@dataclass(frozen=True)
class Rules:
    """Shapes that were parsed and checked once, with the engine that judges by them."""

    shapes: rdflib.Graph = field(repr=False)
    engine: Choice["pyshacl", "turbo"]

    @classmethod
    def load(cls, folder: Path, engine: Engine = "auto") -> Rules:
        """Read the shape files of the folder, without its subfolders.

        Raises ResourceError where nothing would be judged: no shapes, a shape without target, a term of SHACL that is
        misspelt or not judged alike by both engines, an engine that is not installed.
        """
        files = sorted(folder.glob("*.ttl"))
        if not files:
            raise ResourceError(f"no shapes (*.ttl) in {str(folder)!r}: install onrecord again")
        shapes = _parse(files)
        _check(shapes, folder)
        return cls(shapes, _choose(engine))

    @cached_property
    def judge(self) -> _Judge:
        """The engine, ready to turn a graph into a report; imported on first use, for start-up counts."""
        return (_turbo if self.engine == "turbo" else _pyshacl)(self.shapes)

    @cached_property
    def paths(self) -> dict[str, str]:
        """The path of each property shape as an IRI or a SPARQL property path."""
        found = self.shapes.subject_objects(_uri(SH + "path"))
        return {str(shape): _path(self.shapes, path) for shape, path in found}

    @cached_property
    def on_text(self) -> tuple[str, ...]:
        """Names of the rules that cannot be proved without the text."""
        queries = {q for q, words in self.shapes.subject_objects(_uri(SH + "select")) if "rec:text " in str(words)}
        judged = self.shapes.subject_objects(_uri(SH + "sparql"))
        return tuple(sorted(_local(shape) for shape, query in judged if query in queries))


def validate(triples: Iterable[Triple], rules: Rules, *, text: str | None = None, text_required: bool = True) -> Report:
    """Judge the graph of an article.

    The text of the article is `text`, else the one that the graph holds. Where there is none, that is a violation, or,
    if `text_required` is false, the rules over the text are named as unproved.
    """
    given = list(triples) if text is None else _with_text(list(triples), text)
    results = _results(rules.judge(given), rules)
    absent = [finding for finding in results if finding.rule == TEXT_RULE and finding.component == "MinCount"]
    if text_required or not absent:
        return Report(tuple(results))
    return Report(tuple(finding for finding in results if finding not in absent), rules.on_text)


def validate_graph(graph: rdflib.Graph, rules: Rules, *, text: str | None = None, text_required: bool = True) -> Report:
    """Judge a graph of rdflib, such as a file that was read; the graph stays as it is."""
    triples = ((str(_plain(s)), str(p), _plain(o)) for s, p, o in graph)
    return validate(triples, rules, text=text, text_required=text_required)


def _with_text(triples: list[Triple], text: str) -> list[Triple]:
    """Give the text to the one article, or in a graph of several to the one with its fingerprint."""
    articles = {s for s, p, o in triples if p == TYPE and o == SCHEMA + "NewsArticle"}
    if len(articles) > 1:
        fingerprint = Literal(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        articles &= {s for s, p, o in triples if p == REC + "textSha256" and o == fingerprint}
    kept = [t for t in triples if t[1] != REC + "text" or t[0] not in articles]
    return kept + [(article, REC + "text", Literal(text)) for article in sorted(articles)]


# Engines


def _choose(engine: Engine) -> Choice["pyshacl", "turbo"]:
    turbo = find_spec("pyshacl_turbo") is not None
    if engine == "turbo" and not turbo:
        raise ResourceError("engine 'turbo' is not installed: install 'onrecord[fast]', or use engine 'pyshacl'")
    return "turbo" if turbo and engine != "pyshacl" else "pyshacl"


def _pyshacl(shapes: rdflib.Graph) -> _Judge:
    import rdflib
    from pyshacl import validate as judge
    from rdflib.plugins.sparql import prepareQuery

    prepare = cache(prepareQuery)

    class Prepared(rdflib.Graph):
        """A graph that parses each query once: parsing costs rdflib ten times what answering does."""

        def query(self, query_object: Any, *args: Any, **kwargs: Any) -> rdflib.query.Result:
            return super().query(prepare(query_object), *args, **kwargs)

    def run(triples: Sequence[Triple]) -> rdflib.Graph:
        data = _fill(Prepared(bind_namespaces="none"), triples)
        return _report(judge(data, shacl_graph=shapes, inplace=True, allow_warnings=True))

    return run


def _turbo(shapes: rdflib.Graph) -> _Judge:
    from pyshacl_turbo import compile_shapes
    from pyshacl_turbo.rdf import Input

    compiled = compile_shapes(shapes)

    def run(triples: Sequence[Triple]) -> rdflib.Graph:
        data = Input(_numbered(triples), "terms", None, {}, {})
        return _report(compiled.validate(data, allow_warnings=True))

    return run


def _numbered(triples: Sequence[Triple]) -> tuple[list[_Record], list[tuple[int, int, int, None]]]:
    """Each term once, and the triples as places in that list: half the time of going through a graph of rdflib."""
    places: dict[Node, int] = {}
    for triple in triples:
        for node in triple:
            places.setdefault(node, len(places))
    return [_record(node) for node in places], [(places[s], places[p], places[o], None) for s, p, o in triples]


def _record(node: Node) -> _Record:
    if isinstance(node, Literal):
        typed = node.datatype != XSD + "string" and not node.language
        return 2, node.value, node.datatype if typed else None, node.language
    return (1, node[2:], None, None) if node.startswith("_:") else (0, node, None, None)


def _report(outcome: tuple[Any, Any, Any]) -> rdflib.Graph:
    import rdflib

    if not isinstance(outcome[1], rdflib.Graph):
        raise ResourceError(f"the SHACL engine could not judge by these shapes: {outcome[2]}")
    return outcome[1]


# Reports


def _results(report: rdflib.Graph, rules: Rules) -> list[Finding]:
    found = (_finding(report, node, rules) for node in report.objects(None, _uri(SH + "result")))
    return sorted(set(found), key=lambda f: (f.focus, f.rule, f.path or "", f.component, f.value or "", f.message))


def _finding(report: rdflib.Graph, node: Any, rules: Rules) -> Finding:
    def one(name: str) -> Any:
        return report.value(node, _uri(SH + name))

    shape, focus, value = one("sourceShape"), _text(one("focusNode")), one("value")
    component = _local(one("sourceConstraintComponent")).removesuffix("ConstraintComponent")
    about = None if value is None else _text(value)
    if focus == DATASET and about not in (None, DATASET):
        focus, about = str(about), None
    messages = sorted(str(message) for message in report.objects(node, _uri(SH + "resultMessage")))
    return Finding(
        focus=focus,
        path=rules.paths.get(str(shape)),
        component=component,
        severity=_local(one("resultSeverity")),
        message=" ".join(messages).replace("{?value}", focus),
        value=None if about in (None, focus, DATASET) else about,
        rule=_local(shape),
    )


def _described(finding: Finding) -> list[str]:
    path = finding.path if finding.path and not _NOT_IN_IRI.search(finding.path) else None
    lines = [
        f"sh:focusNode {_node(finding.focus)}",
        f"sh:resultPath <{path}>" if path else "",
        f"sh:sourceShape shape:{finding.rule}",
        f"sh:sourceConstraintComponent sh:{finding.component}ConstraintComponent",
        f"sh:resultSeverity sh:{finding.severity}",
        f"sh:value {_node(finding.value)}" if finding.value is not None else "",
        f"sh:resultMessage {_quoted(finding.message)}",
    ]
    return [line for line in lines if line]


def _node(value: str) -> str:
    is_iri = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:/?/?\S", value) and not _NOT_IN_IRI.search(value)
    return f"<{value}>" if is_iri else _quoted(value)


def _quoted(value: str) -> str:
    return '"' + _NOT_IN_LITERAL.sub(lambda m: f"\\u{ord(m[0]):04X}", value) + '"'


def _local(node: Any) -> str:
    return re.split(r"[#/]", str(node))[-1]


def _text(node: Any) -> str:
    import rdflib

    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


# Terms of rdflib: made here and nowhere else in the hot path


def _uri(iri: str) -> rdflib.URIRef:
    import rdflib

    return rdflib.URIRef(iri)


def _plain(node: Any) -> Node:
    """A term of rdflib as a plain value; a blank node keeps its label after `_:`."""
    import rdflib

    if isinstance(node, rdflib.Literal):
        return Literal(str(node), str(node.datatype or XSD + "string"), node.language)
    return _text(node)


def _fill(graph: rdflib.Graph, triples: Iterable[Triple]) -> rdflib.Graph:
    import rdflib

    @cache
    def term(node: Node) -> Any:
        if isinstance(node, Literal):
            return _literal(node)
        return rdflib.BNode(node[2:]) if node.startswith("_:") else rdflib.URIRef(node)

    graph.addN((term(s), term(p), term(o), graph) for s, p, o in triples)
    return graph


def _literal(node: Literal) -> rdflib.Literal:
    import rdflib

    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    if node.datatype == XSD + "string":
        return rdflib.Literal(node.value)
    return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype), normalize=False)


# Shapes


def _parse(files: Iterable[Path]) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for file in files:
        try:
            read = pyoxigraph.parse(file.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
            _fill(graph, [(str(_read(t.subject)), t.predicate.value, _read(t.object)) for t in read])
        except SyntaxError as error:
            raise ResourceError(f"shape file {str(file)!r} is not Turtle: {error}") from error
    return graph


def _read(node: Any) -> Node:
    if isinstance(node, pyoxigraph.Literal):
        return Literal(node.value, node.datatype.value, node.language)
    return f"_:{node.value}" if isinstance(node, pyoxigraph.BlankNode) else str(node.value)


def _check(shapes: rdflib.Graph, folder: Path) -> None:
    for term in sorted({t for triple in shapes for t in _shacl_terms(triple)} - _SUPPORTED):
        raise ResourceError(f"shapes in {str(folder)!r} use sh:{term}, which is misspelt or not judged by every engine")
    targets = [set(shapes.subjects(_uri(SH + name))) for name in _TARGETS]
    targeted: set[Any] = set().union(*targets)
    if not targeted:
        raise ResourceError(f"no shape in {str(folder)!r} has a target: nothing would be judged")
    kinds = (_uri(SH + "NodeShape"), _uri(SH + "PropertyShape"))
    named = {shape for kind in kinds for shape in shapes.subjects(_uri(TYPE), kind)}
    for shape in sorted(str(shape) for shape in named - targeted - set(shapes.objects())):
        raise ResourceError(f"shape <{shape}> in {str(folder)!r} judges nothing: it has no target and no shape uses it")


def _shacl_terms(triple: tuple[Any, Any, Any]) -> Iterator[str]:
    return (str(node).removeprefix(SH) for node in triple[1:] if str(node).startswith(SH))


def _path(shapes: rdflib.Graph, node: Any) -> str:
    import rdflib
    from rdflib.collection import Collection

    def inner(step: Any) -> str:
        return f"<{step}>" if isinstance(step, rdflib.URIRef) else f"({_path(shapes, step)})"

    if isinstance(node, rdflib.URIRef):
        return str(node)
    for name, form in _PATH_FORMS.items():
        step = shapes.value(node, _uri(SH + name))
        if step is not None:
            return form.format(inner(step))
    either = shapes.value(node, _uri(SH + "alternativePath"))
    steps = map(inner, Collection(shapes, node if either is None else either))
    return "/".join(steps) if either is None else "|".join(steps)
