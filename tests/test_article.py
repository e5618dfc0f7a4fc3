"""Spans and articles: half-open ranges of code points in a text that never changes."""

from __future__ import annotations

import hashlib

import pytest

from onrecord.article import Article, Span

TEXT = "Talks resume\nThe minister said so.\n"


def test_span_covers_its_words() -> None:
    """A span is half-open and counts code points."""
    assert Span(0, 5).of("naïve 😀") == "naïve"
    assert Span(6, 7).of("naïve 😀") == "😀"
    assert len(Span(2, 7)) == 5


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_span_refuses_what_is_no_range(start: int, end: int) -> None:
    """An empty, reversed or negative range is no span."""
    with pytest.raises(ValueError, match=r"empty or negative"):
        Span(start, end)


def test_spans_hold_and_meet() -> None:
    """A span holds those within it; touching spans share nothing."""
    assert Span(3, 5) in Span(3, 9)
    assert Span(3, 10) not in Span(3, 9)
    assert Span(0, 4).overlaps(Span(3, 9))
    assert not Span(0, 3).overlaps(Span(3, 9))


def test_fingerprint_is_the_hash_of_the_text() -> None:
    """Holders of the text can check an article by the SHA-256 of its UTF-8 bytes."""
    article = Article("a.txt", TEXT, Span(0, 12), (Span(13, 34),))
    assert article.fingerprint == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.fingerprint != Article("a.txt", TEXT + " ", None, ()).fingerprint


def test_passages_are_title_and_paragraphs() -> None:
    """The units that are read one by one are the title, if any, and each paragraph."""
    article = Article("a.txt", TEXT, Span(0, 12), (Span(13, 34),))
    assert article.headline == "Talks resume"
    assert article.passages == (Span(0, 12), Span(13, 34))
    assert Article("a.txt", TEXT, None, (Span(13, 34),)).passages == (Span(13, 34),)
