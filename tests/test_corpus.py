"""Quality floors on the corpus annotated by hand, which never sink silently.

`python tests/test_corpus.py` prints figures and misses of the tuning part; with `held`, only the figures of the part
that nobody looks into; with `pin` it writes the floors anew, and refuses to lower one.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
from scoring import Tally, lines, score

from onrecord.pipeline import Pipeline
from onrecord.settings import Settings
from onrecord.sources.text import read_text

CORPUS = Path(__file__).resolve().parent / "corpus"
FLOORS = CORPUS / "floors.json"
PARTS = ("tuning", "held")
# Another build of the runtime may turn a borderline statement; a fall beyond this is a loss.
SLACK = 1.0


def scored(part: str, pipeline: Pipeline) -> Tally:
    """The tally of one part of the corpus."""
    tally, paths = Tally(), sorted((CORPUS / part).glob("*.json"))
    assert len(paths) >= 12
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        source = path.with_suffix(".txt")
        published = date.fromisoformat(gold["date"]) if gold.get("date") else None
        score(pipeline.understand(read_text(source.read_bytes(), source.name, published=published)), gold, tally)
    return tally


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline with default settings."""
    return Pipeline.open(Settings())


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.json")), ids=lambda path: path.stem)
def test_the_annotation_is_verbatim(path: Path) -> None:
    """Each annotated span covers the annotated words of the untouched text."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_bytes().decode()
    for statement in gold["statements"]:
        content = statement["content"] if isinstance(statement["content"], list) else [statement["content"]]
        assert [text[start:end] for start, end in statement["spans"]["content"]] == content


@pytest.mark.parametrize("part", PARTS)
def test_no_figure_falls_below_its_floor(part: str, pipeline: Pipeline) -> None:
    """Actors, statements, speakers, mode, polarity and projects are read as well as when the floors were pinned."""
    floors = json.loads(FLOORS.read_text())[part]
    figures = scored(part, pipeline).figures()
    assert floors.keys() == figures.keys()
    fallen = {name: (figures[name], floor) for name, floor in floors.items() if figures[name] < floor - SLACK}
    assert not fallen


def pin(pipeline: Pipeline) -> dict[str, dict[str, float]]:
    """The floors at today's figures; one that would sink stays where it is."""
    old = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    new = {part: scored(part, pipeline).figures() for part in PARTS}
    return {p: {n: max(f, old.get(p, {}).get(n, 0.0)) for n, f in figures.items()} for p, figures in new.items()}


if __name__ == "__main__":
    opened = Pipeline.open(Settings())
    wish = sys.argv[1] if len(sys.argv) > 1 else "tuning"
    if wish == "pin":
        FLOORS.write_text(json.dumps(pin(opened), indent=1) + "\n")
    else:
        result = scored(wish, opened)
        shown = [*(result.misses if wish == "tuning" else []), *lines(result)]
        sys.stdout.write("\n".join(shown) + "\n")
