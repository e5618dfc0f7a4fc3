"""Who said what: the shipped model applied to one article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from onrecord.article import Span
from onrecord.language.attribution.decoding import Candidate, Floats, Reading, best_chains, resolve
from onrecord.language.attribution.quotations import complete
from onrecord.language.attribution.runtime import Graphs, Settings, read_settings, read_vocabulary
from onrecord.language.attribution.windows import Integers, Placed, Stretch, Window, stretches_of, windows_of
from onrecord.language.attribution.words import WordPieces, Words, features_of, words_of

_MOST_ANCHORS = 16
_CHAINS_AT_ONCE = 512
_SHIPPED = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement in the text: the words that name its source, its cue and its content; the source may be missing.

    `anchor` is the cue's head word; `probability` is rounded to two places.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    anchor: Span
    probability: float


@dataclass(frozen=True, slots=True)
class _Scored:
    """An anchor after the second pass."""

    head: int
    first: int
    logits: tuple[float, float]
    emissions: Floats


class AttributionModel:
    """Finds the statements of an article. An article's result depends on nothing but its text and passages."""

    def __init__(self, graphs: Graphs, vocabulary: Sequence[str], settings: Settings, fingerprint: str) -> None:
        self._graphs = graphs
        self._pieces = WordPieces(vocabulary)
        self._settings = settings
        self._transitions = np.array(settings.transitions, dtype=np.float32)
        self._least_logit = float(np.log(settings.least_anchor / (1 - settings.least_anchor)))
        self.threshold = settings.threshold
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, folder: Path | None = None) -> AttributionModel:
        """The model of a folder, by default the shipped one.

        Raises `ResourceError` naming the file where one is missing or damaged.
        """
        folder = folder or _SHIPPED
        settings, fingerprint = read_settings(folder)
        return cls(Graphs(folder), read_vocabulary(folder), settings, fingerprint)

    def attribute(self, text: str, passages: Sequence[Span], threshold: float | None = None) -> tuple[Attribution, ...]:
        """The statements whose cues lie in the passages (title and paragraphs), sorted by cue.

        Time and memory grow linearly with the text; words outside the passages are never tagged. A lower threshold
        finds more and errs more.
        """
        words = [words_of(text, passage) for passage in passages]
        candidates = self.candidates(words)
        least = self.threshold if threshold is None else threshold
        readings = complete(resolve(candidates, least, self._settings.mix), words)
        return tuple(_attributions(readings, words))

    def candidates(self, passages: Sequence[Words]) -> list[Candidate]:
        """Every statement that the second pass looked at, in word numbers."""
        scored = (each for window in self._windows(passages) for each in self._score(window))
        found: list[Candidate] = []
        while block := list(islice(scored, _CHAINS_AT_ONCE)):
            chains = best_chains([each.emissions for each in block], self._transitions)
            found += [
                Candidate(each.head, each.first, chain, each.logits) for each, chain in zip(block, chains, strict=True)
            ]
        return found

    def _windows(self, passages: Sequence[Words]) -> list[Window]:
        stretches: list[Stretch] = []
        first = 0
        for words in passages:
            pieces = [self._pieces.of(surface) for surface in words.surfaces]
            stretches += stretches_of(first, pieces, features_of(words.surfaces, words.marks))
            first += len(words)
        return windows_of(stretches, self._pieces)

    def _score(self, window: Window) -> Iterator[_Scored]:
        """Both passes over one window; the second runs once for all anchors of a stretch."""
        states, logits = self._graphs.encode(window.pieces, window.features)
        for placed in window.stretches:
            scores = logits[list(placed.positions)]
            words = np.flatnonzero(scores > self._least_logit)
            for begin in range(0, len(words), _MOST_ANCHORS):
                yield from self._label(states, placed, scores, words[begin : begin + _MOST_ANCHORS])

    def _label(self, states: Floats, placed: Placed, scores: Floats, words: Integers) -> Iterator[_Scored]:
        places = np.array(placed.positions) - placed.start
        labels, confirmed = self._graphs.label(states[placed.start : placed.end], places[words])
        for row, word in enumerate(words.tolist()):
            both = (float(scores[word]), float(confirmed[row]))
            yield _Scored(placed.first + word, placed.first, both, labels[row, places])


def _attributions(readings: Iterable[Reading], passages: Sequence[Words]) -> Iterator[Attribution]:
    spans = [span for words in passages for span in words.spans]
    starts = set(np.cumsum([0, *map(len, passages)]).tolist())
    for reading in readings:
        source, cue, content = (
            tuple(_runs(numbers, spans, starts)) for numbers in (reading.source, reading.cue, reading.content)
        )
        yield Attribution(source, cue, content, spans[reading.head], reading.probability)


def _runs(numbers: Iterable[int], spans: Sequence[Span], starts: set[int]) -> Iterator[Span]:
    """Join neighbouring words into spans, never across the start of a passage."""
    run: list[int] = []
    for number in sorted(numbers):
        if run and (number != run[-1] + 1 or number in starts):
            yield Span(spans[run[0]].start, spans[run[-1]].end)
            run = []
        run.append(number)
    if run:
        yield Span(spans[run[0]].start, spans[run[-1]].end)
