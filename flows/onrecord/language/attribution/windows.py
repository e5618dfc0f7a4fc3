"""Packing of passages into windows of word pieces: what the encoder reads at one time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.language.attribution.words import NO_FEATURE, WordPieces

LONGEST_WINDOW = 256
FARTHEST = 64
LABELS = 4
OTHER, SOURCE, CUE, CONTENT = range(LABELS)

_LONGEST_STRETCH = 230

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of words of one passage, short enough for a window; `first` is the number of its first word."""

    first: int
    pieces: tuple[tuple[int, ...], ...]
    features: tuple[int, ...]

    def __len__(self) -> int:
        """How many words."""
        return len(self.pieces)

    @property
    def size(self) -> int:
        """How many word pieces."""
        return sum(map(len, self.pieces))


@dataclass(frozen=True, slots=True)
class Placed:
    """A stretch laid into a window: its piece range there, and the position of each word's first piece."""

    first: int
    start: int
    end: int
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """One row of the encoder's input."""

    pieces: tuple[int, ...]
    features: tuple[int, ...]
    stretches: tuple[Placed, ...]


def stretches_of(first: int, pieces: Sequence[tuple[int, ...]], features: Sequence[int]) -> Iterator[Stretch]:
    """Cut one passage into stretches; all but very long passages make one."""
    begin, size = 0, 0
    for word, word_pieces in enumerate(pieces):
        if size + len(word_pieces) > _LONGEST_STRETCH:
            yield Stretch(first + begin, tuple(pieces[begin:word]), tuple(features[begin:word]))
            begin, size = word, 0
        size += len(word_pieces)
    if begin < len(pieces):
        yield Stretch(first + begin, tuple(pieces[begin:]), tuple(features[begin:]))


def windows_of(stretches: Sequence[Stretch], marks: WordPieces, limit: int = LONGEST_WINDOW) -> list[Window]:
    """Pack stretches in order, as many as fit into `limit` pieces, each closed by a separator."""
    windows: list[Window] = []
    row: list[Stretch] = []
    size = 1
    for stretch in stretches:
        if row and size + stretch.size + 1 > limit:
            windows.append(_window(row, marks))
            row, size = [], 1
        row.append(stretch)
        size += stretch.size + 1
    return [*windows, _window(row, marks)] if row else windows


def _window(row: Sequence[Stretch], marks: WordPieces) -> Window:
    pieces, features, placed = [marks.first], [NO_FEATURE], []
    for stretch in row:
        start, positions = len(pieces), []
        for word, feature in zip(stretch.pieces, stretch.features, strict=True):
            positions.append(len(pieces))
            pieces += word
            features += [feature] * len(word)
        placed.append(Placed(stretch.first, start, len(pieces), tuple(positions)))
        pieces.append(marks.separator)
        features.append(NO_FEATURE)
    return Window(tuple(pieces), tuple(features), tuple(placed))
