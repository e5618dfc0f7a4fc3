"""The same article gives the same bytes: alone or among others, in any order, with any hash seed, from any folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, Command, published_bytes

from onrecord.pipeline import Pipeline
from onrecord.settings import Settings
from onrecord.sources.text import read_text

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
CORPUS = sorted((ROOT / "tests" / "corpus").glob("*/*.txt"))


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline with default settings."""
    return Pipeline.open(Settings())


def test_an_article_does_not_depend_on_its_neighbours(pipeline: Pipeline) -> None:
    """Before and after forty other articles, an article's Turtle is the same."""
    article = read_text(SEEDS[0].read_bytes(), SEEDS[0].name)
    alone = pipeline.process(article).turtle
    assert len(CORPUS) >= 30
    for path in CORPUS:
        pipeline.understand(read_text(path.read_bytes(), path.name))
    assert pipeline.process(article).turtle == alone


def test_every_span_is_its_surface(pipeline: Pipeline) -> None:
    """For every article at hand, each mention holds the very words that its span covers."""
    for path in (*SEEDS, *CORPUS):
        document = pipeline.understand(read_text(path.read_bytes(), path.name))
        text = document.article.text
        named = [*document.actors, *document.projects, *document.documents]
        for mention in (mention for thing in named for mention in thing.mentions):
            assert " ".join(mention.span.of(text).split()) == " ".join(mention.surface.split())


def test_every_article_conforms(pipeline: Pipeline) -> None:
    """Whatever the corpus holds, its graph passes the shapes."""
    for path in (*SEEDS, *CORPUS):
        report = pipeline.process(read_text(path.read_bytes(), path.name)).report
        assert report.conforms, (path.name, report.findings[:3])


def test_bytes_do_not_depend_on_the_run(process: Command, tmp_path: Path) -> None:
    """Another hash seed, order of inputs, working directory and number of workers: identical files."""
    names = [str(path) for path in SEEDS]
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    first = process("run", "--direct", "--out", tmp_path / "a", *names, cwd=tmp_path, env={"PYTHONHASHSEED": "1"})
    again = ("--workers", "2", *reversed(names))
    second = process("run", "--direct", "--out", tmp_path / "b", *again, cwd=one, env={"PYTHONHASHSEED": "2"})
    assert (first.code, second.code) == (0, 0), first.err + second.err
    written = published_bytes(tmp_path / "a")
    assert len([name for name in written if name.startswith("articles/")]) == len(SEEDS)
    assert published_bytes(tmp_path / "b") == written
    alone = process("run", "--direct", "--out", tmp_path / "c", names[0], cwd=two, env={"PYTHONHASHSEED": "3"})
    assert alone.code == 0
    for name, content in published_bytes(tmp_path / "c").items():
        assert not name.startswith("articles/") or content == written[name]
