"""Training of the attribution model: a fixed number of steps from fixed seeds, so that a run can be repeated."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

import torch
from torch import nn

from onrecord.language.attribution.words import WordPieces
from onrecord.training.base import base_network
from onrecord.training.batches import LabelledWindow, epoch_batches
from onrecord.training.corpus import AnnotatedArticle
from onrecord.training.labelling import label_article
from onrecord.training.network import AttributionNetwork
from onrecord.training.noise import Noise
from onrecord.training.objective import losses

CHECKPOINT = "checkpoint.pt"
WEIGHTS = "weights.pt"

_NEW_PARTS = frozenset(
    ("features", "is_cue", "flat_label", "anchor", "distances", "crop_norm", "label", "confirms", "transitions")
)
_LOG = logging.getLogger(__name__)
_LEAST_RATE = 0.02


@dataclass(frozen=True, slots=True)
class Options:
    """What a run depends on. `rate` is AdamW's peak learning rate; the parts that the base lacks learn faster."""

    epochs: int = 2
    rate: float = 2e-4
    new_parts_factor: float = 4.0
    warm_up: int = 80
    batch_pieces: int = 1900
    dropout: float = 0.1
    alarms_from: int = 60
    seed: int = 1
    threads: int = 2
    checkpoint_seconds: float = 240.0
    noise: Noise = field(default_factory=Noise)


def train_network(articles: Sequence[AnnotatedArticle], out: Path, options: Options, start: Path | None = None) -> Path:
    """Train on articles with heads and write the weights; a run cut short goes on from its last checkpoint.

    `start` names weights to go on from instead of the base model's. Returns the path of the weights.
    """
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    out.mkdir(parents=True, exist_ok=True)
    network, vocabulary = base_network(options.dropout)
    if start is not None:
        network.load_state_dict(torch.load(start)["network"])
    batches = _all_batches(articles, WordPieces(vocabulary), options)
    _run(network, batches, WordPieces(vocabulary).padding, out / CHECKPOINT, options, start is not None)
    torch.save({"network": network.state_dict(), "vocabulary": vocabulary, "options": asdict(options)}, out / WEIGHTS)
    return out / WEIGHTS


def _all_batches(
    articles: Sequence[AnnotatedArticle], marks: WordPieces, options: Options
) -> list[list[LabelledWindow]]:
    chance = Random(options.seed)
    labelled = [label_article(article) for article in articles]
    return [
        batch
        for _ in range(options.epochs)
        for batch in epoch_batches(labelled, marks, options.noise, options.batch_pieces, chance)
    ]


def _optimizer(network: AttributionNetwork, options: Options) -> torch.optim.AdamW:
    groups: dict[bool, list[nn.Parameter]] = {False: [], True: []}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups[name.split(".")[0] in _NEW_PARTS].append(parameter)
    rates = {False: options.rate, True: options.rate * options.new_parts_factor}
    return torch.optim.AdamW(
        [{"params": groups[new], "lr": rates[new], "peak": rates[new]} for new in groups],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )


def _run(
    network: AttributionNetwork,
    batches: Sequence[list[LabelledWindow]],
    padding: int,
    checkpoint: Path,
    options: Options,
    trained: bool,
) -> None:
    optimizer = _optimizer(network, options)
    first = _resume(checkpoint, network, optimizer)
    network.train()
    began = saved = time.monotonic()
    for step in range(first, len(batches)):
        share = step / len(batches)
        _set_rate(optimizer, min(1.0, (step + 1) / options.warm_up) * max(_LEAST_RATE, 1.0 - share))
        alarms = trained or step > options.alarms_from
        parts = losses(network, batches[step], padding, Random(options.seed * 1_000_003 + step), alarms)
        _descend(network, optimizer, parts.total())
        if step % 25 == 24:
            speed = (step + 1 - first) / (time.monotonic() - began)
            shown = " ".join(f"{name} {getattr(parts, name).item():.4f}" for name in parts.__slots__)
            _LOG.info("step %d of %d, %.2f steps/s: %s", step + 1, len(batches), speed, shown)
        if time.monotonic() - saved > options.checkpoint_seconds:
            _save(checkpoint, network, optimizer, step + 1)
            saved = time.monotonic()


def _set_rate(optimizer: torch.optim.Optimizer, factor: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * factor


def _descend(network: AttributionNetwork, optimizer: torch.optim.Optimizer, loss: torch.Tensor) -> None:
    optimizer.zero_grad(set_to_none=True)
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_([parameter for parameter in network.parameters() if parameter.requires_grad], 1.0)
    optimizer.step()


def _save(path: Path, network: AttributionNetwork, optimizer: torch.optim.Optimizer, step: int) -> None:
    state = {"step": step, "network": network.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save({**state, "random": torch.get_rng_state()}, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _resume(path: Path, network: AttributionNetwork, optimizer: torch.optim.Optimizer) -> int:
    """Load a checkpoint if there is one; returns the number of the next step."""
    if not path.exists():
        return 0
    state = torch.load(path)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    torch.set_rng_state(state["random"])
    return int(state["step"])
