"""Cues: attitude, polarity and certainty of a statement."""

from __future__ import annotations

import pytest

from onrecord.document import Attitude, Certainty
from onrecord.language import cues


@pytest.mark.parametrize(
    ("cue", "anchor", "attitude"),
    [
        ("said", "said", Attitude.ASSERTION),
        ("has denied", "denied", Attitude.DENIAL),
        ("declined to comment", "declined", Attitude.REFUSAL),
        ("accused", "accused", Attitude.ACCUSATION),
        ("urged", "urged", Attitude.REQUEST),
        ("called for", "called", Attitude.REQUEST),
        ("called", "called", Attitude.ASSERTION),
        ("believes", "believes", Attitude.BELIEF),
        ("planned", "planned", Attitude.INTENTION),
        ("said it planned", "said", Attitude.ASSERTION),
        ("voted", "voted", Attitude.ACT),
        ("known as", "known", Attitude.ACT),
        ("Asked about", "Asked", Attitude.ACT),
        ("endorsed by", "endorsed", Attitude.ENDORSEMENT),
    ],
)
def test_the_head_word_shows_the_attitude(cue: str, anchor: str, attitude: Attitude) -> None:
    """Each attitude has its verbs; a verb of saying outweighs a plan or an act."""
    assert cues.attitude(cue, anchor, "that it rained") is attitude


@pytest.mark.parametrize(
    ("cue", "negated"), [("said", False), ("did not say", True), ("denied", True), ("did not deny", False)]
)
def test_two_negations_cancel_out(cue: str, negated: bool) -> None:
    """A denial or a negated cue is negative, both together are not."""
    assert cues.negated(cue) is negated


@pytest.mark.parametrize(
    ("cue", "content", "certainty"),
    [
        ("said", "the line will open", Certainty.CERTAIN),
        ("said", "the line may open", Certainty.POSSIBLE),
        ("said", "the line opens as soon as possible", Certainty.CERTAIN),
        ("expects", "the line to open", Certainty.PROBABLE),
        ("alleged", "the line is unsafe", Certainty.UNSPECIFIED),
    ],
)
def test_certainty_is_that_of_the_source(cue: str, content: str, certainty: Certainty) -> None:
    """How sure the source shows itself, by the cue and by the modal verbs of the content."""
    assert cues.certainty(cue, content) is certainty


def test_a_wish_not_to_be_named_is_no_statement() -> None:
    """`asked not to be named` tells about the source, not what it says."""
    assert cues.attitude("asked", "asked", "not to be named because the talks are private") is Attitude.ACT
