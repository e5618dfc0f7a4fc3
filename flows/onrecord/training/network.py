"""The attribution network in torch: shared layers, a pass that finds cues, a pass that labels a passage for one cue."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.language.attribution.windows import FARTHEST, LABELS
from onrecord.language.attribution.words import FEATURES

WIDTH = 384
HEADS = 12
SHARED_LAYERS = 4
OWN_LAYERS = 2
POSITIONS = 512
EPSILON = 1e-12

_INNER = 1536
_CLOSED = -1e4
_RARE_CUE = -3.0


class Layer(nn.Module):
    """One BERT encoder layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.merge = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.rise, self.fall = nn.Linear(WIDTH, _INNER), nn.Linear(_INNER, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.output_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        rows, length = states.shape[0], states.shape[1]
        query, key, value = (
            part(states).reshape(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(rows, length, WIDTH)
        states = self.attention_norm(states + self.dropout(self.merge(mixed)))
        inner = self.fall(functional.gelu(self.rise(states)))
        output: Tensor = self.output_norm(states + self.dropout(inner))
        return output


class AttributionNetwork(nn.Module):
    """`encode` reads windows once and scores every piece as a cue; `condition` labels the crop around one cue."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        self.embedding_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.shared = nn.ModuleList(Layer(dropout) for _ in range(SHARED_LAYERS))
        self.finding = nn.ModuleList(Layer(dropout) for _ in range(OWN_LAYERS))
        self.labelling = nn.ModuleList(Layer(dropout) for _ in range(OWN_LAYERS))
        self.is_cue, self.flat_label = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, LABELS)
        self.anchor, self.distances = nn.Linear(WIDTH, WIDTH), nn.Embedding(2 * FARTHEST + 1, WIDTH)
        self.crop_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.label, self.confirms = nn.Linear(WIDTH, LABELS), nn.Linear(WIDTH, 1)
        self.transitions = nn.Parameter(torch.eye(LABELS))
        self.pieces.weight.requires_grad_(False)

    def start_heads(self) -> None:
        """Give the parts that the base model lacks their starting values."""
        nn.init.zeros_(self.features.weight)
        nn.init.normal_(self.distances.weight, std=0.02)
        nn.init.normal_(self.anchor.weight, std=0.02)
        nn.init.zeros_(self.anchor.bias)
        nn.init.constant_(self.is_cue.bias, _RARE_CUE)

    def encode(self, pieces: Tensor, features: Tensor, real: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """States [rows, length, width], cue logits [rows, length], flat label logits [rows, length, labels]."""
        embedded = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.features(features)
        states, mask = self.dropout(self.embedding_norm(embedded)), _mask(real)
        for layer in self.shared:
            states = layer(states, mask)
        found = states
        for layer in self.finding:
            found = layer(found, mask)
        return states, self.is_cue(found).squeeze(-1), self.flat_label(found)

    def condition(self, states: Tensor, distances: Tensor, anchors: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """Label logits [crops, length, labels] and the second cue logit [crops] for crops of the shared states."""
        at_anchor = anchors[:, None, None].expand(-1, 1, WIDTH)
        hint = self.anchor(torch.gather(states, 1, at_anchor))
        labelled, mask = self.crop_norm(states + hint + self.distances(distances)), _mask(real)
        for layer in self.labelling:
            labelled = layer(labelled, mask)
        confirmed = self.confirms(torch.gather(labelled, 1, at_anchor).squeeze(1))
        return self.label(labelled), confirmed.squeeze(-1)


def _mask(real: Tensor) -> Tensor:
    return (1.0 - real.float())[:, None, None, :] * _CLOSED
