"""Export of trained weights: two ONNX graphs, the vocabulary and the settings, as the runtime loads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto
from torch import Tensor, nn

from onrecord.language.attribution.runtime import ENCODER, PARTS, SETTINGS, STATEMENT, VOCABULARY, Settings
from onrecord.language.attribution.windows import LABELS, LONGEST_WINDOW
from onrecord.training.graph import GraphBuilder, Shape, Weights
from onrecord.training.network import EPSILON, HEADS, WIDTH, AttributionNetwork, Layer

_INTEGER = TensorProto.INT64


def load_weights(path: Path) -> tuple[AttributionNetwork, list[str]]:
    """A trained network, ready to be read out, and its vocabulary."""
    state = torch.load(path)
    network = AttributionNetwork(len(state["vocabulary"]))
    network.load_state_dict(state["network"])
    return network.eval(), state["vocabulary"]


def average_weights(paths: Sequence[Path], out: Path) -> Path:
    """Write the mean of several runs' end weights; they must have one vocabulary."""
    states = [torch.load(path) for path in paths]
    networks = [state["network"] for state in states]
    mean = {name: torch.stack([network[name] for network in networks]).mean(0) for name in networks[0]}
    torch.save({**states[0], "network": mean}, out)
    return out


def export_model(
    weights: Path, folder: Path, threshold: float, mix: float, least_anchor: float, exact: bool = False
) -> None:
    """Write a model folder that `AttributionModel.load` takes; `exact` keeps 32-bit weights, for comparison."""
    network, vocabulary = load_weights(weights)
    folder.mkdir(parents=True, exist_ok=True)
    _write_encoder(network, folder / ENCODER, exact)
    _write_statement(network, folder / STATEMENT, exact)
    (folder / VOCABULARY).write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    hashes = {part: hashlib.sha256((folder / part).read_bytes()).hexdigest() for part in PARTS}
    transitions = tuple(tuple(round(value, 6) for value in row) for row in network.transitions.tolist())
    settings = Settings(threshold, mix, least_anchor, transitions, hashes)
    (folder / SETTINGS).write_text(settings.to_json(), encoding="utf-8")


def _write_encoder(network: AttributionNetwork, path: Path, exact: bool) -> None:
    """(pieces, features, positions) [1, length] -> states [1, length, width], first cue logits [1, length, 1]."""
    graph = GraphBuilder(exact)
    embedded = graph.lookup(_array(network.pieces.weight), "pieces")
    tables = {"positions": network.positions.weight[:LONGEST_WINDOW], "features": network.features.weight}
    for name, table in tables.items():
        embedded = graph.operation("Add", embedded, graph.operation("Gather", graph.constant(_array(table)), name))
    states = _layers(graph, _norm(graph, embedded, network.embedding_norm), network.shared)
    graph.name_result(states, "states")
    found = _layers(graph, states, network.finding)
    graph.name_result(graph.float_linear(found, *_parameters(network.is_cue)), "logits")
    inputs: dict[str, tuple[int, Shape]] = {
        name: (_INTEGER, [1, "length"]) for name in ("pieces", "features", "positions")
    }
    graph.write(path, inputs, {"states": [1, "length", WIDTH], "logits": [1, "length", 1]})


def _write_statement(network: AttributionNetwork, path: Path, exact: bool) -> None:
    """States of a crop [length, width], anchors [rows] in it, distances [rows, length] -> scores [rows, length, 5].

    The last axis holds the label scores and the second cue logit, which counts at the anchor only.
    """
    graph = GraphBuilder(exact)
    hint = graph.linear(graph.operation("Gather", "states", "anchors"), *_parameters(network.anchor))
    hint = graph.operation("Unsqueeze", hint, graph.constant(np.array([1], dtype=np.int64)))
    distances = graph.operation("Gather", graph.constant(_array(network.distances.weight)), "distances")
    conditioned = graph.operation("Add", graph.operation("Add", distances, hint), "states")
    labelled = _layers(graph, _norm(graph, conditioned, network.crop_norm), network.labelling)
    heads = [_parameters(head) for head in (network.label, network.confirms)]
    weight, bias = np.concatenate([head[0] for head in heads]), np.concatenate([head[1] for head in heads])
    graph.name_result(graph.float_linear(labelled, weight, bias), "scores")
    inputs: dict[str, tuple[int, Shape]] = {
        "states": (TensorProto.FLOAT, ["length", WIDTH]),
        "anchors": (_INTEGER, ["rows"]),
        "distances": (_INTEGER, ["rows", "length"]),
    }
    graph.write(path, inputs, {"scores": ["rows", "length", LABELS + 1]})


def _layers(graph: GraphBuilder, states: str, layers: Iterable[nn.Module]) -> str:
    for layer in layers:
        if not isinstance(layer, Layer):
            raise TypeError(f"{type(layer).__name__} is no encoder layer")
        states = _layer(graph, states, layer)
    return states


def _layer(graph: GraphBuilder, states: str, layer: Layer) -> str:
    parts = [_parameters(part) for part in (layer.query, layer.key, layer.value)]
    weight, bias = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    mixed = graph.linear(graph.attention(states, weight, bias, HEADS), *_parameters(layer.merge))
    states = _norm(graph, graph.operation("Add", mixed, states), layer.attention_norm)
    inner = graph.operation("Gelu", graph.linear(states, *_parameters(layer.rise)), contributed=True)
    inner = graph.linear(inner, *_parameters(layer.fall))
    return _norm(graph, graph.operation("Add", inner, states), layer.output_norm)


def _norm(graph: GraphBuilder, values: str, norm: nn.LayerNorm) -> str:
    return graph.norm(values, _array(norm.weight), _array(norm.bias), EPSILON)


def _parameters(module: nn.Linear) -> tuple[Weights, Weights]:
    return _array(module.weight), _array(module.bias)


def _array(tensor: Tensor) -> Weights:
    array: Weights = tensor.detach().numpy().astype(np.float32)
    return array
