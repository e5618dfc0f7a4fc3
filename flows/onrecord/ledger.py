"""What was done with which input: a SQLite file beside the published graphs, always rebuildable from them.

It answers "is this input already done?" for the price of a hash, and keeps what each article says of shared entities,
so that the merged files are written without reading every article again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from onrecord.errors import PublicationError

LEDGER = ".ledger.sqlite"

_VERSION = 1
_SCHEMA = """
    create table input (
        key text primary key, source text not null, fingerprint text not null, extractor text not null,
        outcome text not null, article text, reason text not null
    ) without rowid;
    create index input_content on input (fingerprint, source);
    create index input_article on input (article);
    create table article (id text primary key, published text, triples integer not null) without rowid;
    create table fact (
        article text not null, subject text not null, property text not null, value text not null,
        primary key (article, subject, property, value)
    ) without rowid;
    create table stale (since text primary key) without rowid;
    create table class (
        article text not null, name text not null, size integer not null, primary key (article, name)
    ) without rowid;
"""
_COLUMNS = "key, source, fingerprint, extractor, outcome, article, reason"


class Outcome(StrEnum):
    """What became of an input."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WITHHELD = "withheld"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Entry:
    """The outcome of one input.

    `key` tells the input from all others on this machine (its absolute path, or its URL); `fingerprint` is the SHA-256
    of its bytes; `extractor` the hash of all else that the result depends on; `article` the id that it gave.
    """

    key: str
    source: str
    fingerprint: str
    extractor: str
    outcome: Outcome
    article: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a published article adds to the dataset.

    `facts` are (subject, property, value) of the shared entities; `classes` the numbers of instances by class IRI.
    """

    article: str
    published: str | None
    triples: int
    facts: frozenset[tuple[str, str, str]]
    classes: dict[str, int]


class Ledger:
    """The open ledger of a folder; one writer at a time, guarded by the publication's lock."""

    def __init__(self, folder: Path) -> None:
        """Open or create it; a damaged file is set aside and `damaged` says where."""
        self._path = folder / LEDGER
        self.damaged: Path | None = None
        try:
            self._database = _open(self._path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not os.access(self._path, os.W_OK):
                raise PublicationError(f"{self._path}: cannot be written ({error}): check its permissions") from None
            self.damaged = self._path.with_name(LEDGER + ".damaged")
            os.replace(self._path, self.damaged)
            self._database = _open(self._path)

    def close(self) -> None:
        """Close the file; everything recorded is already in it."""
        with suppress(sqlite3.OperationalError):
            self._database.execute("pragma journal_mode = delete")
        self._database.close()

    def find(self, key: str, source: str, fingerprint: str, extractor: str) -> Entry | None:
        """The entry of an input with these bytes and this extractor, even where its folder has moved since."""
        rows = self._rows(
            f"select {_COLUMNS} from input where fingerprint = ? and source = ? and extractor = ?"
            " order by key <> ?, key limit 1",
            fingerprint,
            source,
            extractor,
            key,
        )
        return next(map(_entry, rows), None)

    def at(self, key: str) -> Entry | None:
        """The last entry of the input, whatever its bytes were."""
        return next(map(_entry, self._rows(f"select {_COLUMNS} from input where key = ?", key)), None)

    def inputs_of(self, article: str) -> int:
        """How many inputs gave this article."""
        return int(next(self._rows("select count(*) from input where article = ?", article))[0])

    def record(self, entry: Entry) -> None:
        """Keep an input's outcome in place of the one before."""
        self._write([(f"insert or replace into input ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)", [astuple(entry)])])

    def add(self, summary: Summary) -> None:
        """Keep what an article adds to the dataset, in place of what it added before."""
        article = summary.article
        self._write(
            [
                *_changes(article),
                ("insert into article values (?, ?, ?)", [(article, summary.published, summary.triples)]),
                ("insert into fact values (?, ?, ?, ?)", [(article, *fact) for fact in sorted(summary.facts)]),
                ("insert into class values (?, ?, ?)", [(article, *item) for item in summary.classes.items()]),
            ]
        )

    def drop(self, article: str) -> None:
        """Forget what an article added to the dataset."""
        self._write(list(_changes(article)))

    def is_stale(self) -> bool:
        """Whether an article was added or dropped since the merged files were written, even by a killed run."""
        return any(self._rows("select 1 from stale limit 1"))

    def merged(self) -> None:
        """Note that the merged files say what is kept here."""
        self._write([("delete from stale", [()])])

    def articles(self) -> Iterator[str]:
        """The ids of the articles whose additions are kept."""
        return (row[0] for row in self._rows("select id from article order by id"))

    def facts(self) -> Iterator[tuple[str, str, str, int]]:
        """Subject, property, value and the number of articles that say so, by subject and property, most said first."""
        query = "select subject, property, value, count(*) from fact group by 1, 2, 3 order by 1, 2, 4 desc, 3"
        return ((str(s), str(p), str(v), int(n)) for s, p, v, n in self._rows(query))

    def classes(self) -> list[tuple[str, int]]:
        """Each class with the number of its instances over all articles."""
        return [
            (str(name), int(size))
            for name, size in self._rows("select name, sum(size) from class group by 1 order by 1")
        ]

    def totals(self) -> tuple[int, int, str | None, str | None]:
        """The number of articles and of triples, the first and the last date of publication."""
        query = "select count(*), coalesce(sum(triples), 0), min(published), max(published) from article"
        articles, triples, first, last = next(self._rows(query))
        return int(articles), int(triples), first, last

    def _rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._database.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise self._failure(error) from None

    def _write(self, changes: Iterable[tuple[str, list[tuple[object, ...]]]]) -> None:
        try:
            with self._database:
                for query, rows in changes:
                    self._database.executemany(query, rows)
        except sqlite3.DatabaseError as error:
            raise self._failure(error) from None

    def _failure(self, error: sqlite3.DatabaseError) -> PublicationError:
        return PublicationError(f"{self._path}: {error}: free some space, or delete it: it is built anew")


def read_entries(folder: Path) -> list[Entry]:
    """All entries by source, read without locking the folder; none where nothing was published yet."""
    path = folder / LEDGER
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute(f"select {_COLUMNS} from input order by source, key").fetchall()
    except sqlite3.DatabaseError as error:
        raise PublicationError(f"{path}: cannot be read ({error}): run again to build it anew") from None
    return [_entry(row) for row in rows]


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        # A write-ahead log spares several waits for the disk an article; losing its end costs work, not correctness.
        database.execute("pragma journal_mode = wal")
        database.execute("pragma synchronous = normal")
        if database.execute("pragma user_version").fetchone()[0] != _VERSION:
            _create(database)
        # Reads a page of each table, so that damage shows here and not in the middle of a run.
        for table in ("input", "article", "fact", "class"):
            database.execute(f"select * from {table} limit 1").fetchone()
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _create(database: sqlite3.Connection) -> None:
    tables = database.execute("select name from sqlite_master where type = 'table'").fetchall()
    for (name,) in tables:
        database.execute(f'drop table "{name}"')
    database.executescript(f"begin; {_SCHEMA} pragma user_version = {_VERSION}; commit;")


def _changes(article: str) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Forget the article, and that the merged files are older than what is kept."""
    yield "insert or ignore into stale values (?)", [(article,)]
    yield "delete from article where id = ?", [(article,)]
    yield "delete from fact where article = ?", [(article,)]
    yield "delete from class where article = ?", [(article,)]


def _entry(row: tuple[Any, ...]) -> Entry:
    key, source, fingerprint, extractor, outcome, article, reason = row
    return Entry(
        key=str(key),
        source=str(source),
        fingerprint=str(fingerprint),
        extractor=str(extractor),
        outcome=Outcome(str(outcome)),
        article=None if article is None else str(article),
        reason=str(reason),
    )
