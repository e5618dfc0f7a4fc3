"""From scores to statements: the best label chain for each cue, and which of the rival statements stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
import numpy.typing as npt

from onrecord.language.attribution.windows import CONTENT, CUE, LABELS, SOURCE

Floats = npt.NDArray[np.float32]

_LEAST_SHARE_LEFT = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible statement in word numbers of the article: `labels` holds one label a word from word `first` on.

    `logits` are the two answers to whether its head is a cue, before and after the labelling.
    """

    head: int
    first: int
    labels: tuple[int, ...]
    logits: tuple[float, float]

    def words(self, label: int) -> set[int]:
        """Numbers of the words with this label; the cue's head is always cue and nothing else."""
        words = {self.first + number for number, found in enumerate(self.labels) if found == label}
        return words | {self.head} if label == CUE else words - {self.head}

    def probability(self, mix: float) -> float:
        """Logistic of both logits, the second weighted by `mix`; rounded to two places, as it is published."""
        score = (1 - mix) * self.logits[0] + mix * self.logits[1]
        return round(1 / (1 + exp(-max(-30.0, min(30.0, score)))), 2)


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement that stands, in word numbers of the article."""

    head: int
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    probability: float


def best_chains(emissions: Sequence[Floats], transitions: Floats) -> list[tuple[int, ...]]:
    """Viterbi over all chains at once; each item holds the label scores of one chain's words, at least one word."""
    longest = max(map(len, emissions), default=0)
    scores = np.zeros((len(emissions), longest, LABELS), dtype=np.float32)
    for row, chain in enumerate(emissions):
        scores[row, : len(chain)] = chain
    back = np.zeros(scores.shape, dtype=np.int8)
    for place in range(1, longest):
        step = scores[:, place - 1, :, None] + transitions
        back[:, place] = step.argmax(1)
        scores[:, place] += step.max(1)
    return [_trace(scores[row, len(chain) - 1], back[row, : len(chain)]) for row, chain in enumerate(emissions)]


def _trace(last: Floats, back: npt.NDArray[np.int8]) -> tuple[int, ...]:
    chain = [int(last.argmax())]
    for pointers in back[:0:-1].tolist():
        chain.append(pointers[chain[-1]])
    return tuple(reversed(chain))


def resolve(candidates: Iterable[Candidate], threshold: float, mix: float) -> list[Reading]:
    """Let the strongest statement take its words first; a rival whose cue or most of whose content is taken falls.

    Candidates below the threshold or without content make no statement. Sorted by the cue's head.
    """
    readings: list[Reading] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda each: (-each.probability(mix), -sum(each.logits), each.head)):
        content, cue = candidate.words(CONTENT), candidate.words(CUE)
        left = content - taken
        if candidate.probability(mix) < threshold or not content or cue & taken:
            continue
        if len(left) < _LEAST_SHARE_LEFT * len(content):
            continue
        taken |= left | cue
        source = frozenset(candidate.words(SOURCE))
        reading = Reading(candidate.head, source, frozenset(cue), frozenset(left), candidate.probability(mix))
        readings.append(reading)
    return sorted(readings, key=lambda reading: reading.head)
