"""Annotated articles for training: brat standoff files read into statements with exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.errors import ResourceError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

ROLES = ("source", "cue", "content")

_ENTITY = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"E\d+\t(.+)")
_LINE = re.compile(r"[^\n]+")
_HEAD_CLASSES = ("VERB", "NOUN", "ADJ", "ADP", "AUX")


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One attribution as annotated; `head` is the offset of the cue's head word, None until a parse has told it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    head: int | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """A text, its passages (one a line) and its statements."""

    id: str
    text: str
    passages: tuple[Span, ...]
    statements: tuple[GoldStatement, ...]


def read_corpus(folder: Path) -> list[AnnotatedArticle]:
    """Read `text/*.txt` and `attributions/*_ANNOTATOR.ann`, sorted by name; of several annotators the first counts."""
    texts = sorted(folder.glob("text/*.txt"))
    if not texts:
        raise ResourceError(f"{folder}: no text/*.txt there; name the folder of an annotated split")
    annotations = _first_annotations(folder / "attributions")
    return [_read_article(path, annotations.get(path.stem)) for path in texts]


def _first_annotations(folder: Path) -> dict[str, Path]:
    first: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ann")):
        first.setdefault(path.stem.rpartition("_")[0], path)
    return first


def _read_article(path: Path, annotation: Path | None) -> AnnotatedArticle:
    text = path.read_bytes().decode("utf-8")
    statements = tuple(parse_standoff(annotation.read_bytes().decode("utf-8"))) if annotation else ()
    return AnnotatedArticle(path.stem, text, passages_of(text), statements)


def passages_of(text: str) -> tuple[Span, ...]:
    """The lines that hold something, without the white space around them."""
    return tuple(span for match in _LINE.finditer(text) if (span := trimmed(text, match.start(), match.end())))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The range without white space at its ends; None where nothing is left."""
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    return Span(start + left, start + right) if left < right else None


def parse_standoff(annotation: str) -> Iterator[GoldStatement]:
    """Yield the distinct attributions of a brat standoff file; a role may repeat, and its spans may come in pieces."""
    lines = annotation.split("\n")
    spans = {match[1]: _spans(match[2]) for line in lines if (match := _ENTITY.match(line))}
    seen = set()
    for line in lines:
        if not (match := _EVENT.match(line.rstrip("\r"))):
            continue
        statement = _statement(match[1].split(), spans)
        if (statement.content or statement.cue) and statement not in seen:
            seen.add(statement)
            yield statement


def _spans(offsets: str) -> list[Span]:
    return [Span(int(start), int(end)) for start, end in (piece.split() for piece in offsets.split(";"))]


def _statement(parts: Iterable[str], spans: dict[str, list[Span]]) -> GoldStatement:
    roles: dict[str, list[Span]] = {role: [] for role in ROLES}
    for part in parts:
        name, _, reference = part.partition(":")
        role = name.rstrip("0123456789").lower()
        if role in roles:
            roles[role] += spans.get(reference, [])
    source, cue, content = (tuple(sorted(roles[role])) for role in ROLES)
    return GoldStatement(source, cue, content)


def with_heads(article: AnnotatedArticle, parser: Language) -> AnnotatedArticle:
    """The article with the head word of each cue, read off a dependency parse of the cue's passage."""
    docs: dict[Span, Doc] = {}
    statements = []
    for statement in article.statements:
        passage = _passage_of(article.passages, statement.cue)
        if passage is None:
            continue
        if passage not in docs:
            docs[passage] = parser(passage.of(article.text))
        statements.append(replace(statement, head=_head_offset(docs[passage], passage, statement.cue)))
    return replace(article, statements=tuple(statements))


def _passage_of(passages: Sequence[Span], spans: Sequence[Span]) -> Span | None:
    return next((passage for passage in passages for span in spans[:1] if passage.overlaps(span)), None)


def _head_offset(doc: Doc, passage: Span, cue: Sequence[Span]) -> int:
    tokens = [token for token in doc if not token.is_space and _within(token, passage, cue)]
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    if not tops:
        return cue[0].start
    head = min(tops, key=_head_rank)
    return max(cue[0].start, passage.start + int(head.idx))


def _within(token: Token, passage: Span, cue: Sequence[Span]) -> bool:
    start = passage.start + token.idx
    return any(span.start < start + len(token.text) and start < span.end for span in cue)


def _head_rank(token: Token) -> tuple[int, int]:
    kind = token.pos_
    return (_HEAD_CLASSES.index(kind) if kind in _HEAD_CLASSES else len(_HEAD_CLASSES), token.i)
