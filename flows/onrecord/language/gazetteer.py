"""Names of the authority found in the text, longest first, spelt as printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.article import Span
from onrecord.identity import Authority, Known

_TOKEN = re.compile(r"\w+|[^\w\s]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})
# A label of one word that is also an English word needs the recogniser's consent at the start of a sentence.
_SENTENCE_START = re.compile(r"(?:^|[.!?:\"'”’“‘(\n]\s*|\s[-–—]+\s*)$")
_SHORTEST_IN_CAPITALS = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A label of the authority at a place in the text; several entries may share it."""

    span: Span
    entries: tuple[Known, ...]
    starts_sentence: bool = False


class Gazetteer:
    """Labels indexed by their first token."""

    def __init__(self, authority: Authority) -> None:
        self._exact = _by_first_token(authority, str)
        self._folded = _by_first_token(authority, str.casefold)

    def find(self, text: str, passages: Iterable[Span]) -> Iterator[Match]:
        """Longest matches of each passage from left to right, never overlapping."""
        for passage in passages:
            words = passage.of(text).translate(_APOSTROPHES)
            capitals = words.isupper()
            tokens = [
                (m.group().casefold() if capitals else m.group(), m.start(), m.end()) for m in _TOKEN.finditer(words)
            ]
            index = self._folded if capitals else self._exact
            for start, end, entries in _matches(tokens, index):
                if not capitals or end - start >= _SHORTEST_IN_CAPITALS:
                    span = Span(passage.start + start, passage.start + end)
                    yield Match(span, entries, bool(_SENTENCE_START.search(words[max(0, start - 4) : start])))


def occurrences(text: str, passage: Span, surfaces: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Where a passage prints one of some names, longest first; letter case is ignored in a line of capitals."""
    words = passage.of(text).translate(_APOSTROPHES)
    spell: Callable[[str], str] = str.casefold if words.isupper() else str
    index: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for surface in surfaces:
        label = tuple(_TOKEN.findall(spell(surface.translate(_APOSTROPHES))))
        index[label[0]].setdefault(label, surface)
    ordered = {first: sorted(labels.items(), key=lambda item: -len(item[0])) for first, labels in index.items()}
    tokens = [(spell(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(words)]
    for start, end, surface in _matches(tokens, ordered):
        yield Span(passage.start + start, passage.start + end), surface


_Found = TypeVar("_Found")
_Index = dict[str, list[tuple[tuple[str, ...], tuple[Known, ...]]]]


def _by_first_token(authority: Authority, spell: Callable[[str], str]) -> _Index:
    out: defaultdict[str, dict[tuple[str, ...], list[Known]]] = defaultdict(dict)
    for label, entries in authority.by_label.items():
        tokens = tuple(_TOKEN.findall(spell(label.translate(_APOSTROPHES))))
        actors = [known for known in entries if known.type]
        if tokens and actors:
            held = out[tokens[0]].setdefault(tokens, [])
            held += [known for known in actors if known not in held]
    return {
        first: sorted(((tokens, tuple(found)) for tokens, found in by.items()), key=lambda item: -len(item[0]))
        for first, by in out.items()
    }


def _matches(
    tokens: Sequence[tuple[str, int, int]], index: Mapping[str, Sequence[tuple[tuple[str, ...], _Found]]]
) -> Iterator[tuple[int, int, _Found]]:
    at = 0
    while at < len(tokens):
        for label, found in index.get(tokens[at][0], ()):
            window = tokens[at : at + len(label)]
            if len(window) == len(label) and all(t[0] == w for t, w in zip(window, label, strict=True)):
                yield tokens[at][1], window[-1][2], found
                at += len(label)
                break
        else:
            at += 1
