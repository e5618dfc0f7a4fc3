"""Triples as Turtle and back: prefixed, grouped by subject, sorted, the same bytes for any order of the input.

Blank nodes have no place here: every subject is an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph

from onrecord.terms import PREFIXES, TYPE, XSD, Literal, Node, Triple

if TYPE_CHECKING:
    import rdflib

Groups = dict[str, list[str]]

_PLANES = "".join(f"{chr(p * 0x10000)}-{chr(p * 0x10000 + 0xFFFD)}" for p in range(1, 15))
_LEGAL = rf"(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}]++|%[0-9A-Fa-f]{{2}})*+"
_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:{_LEGAL}(?:#{_LEGAL})?")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
# rdflib takes a fragment with a colon in it for an absolute IRI.
_FRAGMENT = re.compile(r"(?:#[A-Za-z0-9_,=.-]+)?")
_TO_ESCAPE = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_MOST_DIGITS = 15
_SHORT: dict[str, Callable[[str], object]] = {
    XSD + "integer": re.compile(r"0|-?[1-9][0-9]*").fullmatch,
    XSD + "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+").fullmatch,
    XSD + "boolean": re.compile(r"true|false").fullmatch,
}
_STRING = XSD + "string"
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}


class _Names(dict[str, str]):
    """IRIs as Turtle writes them, each checked and shortened once; `used` gathers the prefixes."""

    def __init__(self, base: str | None) -> None:
        super().__init__()
        self.used: set[str] = set()
        self._base = base

    def __missing__(self, iri: str) -> str:
        name = self[iri] = self._name(iri)
        return name

    def _name(self, iri: str) -> str:
        if not _IRI.fullmatch(iri):
            raise ValueError(f"{iri!r} is not an absolute IRI: percent-encode what RFC 3987 forbids")
        end = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = _BY_NAMESPACE.get(iri[:end])
        if prefix and _LOCAL.fullmatch(iri, end):
            self.used.add(prefix)
            return f"{prefix}:{iri[end:]}"
        if self._base and iri.startswith(self._base) and _FRAGMENT.fullmatch(iri, len(self._base)):
            return f"<{iri[len(self._base) :]}>"
        return f"<{iri}>"


def serialize(triples: Iterable[Triple], base: str | None = None) -> str:
    """Write triples as Turtle; with `base` (an IRI without fragment) its fragments are written as `<#...>`.

    Raises ValueError for an IRI or a language tag that Turtle cannot hold, and for text with a lone surrogate.
    """
    names = _Names(_checked_base(base))
    body = "".join(_blocks(_grouped(triples, names), names))
    return _header(names.used, base) + body


def serialize_groups(groups: Iterable[Iterable[Triple]]) -> Iterator[str]:
    """Write groups of triples, each complete for its subjects and in the order wanted, as parts of one Turtle text.

    The first part declares all prefixes, since which are used is known only at the end; memory holds one group.
    """
    yield _header(set(PREFIXES), None)
    for group in groups:
        names = _Names(None)
        yield from _blocks(_grouped(group, names), names)


def parse(text: str | bytes) -> list[Triple]:
    """Read Turtle as triples in the order of the text. A literal with a language carries no datatype of its own.

    Raises ValueError, with line and column, for text that is not Turtle and for blank nodes.
    """
    try:
        return [
            (_resource(t.subject), t.predicate.value, _node(t.object))
            for t in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
        ]
    except SyntaxError as error:
        raise ValueError(f"not Turtle: {error}") from None


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """The triples as an rdflib graph with the project's prefixes bound."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for subject, predicate, node in triples:
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), _rdflib_node(node)))
    return graph


def natural_order(iri: str) -> tuple[str, int, int, str]:
    """The sort key of a subject: numbers at the end (`#statement-9`, `#char=9,12`) count as numbers."""
    head, last = _split_number(iri)
    if last < 0:
        return iri, -1, -1, iri
    if head.endswith(","):
        head, first = _split_number(head[:-1])
        if first >= 0:
            return head, first, last, iri
    return head, last, -1, iri


def _split_number(iri: str) -> tuple[str, int]:
    """What stands before the digits at the end, and their number; -1 where there are none or too many."""
    head = iri.rstrip("0123456789")
    digits = iri[len(head) :]
    return (head, int(digits)) if 0 < len(digits) <= _MOST_DIGITS else (iri, -1)


def _checked_base(base: str | None) -> str | None:
    if base is not None and (not _IRI.fullmatch(base) or "#" in base):
        raise ValueError(f"{base!r} cannot be a base: it must be an absolute IRI without a fragment")
    return base


def _grouped(triples: Iterable[Triple], names: _Names) -> Groups:
    groups: Groups = {}
    for subject, predicate, node in triples:
        verb = "a" if predicate == TYPE else names[predicate]
        line = f"{verb} {names[node] if isinstance(node, str) else _literal(node, names)}"
        if subject in groups:
            groups[subject].append(line)
        else:
            groups[subject] = [line]
    return groups


def _blocks(groups: Groups, names: _Names) -> Iterator[str]:
    for subject in sorted(groups, key=natural_order):
        lines = sorted(set(groups[subject]))
        if lines[0].startswith("<"):
            lines.sort(key=_not_type)
        yield "\n" + names[subject] + _properties(lines) + " .\n"


def _properties(lines: Iterable[str]) -> str:
    """Sorted `verb object` lines as one text, the objects of a verb behind each other."""
    parts: list[str] = []
    between, last = " ", ""
    for line in lines:
        verb = line[: line.index(" ")]
        if verb == last:
            parts += (",", line[len(verb) :])
        else:
            parts += (between, line)
            between, last = " ;\n    ", verb
    return "".join(parts)


def _not_type(line: str) -> bool:
    return not line.startswith("a ")


def _header(prefixes: set[str], base: str | None) -> str:
    lines = [f"@base <{base}> .\n"] if base else []
    lines += [f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(prefixes)]
    return "".join(lines)


def _literal(literal: Literal, names: _Names) -> str:
    value, datatype, language = literal
    if language:
        if not _LANGUAGE.fullmatch(language):
            raise ValueError(f"{language!r} is not a language tag")
        return f'"{_escaped(value)}"@{language}'
    if datatype == _STRING:
        return f'"{_escaped(value)}"'
    short = _SHORT.get(datatype)
    if short and short(value):
        return value
    return f'"{_escaped(value)}"^^{names[datatype]}'


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(_escape, text) if _TO_ESCAPE.search(text) else text


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        raise ValueError(f"lone surrogate U+{ord(character):04X} at {match.start()}: no RDF text can hold it")
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _resource(node: object) -> str:
    if not isinstance(node, pyoxigraph.NamedNode):
        raise ValueError(f"{node} is not an IRI: published graphs have no blank nodes")
    return node.value


def _node(node: object) -> Node:
    if not isinstance(node, pyoxigraph.Literal):
        return _resource(node)
    if node.language:
        return Literal(node.value, language=node.language)
    return Literal(node.value, node.datatype.value)


def _rdflib_node(node: Node) -> rdflib.term.Identifier:
    import rdflib

    if isinstance(node, str):
        return rdflib.URIRef(node)
    if node.language:
        return rdflib.Literal(node.value, lang=node.language)
    return rdflib.Literal(node.value, datatype=None if node.datatype == _STRING else rdflib.URIRef(node.datatype))
