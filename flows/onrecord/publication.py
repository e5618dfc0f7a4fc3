"""The published folder: one graph an article, the merged files, the withheld, the ledger. Every write is atomic.

    articles/YYYY/MM/<id>.ttl   articles/undated/<id>.ttl   entities.ttl   catalog.ttl   runs/<run>.ttl
    withheld/<id>/graph.ttl     withheld/<id>/report.ttl    .ledger.sqlite .lock

A file appears by write, sync and rename; what a killed run left half-written is removed when the folder is opened next.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.catalogue import Run, dataset, entities, run_record, summarize
from onrecord.errors import PublicationError
from onrecord.ledger import Entry, Ledger, Outcome
from onrecord.terms import IDENTIFIERS, REC, Literal
from onrecord.turtle import parse, serialize, serialize_groups

ARTICLES = "articles"
WITHHELD = "withheld"
RUNS = "runs"
ENTITIES = "entities.ttl"
CATALOG = "catalog.ttl"

_LOCK = ".lock"
_TEMPORARY = re.compile(r"\..*\.tmp")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")


class Publication:
    """A published folder open for writing by this process alone; close it, or use it as a context manager."""

    def __init__(self, folder: Path, base: str, lock: int) -> None:
        """Take over a locked folder; `open` is the way in."""
        self.folder = folder
        self.notes: list[str] = []
        self._base = base
        self._lock = lock
        self._ledger = Ledger(folder)
        if self._ledger.damaged:
            self.notes.append(f"{self._ledger.damaged}: the ledger was damaged and set aside, a new one is built")
        self._paths: dict[str, Path] = {}
        for article_id, path in _articles(folder):
            self._keep_newer(article_id, path)
        self._reconcile()

    @classmethod
    def open(cls, folder: Path, base: str = IDENTIFIERS) -> Self:
        """Create the folder where it is not there, lock it, and clean up after a killed run.

        `base` is what the IRIs of the data begin with. Raises PublicationError where another run has it, or it cannot
        be written.
        """
        with _told(folder, "choose another folder, or make this one writable"):
            folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(lock, folder)
            with _told(folder, "make it readable and writable"):
                _clean(folder)
                return cls(folder, base, lock)
        except BaseException:
            os.close(lock)
            raise

    def close(self) -> None:
        """Release the folder."""
        self._ledger.close()
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def known(self, key: str, source: str, fingerprint: str, extractor: str) -> Entry | None:
        """The entry of an input that need not be processed again, or None.

        It has the same bytes and the same extractor (which stands for all else that decides the result), and what it
        gave is still there.
        """
        entry = self._ledger.find(key, source, fingerprint, extractor)
        if entry is None or entry.outcome is Outcome.REJECTED or self._holds(entry):
            return entry
        return None

    def rivalry(self, article_id: str, source: str, text_sha256: str) -> tuple[Outcome, str] | None:
        """What another input that gave the same article means for this one; None where this one is to be published.

        With the same text the first by source name stands and the other is unchanged; with another text the second
        is rejected.
        """
        standing = self._standing(article_id)
        if standing is None or standing[0] == source:
            return None
        if standing[1] != text_sha256:
            return (
                Outcome.REJECTED,
                f"{standing[0]!r} with another text is published as {article_id}: retitle or redate one",
            )
        return (Outcome.UNCHANGED, f"same text as {standing[0]}") if standing[0] < source else None

    def put(self, article_id: str, published: date | None, turtle: str) -> Path:
        """Publish an article's graph; a copy under another date, or a withheld one, goes."""
        path = self.folder / ARTICLES / _date_folder(published) / f"{_checked(article_id)}.ttl"
        summary = summarize(article_id, self._iri(article_id), parse(turtle))
        _write(path, [turtle])
        older = self._paths.get(article_id)
        if older and older != path:
            _unlink(older)
        self._paths[article_id] = path
        self._remove_withheld(article_id)
        self._ledger.add(summary)
        return path

    def withhold(self, article_id: str, turtle: str, report: str) -> Path:
        """Set aside the graph of an article that does not conform, with its report; a published copy goes."""
        folder = self.folder / WITHHELD / _checked(article_id)
        _write(folder / "report.ttl", [report])
        _write(folder / "graph.ttl", [turtle])
        self._remove_published(article_id)
        return folder

    def remove(self, article_id: str) -> None:
        """Take an article away, published or withheld."""
        self._remove_published(article_id)
        self._remove_withheld(_checked(article_id))

    def record(self, entry: Entry) -> None:
        """Keep an input's outcome; the article that this input gave before goes where no other input gives it."""
        before = self._ledger.at(entry.key)
        self._ledger.record(entry)
        if before and before.article and before.article != entry.article and not self._ledger.inputs_of(before.article):
            self.remove(before.article)

    def finish(self) -> None:
        """Write the merged entities and the catalogue where an article has changed since they were written."""
        files = (self.folder / ENTITIES, self.folder / CATALOG)
        if self._ledger.is_stale() or not all(file.exists() for file in files):
            _write(files[0], serialize_groups(entities(self._ledger)))
            _write(files[1], [serialize(dataset(self._ledger, self._base))])
            self._ledger.merged()

    def write_run(self, run: Run) -> Path:
        """Write the record of a run, the only file with a clock in it."""
        path = self.folder / RUNS / f"{_checked(run.identifier)}.ttl"
        _write(path, serialize_groups(run_record(run, self._base)))
        return path

    def _holds(self, entry: Entry) -> bool:
        article = entry.article or ""
        if entry.outcome is Outcome.WITHHELD:
            return (self.folder / WITHHELD / article / "graph.ttl").exists()
        return article in self._paths

    def _standing(self, article_id: str) -> tuple[str, str] | None:
        """Source and text hash in the graph that is there for the article, published or withheld."""
        path = self._paths.get(article_id, self.folder / WITHHELD / article_id / "graph.ttl")
        if not path.exists():
            return None
        wanted = {REC + "sourceName": "", REC + "textSha256": ""}
        for subject, predicate, node in _read(path):
            if subject == self._iri(article_id) and predicate in wanted and isinstance(node, Literal):
                wanted[predicate] = node.value
        source, text = wanted.values()
        return source, text

    def _remove_published(self, article_id: str) -> None:
        path = self._paths.pop(article_id, None)
        if path:
            _unlink(path)
            self._ledger.drop(article_id)

    def _remove_withheld(self, article_id: str) -> None:
        with _told(self.folder / WITHHELD / article_id, "remove it by hand"), suppress(FileNotFoundError):
            shutil.rmtree(self.folder / WITHHELD / article_id)

    def _keep_newer(self, article_id: str, path: Path) -> None:
        """Take in a file; of two copies, left where a run was killed as it moved one, the older goes."""
        other = self._paths.setdefault(article_id, path)
        if other != path:
            older, newer = sorted((other, path), key=lambda each: each.stat().st_mtime_ns)
            _unlink(older)
            self._paths[article_id] = newer
            self._ledger.drop(article_id)

    def _reconcile(self) -> None:
        """Make the ledger's summaries agree with the files that are there."""
        kept = set(self._ledger.articles())
        for article_id in kept - self._paths.keys():
            self._ledger.drop(article_id)
        for article_id in sorted(self._paths.keys() - kept):
            self._ledger.add(summarize(article_id, self._iri(article_id), _read(self._paths[article_id])))

    def _iri(self, article_id: str) -> str:
        return f"{self._base}article/{article_id}"


def published_graphs(folder: Path) -> Iterator[Path]:
    """The files that make up the published data: the articles by id, then the merged entities. Never the withheld."""
    if not folder.is_dir():
        raise PublicationError(f"{folder}: there is no such folder: publish articles first, or name another")
    yield from (path for _, path in sorted(_articles(folder)))
    if (folder / ENTITIES).exists():
        yield folder / ENTITIES


def _articles(folder: Path) -> Iterator[tuple[str, Path]]:
    for parent, _, names in os.walk(folder / ARTICLES):
        yield from ((name[:-4], Path(parent, name)) for name in names if name.endswith(".ttl"))


def _date_folder(published: date | None) -> str:
    return f"{published.year:04}/{published.month:02}" if published else "undated"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a file name: letters, digits, '.', '_' and '-', at most 200")
    return name


def _take(lock: int, folder: Path) -> None:
    """Lock the folder for this process and leave its number for whoever is refused."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise PublicationError(
            f"{folder}: another run (process {holder}) is writing here: wait, or choose another folder"
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)


def _clean(folder: Path) -> None:
    for parent, _, names in os.walk(folder):
        for name in filter(_TEMPORARY.fullmatch, names):
            os.unlink(os.path.join(parent, name))


def _write(path: Path, parts: Iterable[str]) -> None:
    """Write a file so that it is either whole or not there, even if the power goes."""
    temporary = path.with_name(f".{path.name}.tmp")
    with _told(path, "free some space, or choose another folder"):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(temporary, "w", encoding="utf-8", newline="") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unlink(path: Path) -> None:
    with _told(path, "remove it by hand"):
        path.unlink(missing_ok=True)


def _read(path: Path) -> list[tuple[str, str, str | Literal]]:
    try:
        with _told(path, "make it readable"):
            return parse(path.read_bytes())
    except ValueError as error:
        raise PublicationError(f"{path}: {error}: delete the file and run again") from None


@contextmanager
def _told(path: Path, way_out: str) -> Iterator[None]:
    """Turn a failure of the operating system into one line that names the file and the way out."""
    try:
        yield
    except OSError as error:
        raise PublicationError(f"{error.filename or path}: {error.strerror or error}: {way_out}") from None
