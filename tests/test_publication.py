"""Publishing: every state of the folder is whole, repeatable, and says what was done with which input."""

from __future__ import annotations

import errno
import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from onrecord.catalogue import Run
from onrecord.errors import PublicationError
from onrecord.ledger import LEDGER, Entry, Outcome, read_entries
from onrecord.publication import Publication, published_graphs
from onrecord.terms import DCTERMS, IDENTIFIERS, PROV, REC, SCHEMA, TYPE, VOID, WIKIDATA, XSD, Literal, Triple
from onrecord.turtle import parse, serialize

DAY = date(2021, 5, 4)
ANN = IDENTIFIERS + "actor/ann"


def graph(article: str, source: str = "a.txt", text: str = "t", name: str = "Ann Lee", alias: str = "Lee") -> str:
    """A small article graph with one actor."""
    iri = f"{IDENTIFIERS}article/{article}"
    triples: list[Triple] = [
        (iri, TYPE, SCHEMA + "NewsArticle"),
        (iri, SCHEMA + "datePublished", Literal(DAY.isoformat(), XSD + "date")),
        (iri, REC + "sourceName", Literal(source)),
        (iri, REC + "textSha256", Literal(text)),
        (ANN, TYPE, PROV + "Person"),
        (ANN, SCHEMA + "name", Literal(name)),
        (ANN, SCHEMA + "sameAs", WIKIDATA + "Q1"),
        (iri + "#actor-1", TYPE, REC + "Appearance"),
        (iri + "#actor-1", REC + "appearanceOf", ANN),
        (iri + "#actor-1", REC + "alias", Literal(alias)),
    ]
    return serialize(triples)


def entry(key: str, article: str | None, outcome: Outcome = Outcome.PUBLISHED, fingerprint: str = "f") -> Entry:
    """An entry of the input `/in/KEY`."""
    return Entry(f"/in/{key}", key, fingerprint, "x1", outcome, article, "")


def files(folder: Path) -> dict[str, bytes]:
    """Every published file with its bytes; the ledger and the lock are not published."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture
def publication(tmp_path: Path) -> Iterator[Publication]:
    """An open, empty folder."""
    with Publication.open(tmp_path / "out") as opened:
        yield opened


def test_articles_lie_by_date(publication: Publication) -> None:
    """An article's file lies under its year and month, an undated one apart."""
    publication.put("a-1", DAY, graph("a-1"))
    publication.put("b-1", None, graph("b-1"))
    publication.put("c-1", date(987, 1, 2), graph("c-1"))
    assert sorted(files(publication.folder)) == [
        "articles/0987/01/c-1.ttl",
        "articles/2021/05/a-1.ttl",
        "articles/undated/b-1.ttl",
    ]


def test_an_article_is_there_once(publication: Publication) -> None:
    """Another date moves the file, withholding takes it away, publishing brings it back."""
    publication.put("a-1", None, graph("a-1"))
    publication.put("a-1", DAY, graph("a-1"))
    assert list(files(publication.folder)) == ["articles/2021/05/a-1.ttl"]
    publication.withhold("a-1", graph("a-1"), "# report\n")
    assert list(files(publication.folder)) == ["withheld/a-1/graph.ttl", "withheld/a-1/report.ttl"]
    publication.put("a-1", DAY, graph("a-1"))
    assert list(files(publication.folder)) == ["articles/2021/05/a-1.ttl"]


def test_withheld_graphs_are_no_published_data(publication: Publication) -> None:
    """What did not conform is neither among the graphs nor in the merged entities."""
    publication.put("a-1", DAY, graph("a-1", alias="Lee"))
    publication.withhold("b-1", graph("b-1", alias="Wrong"), "# report\n")
    publication.finish()
    names = [path.name for path in published_graphs(publication.folder)]
    assert names == ["a-1.ttl", "entities.ttl"]
    assert b"Wrong" not in (publication.folder / "entities.ttl").read_bytes()


def test_entities_are_merged(publication: Publication) -> None:
    """An entity has the name that most articles give, all other names as aliases, and its links."""
    publication.put("a-1", DAY, graph("a-1", name="Ann Lee", alias="Lee"))
    publication.put("b-1", DAY, graph("b-1", name="Ann Lee", alias="Ms Lee"))
    publication.put("c-1", DAY, graph("c-1", name="ANN LEE", alias="Lee"))
    publication.finish()
    assert set(parse((publication.folder / "entities.ttl").read_bytes())) == {
        (ANN, TYPE, PROV + "Person"),
        (ANN, SCHEMA + "name", Literal("Ann Lee")),
        (ANN, SCHEMA + "alternateName", Literal("ANN LEE")),
        (ANN, SCHEMA + "alternateName", Literal("Lee")),
        (ANN, SCHEMA + "alternateName", Literal("Ms Lee")),
        (ANN, SCHEMA + "sameAs", WIKIDATA + "Q1"),
    }


def test_catalogue_counts_what_is_there(publication: Publication) -> None:
    """The dataset's description counts articles and triples and bounds their dates."""
    publication.put("a-1", DAY, graph("a-1"))
    publication.put("b-1", DAY, graph("b-1"))
    publication.finish()
    triples = set(parse((publication.folder / "catalog.ttl").read_bytes()))
    dataset = IDENTIFIERS + "dataset"
    assert (dataset, VOID + "documents", Literal("2", XSD + "integer")) in triples
    assert (dataset, VOID + "triples", Literal("20", XSD + "integer")) in triples
    assert (dataset, DCTERMS + "modified", Literal("2021-05-04", XSD + "date")) in triples


def publish(folder: Path, order: list[str]) -> dict[str, bytes]:
    with Publication.open(folder) as publication:
        for name in order:
            publication.put(f"{name}-1", DAY, graph(f"{name}-1", source=f"{name}.txt", alias=name))
            publication.record(entry(name, f"{name}-1"))
        publication.finish()
    return files(folder)


def test_order_and_repetition_leave_no_trace(tmp_path: Path) -> None:
    """The same articles give the same bytes in any order, in one run or several."""
    once = publish(tmp_path / "one", ["a", "b", "c"])
    publish(tmp_path / "two", ["c"])
    assert publish(tmp_path / "two", ["b", "a", "b"]) == once


def test_lost_ledger_changes_no_byte(tmp_path: Path) -> None:
    """Without its ledger the folder is read again, and the merged files stay the same."""
    before = publish(tmp_path, ["a", "b"])
    (tmp_path / LEDGER).unlink()
    assert publish(tmp_path, []) == before


def test_damaged_ledger_is_set_aside(tmp_path: Path) -> None:
    """A ledger that is no database is kept under another name, said in one line, and built anew."""
    before = publish(tmp_path, ["a", "b"])
    (tmp_path / LEDGER).write_bytes(b"no database at all" * 500)
    with Publication.open(tmp_path) as publication:
        assert len(publication.notes) == 1
        assert "set aside" in publication.notes[0]
        publication.finish()
    assert files(tmp_path) == before


def test_unfinished_run_leaves_merged_files_to_be_made(tmp_path: Path) -> None:
    """A run that ended before `finish` is made good by the next, though that one changes nothing."""
    folder = tmp_path / "cut"
    publish(folder, ["a"])
    with Publication.open(folder) as publication:
        publication.put("b-1", DAY, graph("b-1", source="b.txt", alias="b"))
    assert publish(folder, []) == publish(tmp_path / "whole", ["a", "b"])


def _publish_all(folder: Path) -> None:
    publish(folder, [f"n{number}" for number in range(150)])


def test_killed_process_is_made_good(tmp_path: Path) -> None:
    """Killing the process at some moment and running again ends in the same bytes."""
    process = multiprocessing.get_context("spawn").Process(target=_publish_all, args=(tmp_path / "cut",))
    process.start()
    while not list(published_graphs(tmp_path / "cut") if (tmp_path / "cut").exists() else ()):
        time.sleep(0.01)
    process.kill()
    process.join()
    _publish_all(tmp_path / "cut")
    _publish_all(tmp_path / "whole")
    assert files(tmp_path / "cut") == files(tmp_path / "whole")


def test_half_written_files_are_cleaned(tmp_path: Path) -> None:
    """What a killed run left half-written is gone when the folder is next opened, and was never a graph."""
    publish(tmp_path, ["a"])
    left = tmp_path / "articles" / "2021" / "05" / ".b-1.ttl.tmp"
    left.write_text("<http://")
    assert left not in list(published_graphs(tmp_path))
    publish(tmp_path, [])
    assert not left.exists()


def test_copy_left_by_a_killed_move_goes(tmp_path: Path) -> None:
    """Where a run was killed between writing an article under a new date and removing the old copy, the new stays."""
    with Publication.open(tmp_path) as publication:
        path = publication.put("a-1", None, graph("a-1"))
        older = path.read_bytes()
        os.utime(publication.put("a-1", DAY, graph("a-1", alias="new")), (2e9, 2e9))
    path.write_bytes(older)
    with Publication.open(tmp_path) as publication:
        publication.finish()
    assert [file.parent.name for file in published_graphs(tmp_path)] == ["05", tmp_path.name]
    assert b"new" in (tmp_path / "entities.ttl").read_bytes()


def test_unchanged_input_is_known(publication: Publication) -> None:
    """An input is known with the same bytes and extractor only, and while what it gave is there."""
    publication.put("a-1", DAY, graph("a-1"))
    publication.record(entry("a", "a-1"))
    assert publication.known("/in/a", "a", "f", "x1") == entry("a", "a-1")
    assert publication.known("/moved/a", "a", "f", "x1") == entry("a", "a-1")
    assert publication.known("/in/a", "a", "other bytes", "x1") is None
    assert publication.known("/in/a", "a", "f", "x2") is None
    publication.remove("a-1")
    assert publication.known("/in/a", "a", "f", "x1") is None


def test_rejected_and_withheld_inputs_are_known(publication: Publication) -> None:
    """What was rejected or withheld stays so while nothing has changed."""
    publication.record(entry("r", None, Outcome.REJECTED))
    publication.withhold("w-1", graph("w-1"), "# report\n")
    publication.record(entry("w", "w-1", Outcome.WITHHELD))
    assert publication.known("/in/r", "r", "f", "x1") is not None
    assert publication.known("/in/w", "w", "f", "x1") is not None
    assert [(e.key, e.outcome) for e in read_entries(publication.folder)] == [
        ("/in/r", "rejected"),
        ("/in/w", "withheld"),
    ]


def test_edited_input_replaces_its_article(publication: Publication) -> None:
    """An article goes when its input gives another one, unless a second input gives it too."""
    for name in ("a-1", "a-2", "b-1", "b-2"):
        publication.put(name, DAY, graph(name))
    publication.record(entry("a", "a-1"))
    publication.record(entry("b", "b-1"))
    publication.record(entry("copy of b", "b-1", Outcome.UNCHANGED))
    publication.record(replace(entry("a", "a-2"), fingerprint="edited"))
    publication.record(replace(entry("b", "b-2"), fingerprint="edited"))
    assert [path.stem for path in published_graphs(publication.folder)] == ["a-2", "b-1", "b-2"]


def test_two_inputs_for_one_article(publication: Publication) -> None:
    """Of two inputs with one text the first by name stands; another text under the same name is rejected."""
    assert publication.rivalry("a-1", "b.txt", "t") is None
    publication.put("a-1", DAY, graph("a-1", source="b.txt", text="t"))
    assert publication.rivalry("a-1", "b.txt", "edited") is None
    assert publication.rivalry("a-1", "c.txt", "t") == (Outcome.UNCHANGED, "same text as b.txt")
    assert publication.rivalry("a-1", "a.txt", "t") is None
    verdict = publication.rivalry("a-1", "a.txt", "other text")
    assert verdict is not None
    assert verdict[0] is Outcome.REJECTED
    assert "b.txt" in verdict[1]


def test_run_record_names_outcomes(publication: Publication) -> None:
    """The record of a run holds the clock that it was given, the versions, and each input's outcome."""
    start = datetime(2021, 5, 4, 12, 0, tzinfo=UTC)
    outcomes = [entry("a", "a-1"), replace(entry("b", None, Outcome.REJECTED), reason="the file is empty")]
    path = publication.write_run(Run("r1", start, start, "abc", {"onrecord": "1.0"}, outcomes))
    triples = set(parse(path.read_bytes()))
    run = IDENTIFIERS + "run/r1"
    assert (run, PROV + "startedAtTime", Literal("2021-05-04T12:00:00+00:00", XSD + "dateTime")) in triples
    assert (run, PROV + "generated", IDENTIFIERS + "article/a-1#extraction") in triples
    assert (run + "#input-2", REC + "reason", Literal("the file is empty")) in triples


def _try_open(folder: Path, results: multiprocessing.SimpleQueue[str]) -> None:
    try:
        Publication.open(folder).close()
        results.put("opened")
    except PublicationError as error:
        results.put(str(error))


def test_one_writer_at_a_time(publication: Publication) -> None:
    """A second process is refused in one line that names the first, and let in when that is done."""
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.SimpleQueue[str] = context.SimpleQueue()
    other = context.Process(target=_try_open, args=(publication.folder, results))
    other.start()
    assert f"process {os.getpid()}" in results.get()
    other.join()


def test_folder_that_cannot_be_used(tmp_path: Path) -> None:
    """A file in the folder's place is refused in one line with the way out."""
    (tmp_path / "out").write_text("")
    with pytest.raises(PublicationError, match=r"out: .*: choose another folder") as caught:
        Publication.open(tmp_path / "out")
    assert "\n" not in str(caught.value)
    with pytest.raises(PublicationError, match=r"there is no such folder"):
        list(published_graphs(tmp_path / "gone"))


def test_full_disk_leaves_nothing_half_written(publication: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a write fails, the old file stays whole and no rest lies about."""
    publication.put("a-1", DAY, graph("a-1"))
    before = files(publication.folder)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PublicationError, match=r"a-1\.ttl: No space left on device: free some space"):
        publication.put("a-1", DAY, graph("a-1", alias="new"))
    assert files(publication.folder) == before
    assert not list(publication.folder.rglob("*.tmp"))


@pytest.mark.parametrize("name", ["", "../a", "a/b", ".hidden", "a\nb", "x" * 201])
def test_article_id_must_be_a_file_name(publication: Publication, name: str) -> None:
    """An id that would leave the folder, or hide, is refused."""
    with pytest.raises(ValueError, match=r"cannot be a file name"):
        publication.put(name, DAY, graph("a-1"))
