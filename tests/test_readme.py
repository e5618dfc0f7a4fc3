"""The README is run: each command of its console blocks works and prints what stands below it.

`make readme` writes what the commands print now into the README.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click
import pytest

from onrecord.cli import cli, main
from onrecord.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", flags=re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)\n", flags=re.MULTILINE)


def arguments(command: str) -> list[str]:
    """The arguments of onrecord; a run goes without Prefect, which writes the same bytes and prints the same."""
    words = shlex.split(command.replace(".venv/bin/", "").replace("make run", "onrecord run"))
    assert words.pop(0) == "onrecord", f"the README may show only `make run` and `onrecord ...`: {command}"
    return [*words, "--direct"] if words[0] == "run" else words


def output(command: str) -> str:
    written = io.StringIO()
    with contextlib.redirect_stdout(written), contextlib.redirect_stderr(io.StringIO()):
        code = main(arguments(command))
    assert code == 0, f"{command} ends with {code}"
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


def rerun(text: str) -> str:
    """The README with what its commands print here and now."""

    def block(match: re.Match[str]) -> str:
        return "".join(f"$ {command}\n{output(command)}" for command in COMMAND.findall(match[1]))

    return BLOCK.sub(block, text)


@contextlib.contextmanager
def checkout() -> Iterator[None]:
    """A folder in which the README's commands find what they find in a fresh clone."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "seeds").symlink_to(ROOT / "seeds")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def test_the_commands_print_what_the_readme_shows() -> None:
    """What a newcomer sees is what the README promised."""
    text = README.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) >= 2
    with checkout():
        now = rerun(text)
    changed = "\n".join(unified_diff(text.splitlines(), now.splitlines(), "README.md", "now", lineterm="", n=0))
    assert not changed, f"run `make readme` and look at what it changed:\n{changed}"


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_and_option_is_documented(command: str) -> None:
    """The README names each command with each of its options."""
    text = README.read_text(encoding="utf-8")
    assert f"onrecord {command}" in text
    for parameter in cli.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in text


def test_every_setting_is_documented() -> None:
    """The README names each environment variable."""
    text = README.read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"{PREFIX}{name.upper()}" in text


if __name__ == "__main__":
    with checkout():
        README.write_text(rerun(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit()
