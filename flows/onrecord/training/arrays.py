"""Windows and crops of a batch as padded arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.language.attribution.windows import FARTHEST, Integers, Placed, Window
from onrecord.language.attribution.words import NO_FEATURE

Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as padded arrays of one width: piece numbers, features, and which of them are real."""

    pieces: Integers
    features: Integers
    real: Booleans


def batch_of(windows: Sequence[Window], padding: int) -> Batch:
    """Pad windows to the longest of them."""
    shape = (len(windows), max(len(window.pieces) for window in windows))
    batch = Batch(np.full(shape, padding), np.full(shape, NO_FEATURE), np.zeros(shape, dtype=np.bool_))
    for row, window in enumerate(windows):
        size = len(window.pieces)
        batch.pieces[row, :size] = window.pieces
        batch.features[row, :size] = window.features
        batch.real[row, :size] = True
    return batch


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word that may head a cue: its window's row, its stretch, and its place among the stretch's words."""

    row: int
    stretch: Placed
    word: int


@dataclass(frozen=True, slots=True)
class Crops:
    """The stretches around anchors, one a row: where their states lie in the flattened batch, the distance of each
    piece from the anchor's first piece (shifted to be positive), the anchor's position, and which places are real."""

    states: Integers
    distances: Integers
    anchors: Integers
    real: Booleans


def crops_of(anchors: Sequence[Anchor], width: int) -> Crops:
    """Cut the stretch of each anchor out of a batch that is `width` pieces wide."""
    shape = (len(anchors), max(anchor.stretch.end - anchor.stretch.start for anchor in anchors))
    states, distances = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    positions, real = np.zeros(len(anchors), dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    for row, anchor in enumerate(anchors):
        start, end = anchor.stretch.start, anchor.stretch.end
        own = anchor.stretch.positions[anchor.word]
        offset = anchor.row * width
        states[row, : end - start] = np.arange(offset + start, offset + end)
        distances[row, : end - start] = np.clip(np.arange(start - own, end - own), -FARTHEST, FARTHEST) + FARTHEST
        positions[row] = own - start
        real[row, : end - start] = True
    return Crops(states, distances, positions, real)
