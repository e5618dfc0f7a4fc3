"""The Prefect flow does what `--direct` does, offline, and says so where Prefect cannot be used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import FOUNDING_FORM, Command, published_bytes
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.testing.utilities import prefect_test_harness

from onrecord import flow
from onrecord.console import markdown
from onrecord.ledger import Outcome
from onrecord.processing import Result
from onrecord.running import Run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _server() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Two articles and a file that is none."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(FOUNDING_FORM, encoding="utf-8")
    (folder / "b.txt").write_text(FOUNDING_FORM.replace("Harbour", "Port"), encoding="utf-8")
    (folder / "empty.txt").write_text("")
    return folder


def test_flow_and_direct_write_the_same_bytes(onrecord: Command, inputs: Path) -> None:
    """With Prefect or without, the same files hold the same bytes, and the summary and exit code agree."""
    direct = onrecord("run", inputs, "--out", "direct", "--direct", "--json")
    flowed = onrecord("run", inputs, "--out", "flowed", "--json")
    assert (flowed.code, json.loads(flowed.out)) == (direct.code, json.loads(direct.out))
    assert direct.code == 3
    assert published_bytes(Path("flowed")) == published_bytes(Path("direct"))
    assert len(list(Path("flowed").glob("articles/**/*.ttl"))) == 2


def test_a_rerun_of_the_flow_finds_nothing_to_do(onrecord: Command, inputs: Path) -> None:
    """The ledger serves the flow too."""
    onrecord("run", inputs)
    again = json.loads(onrecord("run", inputs, "--json").out)
    assert (len(again["unchanged"]), again["published"]) == (2, [])


def test_the_flow_leaves_its_report_as_artifact(onrecord: Command, inputs: Path) -> None:
    """Whoever looks at Prefect sees what became of each input."""
    onrecord("run", inputs)
    with get_client(sync_client=True) as client:
        found = client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=["onrecord-run"])))
    assert any("empty.txt" in str(artifact.data) for artifact in found)


def test_parameters_are_plain_values(tmp_path: Path, inputs: Path) -> None:
    """A deployment can call the flow with what JSON can hold."""
    results = flow.publish_news([str(inputs / "a.txt")], out=str(tmp_path / "out"))  # type: ignore[arg-type]
    assert [each.outcome for each in results] == [Outcome.PUBLISHED]


def test_an_unreachable_prefect_names_the_way_out(process: Command, inputs: Path, tmp_path: Path) -> None:
    """Where Prefect cannot be used, one line says so and names `--direct`."""
    ran = process("run", inputs, cwd=tmp_path, env={"PREFECT_API_URL": "http://127.0.0.1:9/api"})
    assert (ran.code, ran.out) == (1, "")
    (line,) = ran.err.splitlines()
    assert "127.0.0.1:9" in line
    assert line.endswith("run with --direct, which needs none")


def test_a_fault_of_ours_is_not_blamed_on_prefect(
    onrecord: Command, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in our own code under the flow is told as what it is."""
    monkeypatch.setattr(Run, "finish", lambda run: 1 / 0)
    ran = onrecord("run", inputs)
    assert ran.code == 1
    assert "ZeroDivisionError" in ran.err
    assert "Prefect" not in ran.err


def test_the_report_escapes_what_markdown_reads() -> None:
    """A file name with a bar does not break the report's table."""
    report = markdown([Result("a|b.txt", Outcome.REJECTED, reason="no words")])
    assert "| a\\|b.txt | rejected | no words |" in report
