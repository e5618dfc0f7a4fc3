"""Quotation marks are evidence, not brackets that must balance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Span
from onrecord.document import Mode
from onrecord.language.quotes import mode, quoted


def inside(text: str) -> list[str]:
    return [span.of(text) for span in quoted(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said „ja“.", ["ja“."]),
        ("He said “yes, and then left.", ["yes, and then left."]),
        ('A 24" pipe and a "big" one.', ["big"]),
        ("Minister ‘making it up’ on pipeline", ["making it up"]),
        ("The workers' union and the firm's boss", []),
        ("no marks", []),
    ],
)
def test_quotations_survive_odd_marks(text: str, quotations: list[str]) -> None:
    """Curly, straight, unclosed and single marks give what a reader sees as quoted."""
    assert inside(text) == quotations


@given(st.text(alphabet="ab “”\"'‘’.\n", min_size=1))
def test_any_marks_give_spans_within_the_text(text: str) -> None:
    """No order of marks breaks the reader or gives a span outside the passage."""
    for span in quoted(text, Span(0, len(text))):
        assert 0 <= span.start < span.end <= len(text)


def test_mode_counts_words_not_marks() -> None:
    """A content without words inside marks is indirect, though it holds a mark."""
    text = "it was “late”"
    quotations = quoted(text, Span(0, len(text)))
    assert mode(text, [Span(0, 6)], quotations) is Mode.INDIRECT
    assert mode(text, [Span(0, len(text))], quotations) is Mode.MIXED
    assert mode(text, [Span(7, len(text))], quotations) is Mode.DIRECT
