"""What several test modules share: the command, a folder to publish into, small articles."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOUNDING_FORM = (
    " date 2021-03-04 Harbour Bridge Plan Wins Backing\n"
    "(Harbour Wire) -- Norway will support the Skagen bridge, Transport Minister Ola Berg said on Thursday.\n"
    "“We have waited long enough,” Berg told reporters in Oslo. He denied that the cost had doubled.\n"
)

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def onrecord() -> Command:
    """Run the command in a process of its own, as a user does; `env` adds to the environment."""

    def run(
        *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        variables = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
        variables |= {"PYTHONPATH": str(ROOT / "flows"), "NO_COLOR": "1", "COLUMNS": "120"} | (env or {})
        command = [sys.executable, "-m", "onrecord.cli", *map(str, arguments)]
        return subprocess.run(
            command, cwd=cwd, env=variables, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
        )

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A small article in the founding form."""
    path = tmp_path / "in" / "harbour-bridge.txt"
    path.parent.mkdir()
    path.write_text(FOUNDING_FORM, encoding="utf-8")
    return path
