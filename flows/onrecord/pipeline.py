"""The stages in a row: article, document, graph, proof, Turtle. Pure once it is opened: no I/O and no clock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from onrecord import __version__, resources
from onrecord.article import Article
from onrecord.document import Document
from onrecord.graph import Extractor, article_id, build, text_triple
from onrecord.identity import Authority, identify
from onrecord.language.attribution import AttributionModel
from onrecord.language.names import NameFinder
from onrecord.language.understanding import Understanding
from onrecord.settings import Settings
from onrecord.turtle import serialize
from onrecord.validation import Report, Rules, validate

# Packages whose version may change what is extracted.
_DEPENDENCIES = ("spacy", "onnxruntime", "numpy")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article: its understanding, its graph as Turtle, and the report of its validation."""

    article_id: str
    article: Article
    document: Document
    turtle: str
    report: Report


@dataclass(frozen=True)
class Pipeline:
    """Everything loaded once: language, rules, and the settings that shape a graph."""

    understanding: Understanding
    extractor: Extractor
    settings: Settings

    @classmethod
    def open(cls, settings: Settings) -> Pipeline:
        """Load names, model and authority; raises ResourceError naming what is missing."""
        authority = Authority.load(resources.folder("ontology") / "authority")
        names = NameFinder.load(settings.language_model)
        model = AttributionModel.load()
        extractor = Extractor(
            version=__version__,
            code=code_fingerprint(),
            model=model.fingerprint,
            ontology=folder_fingerprint(resources.folder("ontology"), "*.ttl"),
            authority=authority.fingerprint,
            language_model="; ".join([names.description, *(f"{each} {version(each)}" for each in _DEPENDENCIES)]),
        )
        return cls(Understanding(names, model, authority, settings.threshold), extractor, settings)

    @cached_property
    def rules(self) -> Rules:
        """The shapes, loaded when the first graph is validated."""
        return Rules.load(resources.folder("shapes"), self.settings.engine)

    def understand(self, article: Article) -> Document:
        """What the article says, each part with its span and each actor and project with its IRI."""
        return identify(self.understanding.read(article), base=self.settings.base)

    def process(self, article: Article) -> Outcome:
        """Understand, map and prove one article; the outcome depends on nothing but the article and the extractor."""
        document = self.understand(article)
        triples = build(document, self.extractor, base=self.settings.base)
        text = text_triple(article, base=self.settings.base)
        report = validate([*triples, text], self.rules)
        published = [*triples, text] if self.settings.with_text else triples
        iri = f"{self.settings.base}article/{article_id(article)}"
        return Outcome(article_id(article), article, document, serialize(published, base=iri), report)


def folder_fingerprint(folder: Path, pattern: str) -> str:
    """SHA-256 over the names and bytes of a folder's files, its subfolders included."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob(pattern), key=lambda path: path.relative_to(folder).as_posix()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def code_fingerprint() -> str:
    """SHA-256 over the package's own modules."""
    return folder_fingerprint(resources.PACKAGE, "*.py")
