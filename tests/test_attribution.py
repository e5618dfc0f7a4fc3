"""The attribution model: words, quotation state, decoding, quotation rules and the shipped model on invented news."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Span
from onrecord.errors import ResourceError
from onrecord.language import attribution
from onrecord.language.attribution import Attribution, AttributionModel
from onrecord.language.attribution.decoding import Candidate, Reading, best_chains, resolve
from onrecord.language.attribution.quotations import complete, quotations_of
from onrecord.language.attribution.runtime import ENCODER, SETTINGS, STATEMENT, VOCABULARY
from onrecord.language.attribution.windows import CONTENT, CUE, OTHER, SOURCE, stretches_of, windows_of
from onrecord.language.attribution.words import Mark, WordPieces, Words, features_of, words_of

SHIPPED = Path(attribution.__file__).parent
NEWS = (
    "Grid company warns of late cable\n"
    'The North Sea cable will not open before May, the grid company Norvolt said on Tuesday. "We lost a whole winter '
    'to the storms," chief executive Ann Lindqvist told reporters. "The ships could not leave port."\n'
    "According to the energy ministry, the delay costs 40 million euros. Fishermen were in the harbour at noon.\n"
)


@pytest.fixture(scope="module")
def model() -> AttributionModel:
    return AttributionModel.load()


def passages(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans


def words(text: str) -> Words:
    return words_of(text, Span(0, len(text)))


def texts(spans: tuple[Span, ...], text: str) -> list[str]:
    return [span.of(text) for span in spans]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('He said "yes" twice', [Mark.OPENS, Mark.CLOSES]),
        ('("We agree," she said)', [Mark.OPENS, Mark.CLOSES]),
        ('it is 24" wide', [Mark.CLOSES]),
        ('over," he said. "And', [Mark.CLOSES, Mark.OPENS]),
        ("He said “yes” twice", [Mark.OPENS, Mark.CLOSES]),
        ("He said ``yes'' twice", [Mark.OPENS, Mark.CLOSES]),
        ('a " b', [Mark.TOGGLES]),
    ],
)
def test_a_straight_mark_opens_or_closes_by_its_neighbours(text: str, marks: list[Mark]) -> None:
    """A mark after a space and before a word opens; the mirrored case closes; curly marks say it themselves."""
    assert [mark for mark in words(text).marks if mark] == marks


def test_quotation_state_starts_anew_in_each_passage_and_outlives_a_missing_mark() -> None:
    """An unclosed quotation lasts to the end of its passage and not beyond it."""
    text = 'He said "we go\nThey went'
    first, second = (words_of(text, passage) for passage in passages(text))
    inside = [feature % 4 for feature in features_of(first.surfaces, first.marks)]
    assert inside == [0, 0, Mark.OPENS, 1, 1]
    assert [feature % 4 for feature in features_of(second.surfaces, second.marks)] == [0, 0]


def test_invisible_characters_belong_to_no_word() -> None:
    """Zero-width characters neither become words nor shift the offsets of others."""
    text = "Nor\u200bvolt\u200e said"
    assert [span.of(text) for span in words(text).spans] == ["Nor", "volt", "said"]


def test_typographic_and_typewriter_marks_have_the_same_pieces() -> None:
    """Curly marks and long dashes are read as straight marks and hyphens."""
    pieces = WordPieces((SHIPPED / VOCABULARY).read_text(encoding="utf-8").split("\n"))
    for variants in ('"“”', "'’‘", "-–—"):
        assert len({pieces.of(mark) for mark in variants}) == 1
    assert pieces.of("“") != (pieces.unknown,)


@given(st.lists(st.integers(1, 40), max_size=60))
def test_stretches_and_windows_keep_every_word_once_and_in_order(sizes: list[int]) -> None:
    """However long a passage, each word lies in one window, and no window is longer than the encoder reads."""
    marks = WordPieces(["[PAD]", "[CLS]", "[SEP]", "[UNK]", "a"])
    stretches = list(stretches_of(7, [(4,) * size for size in sizes], [0] * len(sizes)))
    windows = windows_of(stretches, marks)
    placed = [place for window in windows for place in window.stretches]
    numbers = [place.first + word for place in placed for word in range(len(place.positions))]
    assert numbers == list(range(7, 7 + len(sizes)))
    assert all(len(window.pieces) <= 256 for window in windows)


@settings(max_examples=25)
@given(st.integers(1, 6), st.integers(0, 10_000))
def test_the_best_chain_is_the_best_of_all_chains(length: int, seed: int) -> None:
    """Viterbi agrees with trying every chain, also beside a longer chain."""
    chance = np.random.default_rng(seed)
    emissions = chance.normal(size=(length, 4)).astype(np.float32)
    transitions = chance.normal(size=(4, 4)).astype(np.float32)

    def score(chain: tuple[int, ...]) -> float:
        own = sum(float(emissions[place, label]) for place, label in enumerate(chain))
        return own + sum(float(transitions[pair]) for pair in itertools.pairwise(chain))

    longer = chance.normal(size=(9, 4)).astype(np.float32)
    found = best_chains([emissions, longer], transitions)[0]
    assert score(found) == pytest.approx(max(map(score, itertools.product(range(4), repeat=length))), abs=1e-4)


def candidate(head: int, labels: str, logit: float) -> Candidate:
    codes = {".": OTHER, "s": SOURCE, "q": CUE, "c": CONTENT}
    return Candidate(head, 0, tuple(codes[letter] for letter in labels), (logit, logit))


def test_the_stronger_statement_takes_its_words_first() -> None:
    """A rival within the content of a stronger statement falls; one that only shares its edge gives the words up."""
    strong, nested, edge = candidate(1, "sqcccc....", 3), candidate(3, "..cqc.....", 2), candidate(9, ".....cccsq", 1)
    readings = resolve([edge, nested, strong], 0.5, 0.5)
    assert [reading.head for reading in readings] == [1, 9]
    assert readings[1].content == {6, 7}


def test_no_statement_without_content_or_below_the_threshold() -> None:
    """A cue alone says nothing, and a doubtful statement is not published."""
    assert resolve([candidate(1, "sq..", 5)], 0.5, 0.5) == []
    assert resolve([candidate(1, "sqcc", -1)], 0.5, 0.5) == []


def reading(head: int, content: range, source: range = range(0)) -> Reading:
    return Reading(head, frozenset(source), frozenset([head]), frozenset(content), 0.9)


def test_a_quotation_that_is_half_content_is_all_content() -> None:
    """The rest of a closed quotation joins the statement that has most of it, unless another statement has a part."""
    quote = words('"We built it and they came late" he said')
    assert complete([reading(10, range(6))], [quote])[0].content == set(range(9))
    assert complete([reading(10, range(3))], [quote])[0].content == set(range(3))
    rival = reading(7, range(8, 9))
    assert complete([reading(10, range(6)), rival], [quote])[0].content == set(range(6))


def test_speech_right_after_its_statement_belongs_to_it() -> None:
    """A second quotation after the cue is a second piece of content, not a statement without a cue."""
    quote = words('"We agree," Lee said. "The rest is open to talks."')
    completed = complete([reading(6, range(5), range(5, 6))], [quote])
    assert completed[0].content == set(range(5)) | set(range(8, len(quote)))


def test_a_quotation_left_open_goes_on_in_the_next_passage() -> None:
    """Where a paragraph ends inside a quotation and the next opens with a mark, both are one statement."""
    text = 'Lee said: "We agree.\n"The rest is open," the paper wrote.'
    parts = [words_of(text, passage) for passage in passages(text)]
    completed = complete([reading(1, range(3, 7), range(1))], parts)
    assert completed[0].content == set(range(3, 14))
    closed = text.replace("agree.", 'agree."')
    parts = [words_of(closed, passage) for passage in passages(closed)]
    assert complete([reading(1, range(3, 8), range(1))], parts)[0].content == set(range(3, 8))


def test_an_unclosed_mark_makes_one_quotation_to_the_end_of_the_passage() -> None:
    """Quotations are read per passage; odd marks make neither errors nor quotations over a break."""
    text = 'one "two three\nfour" five'
    found = quotations_of([words_of(text, passage) for passage in passages(text)])
    assert [(each.first, each.last, each.closed) for each in found] == [(1, 3, False)]


def test_the_model_finds_who_said_what(model: AttributionModel) -> None:
    """Direct, indirect and document sources of an invented article come with their exact words."""
    found = {tuple(texts(each.source, NEWS)): each for each in model.attribute(NEWS, passages(NEWS))}
    assert any("Norvolt" in source for sources in found for source in sources)
    chief = next(each for sources, each in found.items() if any("Lindqvist" in source for source in sources))
    assert chief.anchor.of(NEWS) == "told"
    assert '"We lost a whole winter to the storms,"' in texts(chief.content, NEWS)
    assert any("ships could not leave" in content for content in texts(chief.content, NEWS))
    ministry = next(each for sources, each in found.items() if any("ministry" in source for source in sources))
    assert "According" in " ".join(texts(ministry.cue, NEWS))


def check_spans(found: tuple[Attribution, ...], text: str, allowed: list[Span]) -> None:
    for each in found:
        assert each.content
        assert each.cue
        assert 0 <= each.probability <= 1
        for span in (*each.source, *each.cue, *each.content, each.anchor):
            assert span.of(text) == span.of(text).strip()
            assert any(span in passage for passage in allowed)


def test_spans_are_trimmed_and_lie_within_passages(model: AttributionModel) -> None:
    """No span has white space at its ends, reaches over a line break or out of the passages; cues come in order."""
    found = model.attribute(NEWS, passages(NEWS))
    check_spans(found, NEWS, passages(NEWS))
    assert [each.anchor for each in found] == sorted(each.anchor for each in found)
    body = passages(NEWS)[2:]
    check_spans(model.attribute(NEWS, body), NEWS, body)


def test_an_article_alone_gives_what_it_gives_among_others(model: AttributionModel) -> None:
    """Nothing of an earlier article leaks into the next, whatever the order."""
    others = [NEWS.replace("Tuesday", day) for day in ("Monday", "Friday")]
    alone = AttributionModel.load().attribute(NEWS, passages(NEWS))
    for other in others:
        model.attribute(other, passages(other))
    assert model.attribute(NEWS, passages(NEWS)) == alone


def test_a_higher_threshold_keeps_fewer_and_surer_statements(model: AttributionModel) -> None:
    """The threshold of a call replaces the model's own."""
    loose, strict = (model.attribute(NEWS, passages(NEWS), threshold) for threshold in (0.2, 0.9))
    assert len(strict) <= len(loose)
    assert all(each.probability >= 0.9 for each in strict)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        '"" "" " “” ”“ \'\' ``',
        "!?.,;:--- ... ***",
        "قال الوزير إن الخط سيفتح غدا",
        "\u200b\u200e\ufeff",
        "🚀🚀 said 🚀",
        "Ann said\x00 it is late\x07.",
        "x" * 5000,
        "\ud800 said so",
    ],
)
def test_odd_texts_do_not_crash(model: AttributionModel, text: str) -> None:
    """Empty, unprintable and foreign texts give statements with sound spans, or none."""
    allowed = [Span(0, len(text))] if text else []
    check_spans(model.attribute(text, allowed), text, allowed)


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab Z9\"“”'.,-\u200b\xa0é said he told"), min_size=1, max_size=120))
def test_any_text_gives_sound_spans(text: str) -> None:
    """Whatever the marks and spaces, spans stay exact."""
    check_spans(LOADED.attribute(text, [Span(0, len(text))], 0.05), text, [Span(0, len(text))])


LOADED = AttributionModel.load()


def test_a_long_line_is_cut_not_refused(model: AttributionModel) -> None:
    """One line of many windows is read to its end."""
    line = " ".join(["The pipe is old."] * 400 + ['"It leaks," Ann Lee told reporters.'])
    found = model.attribute(line, [Span(0, len(line))])
    assert any("Ann Lee" in texts(each.source, line) for each in found)


@pytest.mark.parametrize("part", [ENCODER, STATEMENT, VOCABULARY, SETTINGS])
def test_a_missing_or_damaged_file_is_named_with_the_way_out(tmp_path: Path, part: str) -> None:
    """A model folder that is not the exported one is refused before anything is read with it."""
    for name in (ENCODER, STATEMENT, VOCABULARY, SETTINGS):
        shutil.copyfile(SHIPPED / name, tmp_path / name)
    (tmp_path / part).write_bytes(b"{}")
    with pytest.raises(ResourceError, match=f"{part}.*(damaged|not the settings).*again"):
        AttributionModel.load(tmp_path)
    (tmp_path / part).unlink()
    with pytest.raises(ResourceError, match=f"{part}.*cannot be read"):
        AttributionModel.load(tmp_path)


def test_the_fingerprint_changes_with_the_settings(tmp_path: Path, model: AttributionModel) -> None:
    """Another threshold is another model."""
    for name in (ENCODER, STATEMENT, VOCABULARY, SETTINGS):
        shutil.copyfile(SHIPPED / name, tmp_path / name)
    assert AttributionModel.load(tmp_path).fingerprint == model.fingerprint
    changed = json.loads((tmp_path / SETTINGS).read_text()) | {"threshold": 0.77}
    (tmp_path / SETTINGS).write_text(json.dumps(changed))
    other = AttributionModel.load(tmp_path)
    assert other.threshold == 0.77
    assert other.fingerprint != model.fingerprint


def test_importing_attribution_loads_neither_runtime_nor_torch_nor_spacy() -> None:
    """The import is cheap: what is heavy is loaded with a model, or not at all."""
    code = "import sys, onrecord.language.attribution; print(*{'onnxruntime', 'torch', 'spacy'} & set(sys.modules))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=SHIPPED.parents[2])
    assert done.stdout.strip() == ""
