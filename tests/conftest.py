"""What several test modules share: the command, in this process or in one of its own, and small articles."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord.cli import main

ROOT = Path(__file__).resolve().parent.parent
FOUNDING_FORM = (
    " date 2021-03-04 Harbour Bridge Plan Wins Backing\n"
    "(Harbour Wire) -- Norway will support the Skagen bridge, Transport Minister Ola Berg said on Thursday.\n"
    "“We have waited long enough,” Berg told reporters in Oslo. He denied that the cost had doubled.\n"
)


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def onrecord(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Run the command in this process, in an empty folder, with no settings from outside."""
    for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return run


@pytest.fixture(scope="session")
def process() -> Command:
    """Run the command in a process of its own, as a user does; `env` adds to the environment."""

    def run(*arguments: str | Path, cwd: Path, env: dict[str, str] | None = None) -> Ran:
        variables = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
        variables |= {"PYTHONPATH": str(ROOT / "flows")} | (env or {})
        command = [sys.executable, "-m", "onrecord.cli", *map(str, arguments)]
        done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, timeout=300, check=False)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A small article in the founding form."""
    path = tmp_path / "in" / "harbour-bridge.txt"
    path.parent.mkdir()
    path.write_text(FOUNDING_FORM, encoding="utf-8")
    return path


def published_bytes(folder: Path) -> dict[str, bytes]:
    """What is published, by path: all but the ledger, the lock, and the runs with their clock."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    relative = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in sorted(relative.items()) if not name.startswith("runs/")}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` writes the golden cases anew instead of comparing with them."""
    parser.addoption("--update-cases", action="store_true", help="write tests/cases/*.ttl anew")
