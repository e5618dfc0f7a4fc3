"""How well a model finds the annotated statements of a folder: own measure, in words, with one-to-one alignment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.article import Span
from onrecord.language.attribution import Attribution, AttributionModel
from onrecord.language.attribution.words import WORD
from onrecord.training.corpus import ROLES, AnnotatedArticle, GoldStatement, read_corpus

_LEAST_COVER = 0.5


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each between 0 and 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Tally:
    """Counts over articles. A statement is found if at least half of its gold content's words are predicted; whole, if
    its source overlaps as well (or both have none); overlap counts the shared words of all roles of aligned pairs."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    whole: int = 0
    shared_words: int = 0
    gold_words: int = 0
    predicted_words: int = 0

    def add(self, text: str, gold: Sequence[GoldStatement], predicted: Sequence[Attribution]) -> None:
        """Count one article."""
        starts = [match.span() for match in WORD.finditer(text)]
        right = [_Words.of(statement, starts) for statement in gold]
        guessed = [_Words.of(statement, starts) for statement in predicted]
        self.gold += len(right)
        self.predicted += len(guessed)
        self.gold_words += sum(words.size for words in right)
        self.predicted_words += sum(words.size for words in guessed)
        for answer, guess in _aligned(right, guessed):
            self.shared_words += sum(len(answer.role(role) & guess.role(role)) for role in ROLES)
            self.found += answer.is_found_by(guess)
            self.whole += answer.is_whole_in(guess)

    def scores(self) -> dict[str, Score]:
        """By name: found, whole, overlap."""
        return {
            "found": Score(_share(self.found, self.predicted), _share(self.found, self.gold)),
            "whole": Score(_share(self.whole, self.predicted), _share(self.whole, self.gold)),
            "overlap": Score(
                _share(self.shared_words, self.predicted_words), _share(self.shared_words, self.gold_words)
            ),
        }

    def table(self) -> str:
        """The scores in percent, one measure a line."""
        lines = [f"{self.gold} annotated, {self.predicted} predicted statements", f"{'':10}{'P':>7}{'R':>7}{'F1':>7}"]
        for name, score in self.scores().items():
            lines.append(f"{name:10}{100 * score.precision:7.1f}{100 * score.recall:7.1f}{100 * score.f1:7.1f}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Words:
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]

    @classmethod
    def of(cls, statement: GoldStatement | Attribution, words: Sequence[tuple[int, int]]) -> _Words:
        return cls(*(frozenset(_covered(getattr(statement, role), words)) for role in ROLES))

    def role(self, name: str) -> frozenset[int]:
        words: frozenset[int] = getattr(self, name)
        return words

    @property
    def size(self) -> int:
        return len(self.source) + len(self.cue) + len(self.content)

    def is_found_by(self, guess: _Words) -> bool:
        return bool(self.content) and len(self.content & guess.content) >= _LEAST_COVER * len(self.content)

    def is_whole_in(self, guess: _Words) -> bool:
        agree = bool(self.source & guess.source) if self.source else not guess.source
        return agree and self.is_found_by(guess)

    def likeness(self, guess: _Words) -> float:
        return _share(len(self.content & guess.content), len(self.content | guess.content))


def _covered(spans: Iterable[Span], words: Sequence[tuple[int, int]]) -> Iterator[int]:
    for span in spans:
        number = bisect_right(words, span.start, key=lambda word: word[1])
        while number < len(words) and words[number][0] < span.end:
            yield number
            number += 1


def _aligned(right: Sequence[_Words], guessed: Sequence[_Words]) -> Iterator[tuple[_Words, _Words]]:
    """Pairs of like content, the likeliest first, each statement once."""
    pairs = [
        (answer.likeness(guess), -row, -column)
        for row, answer in enumerate(right)
        for column, guess in enumerate(guessed)
        if answer.content & guess.content
    ]
    rows, columns = set(), set()
    for _, row, column in sorted(pairs, reverse=True):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield right[-row], guessed[-column]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def evaluate(
    folder: Path, model: AttributionModel | None = None, only: Sequence[str] = (), threshold: float | None = None
) -> Tally:
    """Run a model, by default the shipped one, over an annotated folder; `.table()` of the result is for people.

    `only` keeps the articles whose name contains one of these strings. Raises `ResourceError` if there are no texts.
    """
    model = model or AttributionModel.load()
    tally = Tally()
    for article in chosen(read_corpus(folder), only):
        predicted = model.attribute(article.text, article.passages, threshold)
        tally.add(article.text, article.statements, predicted)
    return tally


def chosen(articles: Iterable[AnnotatedArticle], only: Sequence[str]) -> list[AnnotatedArticle]:
    """The articles whose name contains one of the strings; all where there are none."""
    return [article for article in articles if not only or any(part in article.id for part in only)]
