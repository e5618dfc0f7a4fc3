"""The article as read: its text is final, and every offset in the project counts in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points [start, end) in an article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or negative")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Article:
    """One news article.

    `text` is the untouched decoded input. `title` and `paragraphs` are spans of it; a paragraph is a line of the body
    without its line break and without the dateline that names the agency. `source` is the input's file name or URL.
    """

    source: str
    text: str
    title: Span | None
    paragraphs: tuple[Span, ...]
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    publisher_span: Span | None = None

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal digits; it is also the article's version."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def headline(self) -> str:
        """The title's words, or nothing."""
        return self.title.of(self.text) if self.title else ""

    @property
    def passages(self) -> tuple[Span, ...]:
        """Title and paragraphs in reading order: the units that the language components read one by one."""
        return (self.title, *self.paragraphs) if self.title else self.paragraphs
