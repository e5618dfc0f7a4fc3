"""Print the speed ratios: each is measured in one run on the same articles, in CPU seconds of this process.

`make bench` reads the corpus of the tests; `make bench ARGS="FOLDER ..."` other folders of plain-text articles.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import rdflib
import spacy
from pyshacl import validate as plain_pyshacl
from rich.console import Console
from rich.table import Table

from onrecord import resources
from onrecord.article import Article
from onrecord.document import Document
from onrecord.errors import RejectedInput
from onrecord.graph import build, text_triple
from onrecord.identity import identify
from onrecord.language.names import TYPEWRITER
from onrecord.pipeline import Pipeline
from onrecord.settings import Settings
from onrecord.sources import find_inputs, read
from onrecord.terms import Triple
from onrecord.turtle import serialize, to_rdflib
from onrecord.validation import Rules, validate

HERE = Path(__file__).resolve().parent
REPEATS = 3
# Plain pySHACL needs a third of a second an article; a sample tells its mean.
SAMPLE = 12


def cpu(work: Callable[[], object]) -> float:
    """The least CPU seconds of some repeats: other load only ever adds."""
    seconds = []
    for _ in range(REPEATS):
        gc.collect()
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)


def articles(folders: Sequence[str]) -> list[Article]:
    """All readable articles of some folders."""
    found = []
    for item in find_inputs(folders):
        try:
            if not isinstance(item, RejectedInput):
                found.append(read(item))
        except RejectedInput as rejected:
            sys.stderr.write(f"{rejected}\n")
    return found


def bare_spacy(read_articles: Iterable[Article]) -> Callable[[], object]:
    """The whole pipe of the same spaCy model over the same passages."""
    pipe = spacy.load(Settings().language_model)
    texts = [p.of(a.text).translate(TYPEWRITER) for a in read_articles for p in a.passages]
    return lambda: [len(parsed) for parsed in pipe.pipe(texts)]


def plain(graphs: Sequence[rdflib.Graph], shapes: rdflib.Graph) -> Callable[[], object]:
    """pySHACL as its documentation calls it, shapes parsed once."""
    return lambda: [plain_pyshacl(graph, shacl_graph=shapes, allow_warnings=True)[0] for graph in graphs]


def all_shapes() -> rdflib.Graph:
    """The shapes that judge an article, as one graph."""
    graph = rdflib.Graph()
    for file in sorted(resources.folder("shapes").glob("*.ttl")):
        graph.parse(file)
    return graph


def start_up() -> tuple[float, float]:
    """CPU seconds of `run --direct` on one article, and of loading the spaCy model alone, each in its own process."""
    seed = min((HERE.parent / "seeds").glob("*.txt"))
    with tempfile.TemporaryDirectory() as out:
        run = [sys.executable, "-m", "onrecord.cli", "run", "--direct", "--force", "--out", out, str(seed)]
        load = [sys.executable, "-c", f"import spacy; spacy.load({Settings().language_model!r})"]
        return min(_child(run) for _ in range(REPEATS)), min(_child(load) for _ in range(REPEATS))


def _child(command: Sequence[str]) -> float:
    before = os.times()
    subprocess.run(command, check=False, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def rerun(folders: Sequence[str]) -> tuple[float, float]:
    """CPU seconds of a first and a second run over the same inputs."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "onrecord.cli", "run", "--direct", "--out", out, *folders]
        return _child(command), _child(command)


def rest(pipeline: Pipeline, documents: Sequence[Document], rules: Rules) -> Callable[[], object]:
    """Everything but reading the language: identity, mapping, proof, Turtle."""

    def work() -> None:
        for document in documents:
            triples = build(identify(document), pipeline.extractor)
            validate([*triples, text_triple(document.article)], rules)
            serialize(triples)

    return work


def measure(folders: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    """Rows of the table: what, ratio, goal."""
    found = articles(folders)
    pipeline = Pipeline.open(Settings())
    documents = [pipeline.understand(article) for article in found]
    graphs: list[list[Triple]] = [[*build(d, pipeline.extractor), text_triple(d.article)] for d in documents]
    spacy_alone = cpu(bare_spacy(found))
    understanding = cpu(lambda: [pipeline.understand(article) for article in found])
    yield f"understanding / bare spaCy pipe, {len(found)} articles", f"{understanding / spacy_alone:.2f}", "<= 2.0"
    shapes = resources.folder("shapes")
    fast, plainly = Rules.load(shapes, "auto"), Rules.load(shapes, "pyshacl")
    yield "the rest / bare spaCy pipe", f"{cpu(rest(pipeline, documents, fast)) / spacy_alone:.2f}", "<= 0.2"
    as_graphs = [to_rdflib(triples) for triples in graphs]
    theirs = cpu(lambda: [graph.serialize(format="turtle") for graph in as_graphs])
    ours = cpu(lambda: [serialize(triples) for triples in graphs])
    yield "Turtle writing, rdflib / ours", f"{theirs / ours:.1f}x", ">= 12x"
    sample = graphs[:: max(1, len(graphs) // SAMPLE)]
    reference = cpu(plain([to_rdflib(triples) for triples in sample], all_shapes()))
    ours = cpu(lambda: [validate(triples, plainly) for triples in sample])
    yield "validation, plain pySHACL / our default", f"{reference / ours:.1f}x", ">= 3x"
    if fast.engine != "pyshacl":
        ours = cpu(lambda: [validate(triples, fast) for triples in sample])
        yield "validation, plain pySHACL / with the accelerator", f"{reference / ours:.1f}x", ">= 20x"
    run, load = start_up()
    yield "`run --direct` on one article over loading spaCy", f"{run - load:+.2f} s", "<= +1.5 s"
    first, second = rerun(folders)
    yield "second run / first run, nothing changed", f"{100 * second / first:.1f} %", "<= 2 %"


def main() -> None:
    """Measure and print."""
    table = Table("measure", "this run", "goal", title="CPU time, one thread, same articles on both sides")
    for row in measure(sys.argv[1:] or [str(HERE / "corpus" / "tuning")]):
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
