"""The training loss: find cues, label the passage of each cue as a chain, and confirm or refuse the cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.language.attribution.windows import CUE, LABELS, OTHER
from onrecord.training.arrays import Anchor, Batch, batch_of, crops_of
from onrecord.training.batches import LabelledWindow
from onrecord.training.network import WIDTH, AttributionNetwork

_IMPOSSIBLE = -1e4
_FALSE_ALARM = -2.2
_CROP_GROUPS = 3
_WEIGHTS = {"finding": 10.0, "flat": 0.5, "labels": 3.0, "confirming": 0.5}

Cue = tuple[Anchor, tuple[int, ...] | None]


@dataclass(frozen=True, slots=True)
class Losses:
    """The parts of the loss before weighting."""

    finding: Tensor
    flat: Tensor
    labels: Tensor
    confirming: Tensor

    def total(self) -> Tensor:
        """The weighted sum that is minimised."""
        return torch.stack([weight * getattr(self, name) for name, weight in _WEIGHTS.items()]).sum()


@dataclass(frozen=True, slots=True)
class _Targets:
    words: Tensor
    is_cue: Tensor
    flat: Tensor


def losses(
    network: AttributionNetwork, windows: Sequence[LabelledWindow], padding: int, chance: Random, alarms: bool
) -> Losses:
    """Loss of one batch; with `alarms`, the network's own false alarms join the cues to be refused."""
    batch = batch_of([window.window for window in windows], padding)
    targets = _targets(windows, batch)
    states, cue_logits, flat_logits = network.encode(*_tensors(batch.pieces, batch.features, batch.real))
    finding = functional.binary_cross_entropy_with_logits(cue_logits[targets.words], targets.is_cue[targets.words])
    flat = functional.cross_entropy(flat_logits[targets.words], targets.flat[targets.words])
    cues: list[Cue] = [cue for row, window in enumerate(windows) for cue in window.gold(row)]
    if alarms:
        cues += _false_alarms(windows, cue_logits.detach(), len(cues) // 2 + 1, chance)
    labels, confirming = _conditioned(network, states, cues)
    return Losses(finding, flat, labels, confirming)


def _tensors(*arrays: np.ndarray) -> tuple[Tensor, ...]:
    return tuple(torch.from_numpy(array) for array in arrays)


def _targets(windows: Sequence[LabelledWindow], batch: Batch) -> _Targets:
    shape = batch.pieces.shape
    words, is_cue = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.float32)
    flat = np.zeros(shape, dtype=np.int64)
    for row, window in enumerate(windows):
        for placed, labels in zip(window.window.stretches, window.flat, strict=True):
            words[row, placed.positions] = True
            flat[row, placed.positions] = labels
        for anchor, _ in window.gold(row):
            is_cue[row, anchor.stretch.positions[anchor.word]] = 1.0
    return _Targets(*_tensors(words, is_cue, flat))


def _false_alarms(windows: Sequence[LabelledWindow], logits: Tensor, most: int, chance: Random) -> list[Cue]:
    scores = logits.numpy()
    alarms: list[Cue] = [
        (Anchor(row, placed, word), None)
        for row, window in enumerate(windows)
        for placed, labels in zip(window.window.stretches, window.flat, strict=True)
        for word, position in enumerate(placed.positions)
        if labels[word] != CUE and scores[row, position] > _FALSE_ALARM
    ]
    return chance.sample(alarms, most) if len(alarms) > most else alarms


def _conditioned(network: AttributionNetwork, states: Tensor, cues: Sequence[Cue]) -> tuple[Tensor, Tensor]:
    """Chain loss a word of the gold cues, and confirmation loss a cue; cues with crops of like length run together."""
    if not cues:
        return torch.zeros(()), torch.zeros(())
    ordered = sorted(cues, key=lambda cue: cue[0].stretch.end - cue[0].stretch.start)
    size = -(-len(ordered) // _CROP_GROUPS)
    parts = [_crop_losses(network, states, ordered[at : at + size]) for at in range(0, len(ordered), size)]
    words = sum(len(labels) for _, labels in ordered if labels)
    chain = torch.stack([part[0] for part in parts]).sum() / max(words, 1)
    return chain, torch.stack([part[1] for part in parts]).sum() / len(ordered)


def _crop_losses(network: AttributionNetwork, states: Tensor, cues: Sequence[Cue]) -> tuple[Tensor, Tensor]:
    crops = crops_of([anchor for anchor, _ in cues], states.shape[1])
    index, distances, anchors, real = _tensors(crops.states, crops.distances, crops.anchors, crops.real)
    cut = states.reshape(-1, WIDTH).index_select(0, index.reshape(-1)).reshape(*index.shape, WIDTH)
    labels, confirmed = network.condition(cut, distances, anchors, real)
    is_gold = torch.tensor([float(gold is not None) for _, gold in cues])
    confirming = functional.binary_cross_entropy_with_logits(confirmed, is_gold, reduction="sum")
    rows = [row for row, (_, gold) in enumerate(cues) if gold is not None]
    if not rows:
        return torch.zeros(()), confirming
    return _chain_loss(labels[rows], [cues[row] for row in rows], network.transitions), confirming


def _chain_loss(labels: Tensor, cues: Sequence[Cue], transitions: Tensor) -> Tensor:
    longest = max(len(anchor.stretch.positions) for anchor, _ in cues)
    places = np.zeros((len(cues), longest), dtype=np.int64)
    gold = np.full((len(cues), longest), OTHER)
    words = np.zeros((len(cues), longest), dtype=np.bool_)
    for row, (anchor, answer) in enumerate(cues):
        size = len(anchor.stretch.positions)
        places[row, :size] = np.array(anchor.stretch.positions) - anchor.stretch.start
        gold[row, :size] = answer
        words[row, :size] = True
    index, target, real = _tensors(places, gold, words)
    emissions = labels.gather(1, index[:, :, None].expand(-1, -1, LABELS))
    return chain_nll(emissions, target, real, transitions)


def chain_nll(emissions: Tensor, target: Tensor, real: Tensor, transitions: Tensor) -> Tensor:
    """Negative log-likelihood, in nats, of label chains under a linear-chain CRF, summed over the rows."""
    own = emissions.gather(2, target[:, :, None]).squeeze(2)
    steps = transitions[target[:, :-1], target[:, 1:]]
    score = (own * real).sum() + (steps * real[:, 1:]).sum()
    return _partition(emissions, real, transitions).sum() - score


def _partition(emissions: Tensor, real: Tensor, transitions: Tensor) -> Tensor:
    """Log of the sum over all chains, by a product of step matrices halved each round: few, large operations."""
    unit = torch.full((LABELS, LABELS), _IMPOSSIBLE).fill_diagonal_(0.0)
    steps = transitions + emissions[:, 1:, None, :]
    steps = torch.where(real[:, 1:, None, None], steps, unit)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, unit.expand(len(steps), 1, LABELS, LABELS)], 1)
        left, right = steps[:, 0::2, :, :, None], steps[:, 1::2, None, :, :]
        steps = torch.logsumexp(left + right, -2)
    ends = emissions[:, 0, :, None] + steps.squeeze(1) if steps.shape[1] else emissions[:, 0, :, None]
    return torch.logsumexp(ends.flatten(1), 1)
