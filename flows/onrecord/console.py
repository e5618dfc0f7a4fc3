"""What a person sees: progress, a run's results, findings, answers. Nothing here decides anything."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from onrecord.ledger import Entry, Outcome
from onrecord.processing import Result

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID
    from rich.table import Table

    from onrecord.validation import Finding

LONGEST_TABLE = 40
UNWRAPPED = 120
_STYLES = {
    Outcome.PUBLISHED: "green",
    Outcome.UNCHANGED: "dim",
    Outcome.WITHHELD: "yellow",
    Outcome.REJECTED: "red",
}


class Silent:
    """A watch that shows nothing."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def seen(self, result: Result) -> None:
        """Nothing."""

    def note(self, line: str) -> None:
        """Nothing."""


class Lines:
    """A watch for logs: a line for each input that was not published, and one for each tenth of the way."""

    def __init__(self) -> None:
        self._total = self._done = 0

    def begin(self, total: int) -> None:
        """Say how many there are."""
        self._total = total
        self.note(f"{total} {'input' if total == 1 else 'inputs'}")

    def seen(self, result: Result) -> None:
        """Say what needs attention, and how far it is."""
        self._done += 1
        if result.outcome in (Outcome.WITHHELD, Outcome.REJECTED):
            self.note(f"{result.outcome}: {result.source}: {result.reason}")
        if self._done == self._total or self._done * 10 // self._total > (self._done - 1) * 10 // self._total:
            self.note(f"{self._done} of {self._total}")

    def note(self, line: str) -> None:
        """Write the line."""
        sys.stderr.write(_visible(line) + "\n")


class Bar:
    """A watch for terminals: a progress bar, and a line for each input that was not published."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("reading the news"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress: Progress = Progress(*columns, console=_console(stderr=True), transient=True)
        self._task: TaskID = self._progress.add_task("articles", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, total: int) -> None:
        """Set the length of the bar."""
        self._progress.update(self._task, total=total)

    def seen(self, result: Result) -> None:
        """Move the bar on."""
        self._progress.advance(self._task)
        if result.outcome in (Outcome.WITHHELD, Outcome.REJECTED):
            self.note(f"{result.outcome}: {result.source}: {result.reason}")

    def note(self, line: str) -> None:
        """Write the line above the bar."""
        self._progress.console.print(_visible(line), markup=False, highlight=False, soft_wrap=True)


def print_results(results: Sequence[Result], out: Path) -> None:
    """The table that ends a run: each article with what was found in it, or for many only what needs attention."""
    shown = results if len(results) <= LONGEST_TABLE else [each for each in results if each.reason][:LONGEST_TABLE]
    console = _console()
    if shown:
        console.print(_results_table(shown))
    console.print(f"{_totals(results)} in {_visible(str(out))}/", highlight=False, markup=False, soft_wrap=True)


def summary(results: Iterable[Result]) -> dict[str, list[dict[str, str]]]:
    """The results as the object that `--json` prints."""
    grouped: dict[str, list[dict[str, str]]] = {outcome.value: [] for outcome in Outcome}
    for each in results:
        fields = {"source": each.source, "article": each.article or "", "reason": each.reason}
        grouped[each.outcome].append({name: value for name, value in fields.items() if value})
    return grouped


def markdown(results: Sequence[Result]) -> str:
    """The results as Markdown: totals, then a table of what needs attention."""
    rows = [each for each in results if each.outcome in (Outcome.WITHHELD, Outcome.REJECTED)]
    head = ["", "| input | outcome | reason |", "|---|---|---|"] if rows else []
    lines = [f"| {_cell(each.source)} | {each.outcome} | {_cell(each.reason)} |" for each in rows]
    return "\n".join([f"**{_totals(results)}**", *head, *lines])


def print_status(entries: Sequence[Entry], data: Path) -> None:
    """What became of each input so far: totals, then what is not published and why."""
    console = _console()
    counted = Counter(entry.outcome for entry in entries)
    totals = ", ".join(f"{counted[outcome]} {outcome}" for outcome in Outcome)
    console.print(f"{_visible(str(data))}/: {totals}", highlight=False, markup=False, soft_wrap=True)
    for entry in entries:
        if entry.outcome is not Outcome.PUBLISHED:
            line = f"{entry.outcome}: {_visible(entry.source)}: {_visible(entry.reason)}"
            console.print(line, style=_STYLES[entry.outcome], highlight=False, markup=False, soft_wrap=True)


def finding_line(file: str, finding: Finding) -> str:
    """A finding as one line: where, how bad, what is wrong and the way out."""
    thing = f"{finding.focus} {finding.path}" if finding.path else finding.focus
    value = f" (value: {finding.value})" if finding.value else ""
    return _visible(f"{file}: {finding.severity}: {thing}: {finding.message}{value}")


def _results_table(results: Sequence[Result]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table("article", "actors", "statements", "projects", "events", "outcome", box=SIMPLE_HEAD)
    for column in table.columns[1:5]:
        column.justify = "right"
    for each in results:
        counts = each.counts
        found = (counts.actors, counts.statements, counts.projects, counts.events) if counts else ("",) * 4
        outcome = Text(each.outcome, style=_STYLES[each.outcome])
        name = Text(_visible(each.headline or each.source), overflow="ellipsis", no_wrap=True)
        table.add_row(name, *map(str, found), outcome)
    return table


def _totals(results: Iterable[Result]) -> str:
    counted = Counter(each.outcome for each in results)
    return ", ".join(f"{counted[outcome]} {outcome}" for outcome in Outcome)


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, highlight=False, width=None if terminal else UNWRAPPED)


def _visible(text: str) -> str:
    """Text on one line, with control characters and lone surrogates written out, since file names may hold them."""
    return "".join(
        char if char.isprintable() or char == "\u200f" else char.encode("unicode_escape", "surrogatepass").decode()
        for char in text
    )


def _cell(text: str) -> str:
    return _visible(text).replace("|", "\\|")
