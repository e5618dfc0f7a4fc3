"""Named queries over a published folder: SPARQL files whose head says their title, columns and parameters.

# title: What is on the record
# columns: article source statement
# parameter: actor the IRI of the actor
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyoxigraph

from onrecord.errors import PublicationError, QuestionError
from onrecord.publication import published_graphs
from onrecord.terms import PREFIXES, SCHEMA, XSD, Literal, Node, Triple
from onrecord.turtle import serialize

_HEAD = re.compile(r"#\s*(title|columns|parameter):\s*(\S.*)")
# What a query is made of, as far as variables and keywords must be told from text, IRIs and comments.
_TOKEN = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|#[^\n]*|\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
    r"""|[?$](?P<variable>\w+)|(?P<graph>\b(?:graph|from)\b)""",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERS = ((re.compile(r"[+-]?[0-9]+"), "integer"), (re.compile(r"[+-]?[0-9]*\.[0-9]+"), "decimal"))
_WIDEST_CELL = 60
_ARTICLE = pyoxigraph.NamedNode(SCHEMA + "NewsArticle")

_Result = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


class Format(StrEnum):
    """How an answer is written; Turtle is for queries that construct a graph, the others for the rest."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its name, its title, its promised columns, and its parameters with what they mean."""

    name: str
    query: str
    title: str = ""
    columns: tuple[str, ...] = ()
    parameters: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of values under columns (None where a value is missing); or the triples, or the truth value, asked for."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Node | None, ...], ...] = ()
    triples: tuple[Triple, ...] | None = None
    truth: bool | None = None


def read_question(file: Path) -> Question:
    """The question in a `.rq` file; raises QuestionError where it cannot be read."""
    try:
        query = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{file}: cannot be read ({error}): give a SPARQL query in UTF-8") from None
    head = [(match[1], match[2]) for line in query.splitlines() if (match := _HEAD.fullmatch(line.strip()))]
    values = dict(head)
    parameters = [words.partition(" ") for kind, words in head if kind == "parameter"]
    return Question(
        name=file.stem,
        query=query,
        title=values.get("title", "").strip(),
        columns=tuple(values.get("columns", "").split()),
        parameters={name: meaning.strip() for name, _, meaning in parameters},
    )


def list_questions(folder: Path) -> list[Question]:
    """The questions of a folder by name."""
    return [read_question(file) for file in sorted(folder.glob("*.rq"))]


def find_question(name: str, folder: Path) -> Question:
    """The question of that name in the folder, or the one in the file of that name; raises QuestionError."""
    if name.endswith(".rq"):
        return read_question(Path(name))
    known = {file.stem: file for file in folder.glob("*.rq")}
    if name not in known:
        raise QuestionError(f"{name!r}: no such question: there are {', '.join(sorted(known))}, or give a .rq file")
    return read_question(known[name])


def load_published(published: Path, *, named: bool = True) -> pyoxigraph.Store:
    """The published data in memory, merged as the default graph and, with `named`, also a graph an article by its IRI.

    Raises PublicationError for a folder that is not there or a file that is not Turtle.
    """
    store = pyoxigraph.Store()
    for file in published_graphs(published):
        try:
            data = file.read_bytes()
            store.bulk_load(data, format=pyoxigraph.RdfFormat.TURTLE)
            if named and (article := _article_of(data)):
                store.bulk_load(data, format=pyoxigraph.RdfFormat.TURTLE, to_graph=article)
        except (OSError, SyntaxError) as error:
            raise PublicationError(f"{file}: {error}: delete the file and run again") from None
    return store


def ask(query: str, published: Path, bindings: Mapping[str, str] | None = None) -> Answer:
    """Answer a SPARQL query from the published folder; the withheld are never asked.

    A binding for a column keeps the rows with that value, one for another variable goes into the query: `<...>` and
    what has `://` as an IRI, digits as a number, else as text. Raises QuestionError and PublicationError.
    """
    return ask_store(query, load_published(published, named=_uses_named_graphs(query)), bindings)


def ask_store(query: str, store: pyoxigraph.Store, bindings: Mapping[str, str] | None = None) -> Answer:
    """Answer a SPARQL query from a loaded store, as `ask` does."""
    bindings = dict(bindings or {})
    result = _run(query, store)
    columns = tuple(v.value for v in result.variables) if isinstance(result, pyoxigraph.QuerySolutions) else ()
    inner = {name: value for name, value in bindings.items() if name not in columns}
    if inner:
        result = _run(_bound(query, inner), store)
    if isinstance(result, pyoxigraph.QueryBoolean):
        return Answer(truth=bool(result))
    if isinstance(result, pyoxigraph.QueryTriples):
        return Answer(triples=tuple(_triples(result)))
    outer = [(columns.index(name), _text(_term(value))) for name, value in bindings.items() if name in columns]
    return Answer(columns, tuple(_rows(result, len(columns), outer)))


def render(answer: Answer, format_: Format) -> str:
    """The answer as text; raises QuestionError where the format does not fit the kind of query."""
    if (answer.triples is None) == (format_ is Format.TURTLE):
        kind = "a graph: take turtle" if answer.triples is not None else "rows: take table, csv or json"
        raise QuestionError(f"format {format_.value!r} does not fit: this query answers with {kind}")
    if answer.triples is not None:
        return serialize(answer.triples)
    if format_ is Format.JSON:
        return _json(answer)
    if answer.truth is not None:
        return f"{str(answer.truth).lower()}\n"
    return _csv(answer) if format_ is Format.CSV else _table(answer)


def _article_of(data: bytes) -> pyoxigraph.NamedNode | None:
    """The article that a graph describes; the merged entities describe none."""
    triples = pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.TURTLE)
    return next(
        (t.subject for t in triples if t.object == _ARTICLE and isinstance(t.subject, pyoxigraph.NamedNode)), None
    )


def _run(query: str, store: pyoxigraph.Store) -> _Result:
    try:
        return store.query(query, prefixes=PREFIXES)
    except (SyntaxError, ValueError, RuntimeError) as error:
        raise QuestionError(f"the query is not SPARQL 1.1: {' '.join(str(error).split())}") from None


def _bound(query: str, bindings: Mapping[str, str]) -> str:
    """The query with its variables replaced by the values given for them."""
    names = {match["variable"] for match in _TOKEN.finditer(query) if match["variable"]}
    for name in bindings:
        if name not in names:
            raise QuestionError(f"{name!r}: the query has no such variable: it has {', '.join(sorted(names))}")

    def value(match: re.Match[str]) -> str:
        name = match["variable"]
        return str(_term(bindings[name])) if name in bindings else match[0]

    return _TOKEN.sub(value, query)


def _uses_named_graphs(query: str) -> bool:
    return any(match["graph"] for match in _TOKEN.finditer(query))


def _term(value: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    words = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if words != value or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*://\S+", words):
        return pyoxigraph.NamedNode(words)
    kind = next((name for pattern, name in _NUMBERS if pattern.fullmatch(value)), "string")
    return pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(XSD + kind))


def _rows(
    solutions: pyoxigraph.QuerySolutions, width: int, wanted: Sequence[tuple[int, str]]
) -> Iterator[tuple[Node | None, ...]]:
    for solution in solutions:
        row = tuple(_node(solution[column]) for column in range(width))
        if all(_text(row[column]) == value for column, value in wanted):
            yield row


def _triples(result: pyoxigraph.QueryTriples) -> Iterator[Triple]:
    for triple in result:
        subject, node = _node(triple.subject), _node(triple.object)
        if not isinstance(subject, str) or node is None:
            raise QuestionError(f"{triple.subject} is no IRI: construct a graph without blank nodes")
        yield subject, triple.predicate.value, node


def _node(term: object) -> Node | None:
    if isinstance(term, pyoxigraph.Literal):
        return Literal(term.value, term.datatype.value, term.language)
    if term is None:
        return None
    return term.value if isinstance(term, pyoxigraph.NamedNode) else str(term)


def _text(node: object) -> str:
    """The bare words of a value; nothing where it is missing."""
    if isinstance(node, str):
        return node
    return str(getattr(node, "value", ""))


def _json(answer: Answer) -> str:
    if answer.truth is not None:
        content: dict[str, object] = {"head": {}, "boolean": answer.truth}
    else:
        rows = [
            {name: _json_value(node) for name, node in zip(answer.columns, row, strict=True) if node is not None}
            for row in answer.rows
        ]
        content = {"head": {"vars": list(answer.columns)}, "results": {"bindings": rows}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_value(node: Node) -> dict[str, str]:
    if isinstance(node, str):
        return {"type": "bnode" if node.startswith("_:") else "uri", "value": node.removeprefix("_:")}
    value = {"type": "literal", "value": node.value}
    if node.language:
        return value | {"xml:lang": node.language}
    return value if node.datatype == XSD + "string" else value | {"datatype": node.datatype}


def _csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows([_text(node) for node in row] for row in answer.rows)
    return out.getvalue()


def _table(answer: Answer) -> str:
    rows = [answer.columns, *(tuple(_cell(_text(node)) for node in row) for row in answer.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, _line(["-" * width for width in widths], widths))
    count = len(answer.rows)
    return "\n".join([*lines, f"({count} {'row' if count == 1 else 'rows'})", ""])


def _cell(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _WIDEST_CELL else plain[: _WIDEST_CELL - 1] + "…"


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
