"""The model files: checked against their recorded hashes, and run by ONNX Runtime on one thread."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.errors import ResourceError
from onrecord.language.attribution.decoding import Floats
from onrecord.language.attribution.windows import FARTHEST, LABELS, Integers

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

ENCODER = "encoder.onnx"
STATEMENT = "statement.onnx"
VOCABULARY = "vocabulary.txt"
SETTINGS = "settings.json"
PARTS = (ENCODER, STATEMENT, VOCABULARY)

_WAY_OUT = "reinstall onrecord, or train and export the model again"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the graphs do not hold: the threshold set on held-out articles, the mix of the two cue logits, the chain's
    transitions, the lowest first cue probability worth a second pass, and the SHA-256 of each part."""

    threshold: float
    mix: float
    least_anchor: float
    transitions: tuple[tuple[float, ...], ...]
    sha256: dict[str, str]

    def to_json(self) -> str:
        """The settings file's text."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(fields, indent=1) + "\n"


def read_settings(folder: Path) -> tuple[Settings, str]:
    """The settings of a model folder and their SHA-256, which stands for the whole model; checks all parts.

    Raises `ResourceError` where a file is missing, unreadable or not the one that was exported.
    """
    raw = _read(folder / SETTINGS)
    try:
        settings = Settings(**json.loads(raw))
    except (ValueError, TypeError) as error:
        raise ResourceError(f"{folder / SETTINGS}: not the settings of an attribution model; {_WAY_OUT}") from error
    for part in PARTS:
        if hashlib.sha256(_read(folder / part)).hexdigest() != settings.sha256.get(part):
            raise ResourceError(f"{folder / part}: damaged, its hash is not the recorded one; {_WAY_OUT}")
    return settings, hashlib.sha256(raw).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ResourceError(f"{path}: cannot be read ({error.strerror}); {_WAY_OUT}") from error


def read_vocabulary(folder: Path) -> list[str]:
    """The word pieces in the order of their numbers."""
    return _read(folder / VOCABULARY).decode("utf-8").removesuffix("\n").split("\n")


class Graphs:
    """The two graphs. Both take one window or crop at a time: int8 ranges depend on all that runs together."""

    def __init__(self, folder: Path) -> None:
        self._encoder = _session(folder / ENCODER)
        self._statement = _session(folder / STATEMENT)

    def encode(self, pieces: Sequence[int], features: Sequence[int]) -> tuple[Floats, Floats]:
        """States [length, width] and first cue logits [length] of a window."""
        rows = {"pieces": pieces, "features": features, "positions": range(len(pieces))}
        states, logits = self._encoder.run(None, {name: np.array([row]) for name, row in rows.items()})
        return _floats(states)[0], _floats(logits)[0, :, 0]

    def label(self, states: Floats, anchors: Integers) -> tuple[Floats, Floats]:
        """Label scores [anchors, length, labels] and second cue logits [anchors] for each anchor in a crop."""
        distances = np.clip(np.arange(len(states)) - anchors[:, None], -FARTHEST, FARTHEST) + FARTHEST
        inputs = {"states": states, "anchors": anchors, "distances": distances}
        scores = _floats(self._statement.run(None, inputs)[0])
        return scores[:, :, :LABELS], scores[np.arange(len(anchors)), anchors, LABELS]


def _floats(array: object) -> Floats:
    return np.asarray(array, dtype=np.float32)


def _session(path: Path) -> InferenceSession:
    """One thread, one order of operations: the same input gives the same floats.

    No fusion beyond the basic ones: the graphs are written with fused operations where these are faster, and without
    where they are slower (addition with layer normalisation).
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ResourceError(f"{path}: ONNX Runtime cannot load it ({error}); {_WAY_OUT}") from error
