"""Articles to graphs, in this process or in several: what crosses between them is small and plain."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import platform
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import __version__, resources
from onrecord.article import Article
from onrecord.errors import OnRecordError, ResourceError
from onrecord.ledger import Outcome
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord import pipeline
    from onrecord.validation import Report

# Packages outside this one that may change what is found or how it is judged.
_DEPENDENCIES = ("spacy", "onnxruntime", "numpy", "pyshacl", "pyshacl-turbo", "rdflib")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was found in an article."""

    actors: int
    statements: int
    projects: int
    events: int


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one input: which article it gave, and why where that needs a reason."""

    source: str
    outcome: Outcome
    article: str | None = None
    reason: str = ""
    headline: str = ""
    counts: Counts | None = None

    def with_outcome(self, outcome: Outcome, reason: str) -> Result:
        """The same input with another end."""
        return replace(self, outcome=outcome, reason=reason)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that was read and has to be processed; `key` and `digest` name the input and its bytes."""

    key: str
    digest: str
    article: Article


@dataclass(frozen=True, slots=True)
class Processed:
    """A graph ready to be placed, with the result that it will have unless another input gave the same article."""

    key: str
    digest: str
    result: Result
    published: date | None = None
    text_sha256: str = ""
    turtle: str = ""
    report: str = ""
    extractor: str = ""


Item = Result | Reading | Processed


class Done:
    """A promise that is kept already."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self._items = items

    def result(self) -> tuple[Item, ...]:
        """The items."""
        return self._items


class InPool:
    """A promise of a worker process."""

    def __init__(self, future: Future[tuple[Item, ...]]) -> None:
        self._future = future

    def result(self) -> tuple[Item, ...]:
        """Wait for the items. Raises ResourceError where the worker is gone."""
        try:
            return self._future.result()
        except BrokenProcessPool:
            reason = "a worker process was killed, perhaps for want of memory: use fewer --workers"
            raise ResourceError(reason) from None


class Processor:
    """The pipeline, opened when the first article needs it: here for one worker, else in a pool of processes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pool: ProcessPoolExecutor | None = None

    def process(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Process the readings among the items and pass on the others. Raises ResourceError."""
        return self.submit(items).result()

    def submit(self, items: tuple[Item, ...]) -> InPool | Done:
        """Begin to process; with one worker it is done on return."""
        if not any(isinstance(item, Reading) for item in items):
            return Done(items)
        if self._settings.workers == 1:
            return Done(process_items(self._settings, items))
        return InPool(self._processes().submit(process_items, self._settings, items))

    def close(self) -> None:
        """End the processes; what they have not begun is dropped."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def _processes(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # A fork of a process with threads (Prefect's) may hang, so each worker starts afresh.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._settings.workers, mp_context=context, initializer=_end_with_parent)
        return self._pool


def process_items(settings: Settings, items: Sequence[Item]) -> tuple[Item, ...]:
    """Process each reading by itself: what fails on one article is that article's result."""
    opened = pipeline_for(settings)
    return tuple(_processed(opened, item) if isinstance(item, Reading) else item for item in items)


def fingerprint(settings: Settings, published: date | None) -> str:
    """SHA-256 over all that decides an input's outcome besides its bytes; cheap, since nothing is loaded for it."""
    digest = hashlib.sha256()
    for folder in (resources.PACKAGE, resources.folder("ontology"), resources.folder("shapes")):
        for file in sorted(_contents(folder)):
            digest.update(f"{file.relative_to(folder).as_posix()}\0{sha256(file.read_bytes())}\n".encode())
    parts = [f"{name} {each}" for name, each in versions(settings).items()]
    chosen = (settings.base, settings.threshold, settings.with_text, published)
    digest.update("\n".join([*parts, *map(str, chosen)]).encode())
    return digest.hexdigest()


def versions(settings: Settings) -> dict[str, str]:
    """The version of each package that may change what is found or how it is judged, this one included."""
    names = ("onrecord", *_DEPENDENCIES, settings.language_model.replace("_", "-"))
    return {"python": platform.python_version(), **{name: _version(name) for name in names}}


def sha256(data: bytes) -> str:
    """The hash in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@cache
def pipeline_for(settings: Settings) -> pipeline.Pipeline:
    """The pipeline, opened once in a process, since it loads spaCy and the model. Raises ResourceError."""
    from onrecord.pipeline import Pipeline

    return Pipeline.open(settings)


def _processed(opened: pipeline.Pipeline, reading: Reading) -> Processed:
    try:
        outcome = opened.process(reading.article)
    except ResourceError:
        raise
    except OnRecordError as error:
        return _failed(reading, str(error))
    except Exception as error:
        return _failed(reading, f"cannot be processed ({type(error).__name__}: {error}): this is a fault of onrecord")
    return Processed(
        key=reading.key,
        digest=reading.digest,
        result=_result(outcome),
        published=reading.article.published,
        text_sha256=reading.article.fingerprint,
        turtle=outcome.turtle,
        report="" if outcome.report.conforms else outcome.report.turtle(),
        extractor=opened.extractor.fingerprint[:16],
    )


def _failed(reading: Reading, reason: str) -> Processed:
    return Processed(reading.key, reading.digest, Result(reading.article.source, Outcome.REJECTED, reason=reason))


def _result(outcome: pipeline.Outcome) -> Result:
    document, article = outcome.document, outcome.article
    conforms = outcome.report.conforms
    return Result(
        source=article.source,
        outcome=Outcome.PUBLISHED if conforms else Outcome.WITHHELD,
        article=outcome.article_id,
        reason="" if conforms else _complaint(outcome.report),
        headline=" ".join(article.headline.split()),
        counts=Counts(len(document.actors), len(document.statements), len(document.projects), len(document.events)),
    )


def _complaint(report: Report) -> str:
    """The first finding, and how many more there are."""
    if not report.findings:
        return f"not proved: {', '.join(report.unproved)}"
    first = f"{report.findings[0].message} (#{report.findings[0].focus.rpartition('#')[2]})"
    return first if len(report.findings) < 2 else f"{first}; {len(report.findings) - 1} more in its report"


def _contents(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


def _version(name: str) -> str:
    if name == "onrecord":
        return __version__
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _end_with_parent() -> None:
    """Let a worker end when the run was killed: nobody would give it work or tell it to stop."""
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
