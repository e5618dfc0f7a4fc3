"""Labelled passages packed into windows and batches, in an order that the seed alone decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from onrecord.language.attribution.windows import LONGEST_WINDOW, Stretch, Window, stretches_of, windows_of
from onrecord.language.attribution.words import WordPieces, features_of
from onrecord.training.arrays import Anchor
from onrecord.training.labelling import LabelledPassage
from onrecord.training.noise import Noise, vary_article

_WINDOW_LIMITS = (160, 208, LONGEST_WINDOW)
_LENGTH_JITTER = 24


@dataclass(frozen=True, slots=True)
class CueInWindow:
    """A gold cue: its stretch's number in the window, its head word, and the labels of the stretch's words."""

    stretch: int
    word: int
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LabelledWindow:
    """A window with the flat labels of each stretch and the gold cues in it."""

    window: Window
    flat: tuple[tuple[int, ...], ...]
    cues: tuple[CueInWindow, ...]

    def gold(self, row: int) -> list[tuple[Anchor, tuple[int, ...]]]:
        """Anchors of the gold cues, as of a window in row `row`, with their labels."""
        return [(Anchor(row, self.window.stretches[cue.stretch], cue.word), cue.labels) for cue in self.cues]


def epoch_batches(
    articles: Sequence[Sequence[LabelledPassage]], marks: WordPieces, noise: Noise, pieces: int, chance: Random
) -> list[list[LabelledWindow]]:
    """One epoch: every article varied anew, windows of like length together, about `pieces` word pieces a batch."""
    windows: list[LabelledWindow] = []
    for article in articles:
        windows += label_windows(vary_article(article, noise, chance), marks, chance.choice(_WINDOW_LIMITS))
    windows.sort(key=lambda window: len(window.window.pieces) + chance.random() * _LENGTH_JITTER)
    batches = list(_grouped(windows, pieces))
    chance.shuffle(batches)
    return batches


def _grouped(windows: Iterable[LabelledWindow], pieces: int) -> Iterable[list[LabelledWindow]]:
    batch: list[LabelledWindow] = []
    for window in windows:
        batch.append(window)
        if len(batch) * max(len(each.window.pieces) for each in batch) >= pieces:
            yield batch
            batch = []
    if batch:
        yield batch


def label_windows(passages: Sequence[LabelledPassage], marks: WordPieces, limit: int) -> list[LabelledWindow]:
    """Pack an article's passages and carry their labels along."""
    stretches: list[Stretch] = []
    flat: list[int] = []
    cues: list[tuple[int, int, tuple[int, ...]]] = []
    for passage in passages:
        first = len(flat)
        word_pieces = [marks.of(surface) for surface in passage.surfaces]
        stretches += stretches_of(first, word_pieces, features_of(passage.surfaces, passage.marks))
        flat += passage.flat
        cues += [(first, first + cue.head, cue.labels) for cue in passage.cues]
    return [_label_window(window, flat, cues) for window in windows_of(stretches, marks, limit)]


def _label_window(
    window: Window, flat: Sequence[int], cues: Sequence[tuple[int, int, tuple[int, ...]]]
) -> LabelledWindow:
    ranges = [(placed.first, placed.first + len(placed.positions)) for placed in window.stretches]
    inside = [
        CueInWindow(number, head - start, labels[start - first : end - first])
        for number, (start, end) in enumerate(ranges)
        for first, head, labels in cues
        if start <= head < end
    ]
    return LabelledWindow(window, tuple(tuple(flat[start:end]) for start, end in ranges), tuple(inside))
