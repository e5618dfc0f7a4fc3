"""The Prefect flow does what `--direct` does, offline, and says so where Prefect cannot be used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import FOUNDING_FORM, Command, published_bytes
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.testing.utilities import prefect_test_harness

from onrecord import flow
from onrecord.console import markdown
from onrecord.errors import ResourceError
from onrecord.ledger import Outcome
from onrecord.processing import Result

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


def test_a_broken_prefect_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Prefect itself fails, one line says so and names `--direct`."""

    def unreachable(*arguments: object) -> None:
        raise RuntimeError("no server\nand more")

    monkeypatch.setattr(flow, "publish_news", unreachable)
    settings = SimpleNamespace(out=None, workers=1, with_text=False)
    request = SimpleNamespace(paths=(), settings=settings, force=False, published=None)
    with pytest.raises(ResourceError, match=r"\(no server\): run with --direct") as error:
        flow.run_flow(request, flow.Silent())  # type: ignore[arg-type]
    assert "\n" not in str(error.value)


def test_the_report_escapes_what_markdown_reads() -> None:
    """A file name with a bar does not break the report's table."""
    report = markdown([Result("a|b.txt", Outcome.REJECTED, reason="no words")])
    assert "| a\\|b.txt | rejected | no words |" in report
