"""What is installed works: the wheel holds everything, and runs far from the checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest
from conftest import FOUNDING_FORM, ROOT

import onrecord

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"])
def test_the_lock_holds_every_dependency(requirement: str) -> None:
    """What `make` installs contains all that the project and its tests ask for."""
    assert re.search(rf"^{re.escape(name_of(requirement))}==", LOCK, flags=re.MULTILINE)


def test_the_lock_is_reproducible() -> None:
    """Every pinned package has a hash, and no index is named."""
    pins = re.findall(r"^\S+==.*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)*)", LOCK, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^\S+==", LOCK, flags=re.MULTILINE)) > 50
    assert all(pins)
    assert "://" not in LOCK


def test_the_changelog_knows_the_version() -> None:
    """The version of the code is the newest in the changelog."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[?(\d\S*?)\]?(?: |$)", changelog, flags=re.MULTILINE)[1] == onrecord.__version__  # type: ignore[index]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release would be."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_what_the_checkout_holds(wheel: Path) -> None:
    """All modules, the model, the ontology, the shapes and the questions are in it, and no tests or seeds."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in (
        ("flows/onrecord", "onrecord"),
        ("ontology", "onrecord/ontology"),
        ("shapes", "onrecord/shapes"),
    ):
        files = [file for file in (ROOT / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts]
        missing = {f"{place}/{file.relative_to(ROOT / folder).as_posix()}" for file in files} - names
        assert files
        assert not missing
    assert not [name for name in names if name.startswith(("tests", "seeds", "flows"))]


@pytest.mark.slow
def test_the_wheel_runs_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """Installed in an environment of its own, away from the checkout, the command publishes, proves and answers."""
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin" / "python"
    paths = {"base": str(environment), "platbase": str(environment)}
    # The dependencies are those of this environment; a plain path line does not follow its editable installs.
    pointer = Path(sysconfig.get_path("purelib", vars=paths)) / "dependencies.pth"
    pointer.write_text(sysconfig.get_path("purelib") + "\n")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "-qq", wheel]
    subprocess.run(install, check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "harbour.txt").write_text(FOUNDING_FORM, encoding="utf-8")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("ONRECORD_", "PYTHONPATH"))}

    def run(*arguments: str) -> str:
        command = [environment / "bin" / "onrecord", *arguments]
        return subprocess.run(command, cwd=elsewhere, env=variables, check=True, capture_output=True, text=True).stdout

    where = "import onrecord; print(onrecord.__file__)"
    found = subprocess.run(
        [python, "-c", where], cwd=elsewhere, env=variables, check=True, capture_output=True, text=True
    )
    assert str(environment) in found.stdout
    assert json.loads(run("run", "--direct", "harbour.txt", "--json"))["published"]
    (graph,) = elsewhere.glob("published/articles/**/*.ttl")
    assert "conforms" in run("validate", str(graph), "--source", "harbour.txt")
    assert "harbour.txt" in run("query", "articles", "--format", "csv")
