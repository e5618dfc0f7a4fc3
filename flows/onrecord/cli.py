"""The command line. Heavy packages are imported inside the commands that need them, so that `--help` is immediate.

Exit codes: 0 all inputs published or unchanged; 3 some rejected or withheld; 2 wrong usage; 1 it could not work.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from onrecord import __version__
from onrecord.errors import OnRecordError, RejectedInput, ResourceError, UsageError

if TYPE_CHECKING:
    from onrecord.pipeline import Pipeline
    from onrecord.processing import Result
    from onrecord.questions import Answer
    from onrecord.running import Request, Watch
    from onrecord.sources import Input
    from onrecord.validation import Rules

INCOMPLETE = 3
FAILED = 1
INTERRUPTED = 130

Command = TypeVar("Command", bound=Callable[..., object])
_debug: ContextVar[bool] = ContextVar("debug", default=False)


def _set_debug(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        _debug.set(True)


def _date(context: click.Context, parameter: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def _bindings(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    for name, sign, _ in pairs:
        if not name or not sign:
            raise click.BadParameter(f"{name!r} is not of the form NAME=VALUE")
    return {name: value for name, _, value in pairs}


_with_debug = click.option(
    "--debug", is_flag=True, expose_value=False, callback=_set_debug, help="Show tracebacks and Prefect's log."
)
_with_date = click.option(
    "--date", "published", type=click.DateTime(["%Y-%m-%d"]), callback=_date, help="Date of inputs that print none."
)
_with_data = click.option(
    "--data", type=click.Path(path_type=Path), default="published", envvar="ONRECORD_OUT", show_default=True,
    help="The published folder.",
)  # fmt: skip
_paths = click.argument("paths", nargs=-1, metavar="[PATH]...")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="onrecord", message="%(prog)s %(version)s")
@_with_debug
def cli() -> None:
    """News in, knowledge graph out: who is on the record saying what, to whom, about which project."""


@cli.command()
@_paths
@click.option(
    "--out", type=click.Path(path_type=Path), default="published", envvar="ONRECORD_OUT", show_default=True,
    help="Folder to publish into.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), help="Processes to work with.  [default: 1]")
@click.option("--direct", is_flag=True, help="Run the stages in this process, without Prefect.")
@click.option("--force", is_flag=True, help="Process again what is unchanged.")
@click.option("--with-text", is_flag=True, help="Publish the articles' text too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the table.")
@_with_date
@_with_debug
def run(
    paths: tuple[str, ...],
    out: Path,
    workers: int | None,
    direct: bool,
    force: bool,
    with_text: bool,
    as_json: bool,
    published: date | None,
) -> int:
    """Read articles and publish their graphs; without PATH those in seeds/."""
    from onrecord.console import print_results, summary
    from onrecord.running import Request
    from onrecord.settings import read_settings

    settings = read_settings(out=out, workers=workers, with_text=with_text or None)
    request = Request(paths, settings, force, published)
    with _watch() as watch:
        results = _execute(request, watch, direct)
    if as_json:
        click.echo(json.dumps(summary(results), ensure_ascii=False))
    else:
        print_results(results, out)
    return _exit_code(results)


@cli.command()
@_paths
@_with_date
@_with_debug
def annotate(paths: tuple[str, ...], published: date | None) -> int:
    """Print what is found in each article as one line of JSON; nothing is published."""
    from onrecord.running import find_all

    code = 0
    for found in find_all(paths):
        try:
            if isinstance(found, RejectedInput):
                raise found
            click.echo(json.dumps(_annotation(found, published), ensure_ascii=False))
        except RejectedInput as error:
            click.echo(f"rejected: {error}", err=True)
            code = INCOMPLETE
    return code


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--source", type=click.Path(path_type=Path), help="The article that the graph was made from.")
@click.option("--no-text", is_flag=True, help="Accept that rules over the text are not proved where it is absent.")
@_with_debug
def validate(files: tuple[Path, ...], source: Path | None, no_text: bool) -> int:
    """Check graphs (Turtle) against the shapes, and their evidence against the article's text."""
    from onrecord import resources
    from onrecord.settings import read_settings
    from onrecord.validation import Rules

    if source and len(files) > 1:
        raise UsageError("--source gives the text of one article: validate its graph alone")
    text = _text(source) if source else None
    rules = Rules.load(resources.folder("shapes"), read_settings().engine)
    return max([_validate(file, rules, text, no_text) for file in files])


@cli.command()
@click.argument("name", required=False, metavar="NAME|FILE.rq")
@_with_data
@click.option("--bind", "bindings", multiple=True, metavar="NAME=VALUE", callback=_bindings, help="Give a value.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "turtle"]), default="table", show_default=True,
    help="turtle is for queries that CONSTRUCT a graph.",
)  # fmt: skip
@click.option("--columns", metavar="NAME,...", help="Show only these columns, in this order.")
@click.option("--list", "list_them", is_flag=True, help="List the questions.")
@_with_debug
def query(
    name: str | None, data: Path, bindings: dict[str, str], form: str, columns: str | None, list_them: bool
) -> int:
    """Ask a named question, or a SPARQL query in a file, of what is published."""
    from onrecord import resources
    from onrecord.questions import Format, ask, find_question, list_questions, render

    folder = resources.folder("ontology") / "questions"
    if list_them:
        for question in list_questions(folder):
            click.echo(f"{question.name}\t{question.title}")
        return 0
    if not name:
        raise click.UsageError("Missing argument 'NAME|FILE.rq': a question (see --list) or a file.")
    answer = ask(find_question(name, folder).query, data, bindings)
    if columns:
        answer = _only(answer, columns.split(","))
    click.echo(render(answer, Format(form)), nl=False)
    return 0


@cli.command()
@_with_data
@_with_debug
def status(data: Path) -> int:
    """Say what is published, unchanged, withheld and rejected, and why."""
    from onrecord.console import print_status
    from onrecord.ledger import read_entries

    if not data.is_dir():
        raise UsageError(f"{str(data)!r}: there is no such folder: run first, or name another with --data")
    print_status(read_entries(data), data)
    return 0


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="TEXT", help="Only articles with this in their name; may be repeated.")
@click.option("--threshold", type=click.FloatRange(0, 1, min_open=True, max_open=True), help="Instead of the model's.")
@_with_debug
def evaluate(folder: Path, only: tuple[str, ...], threshold: float | None) -> int:
    """Score the attribution model on a folder annotated by hand (brat standoff: text/ and attributions/)."""
    from onrecord.training import evaluate as score

    click.echo(score(folder, only=only, threshold=threshold).table())
    return 0


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--held-out", multiple=True, required=True, metavar="TEXT", help="Articles that set the threshold.")
@click.option(
    "--out", type=click.Path(path_type=Path), default="model", show_default=True, help="Folder to write into."
)
@_with_debug
def train(folder: Path, held_out: tuple[str, ...], out: Path) -> int:
    """Train the attribution model on a folder annotated by hand; some hours on two cores, and resumed if cut short."""
    import logging

    try:
        from onrecord.training.recipe import train as train_model
    except ImportError as error:
        raise ResourceError(f"{error.name} is not installed: training needs the extra, onrecord[train]") from None
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    click.echo(f"trained: {train_model(folder, out, held_out)}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; errors become one line on stderr."""
    _debug.set(False)
    try:
        return cli.main(arguments, prog_name="onrecord", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _failure("interrupted: run again to go on", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read the output has gone (`| head`); Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OnRecordError as error:
        return _failure(str(error), error.exit_code)
    except Exception as error:
        return _failure(f"{type(error).__name__}: {error} (a fault of onrecord; --debug shows where)", FAILED)


def _failure(line: str, code: int) -> int:
    if _debug.get():
        traceback.print_exc()
    click.echo("onrecord: " + " ".join(line.split("\n")), err=True)
    return code


@contextmanager
def _watch() -> Iterator[Watch]:
    """A bar on a terminal, plain lines elsewhere."""
    from onrecord.console import Bar, Lines

    if not sys.stderr.isatty():
        yield Lines()
        return
    with Bar() as bar:
        yield bar


def _execute(request: Request, watch: Watch, direct: bool) -> list[Result]:
    if direct:
        from onrecord.running import execute

        return execute(request, watch)
    _prepare_prefect()
    try:
        from onrecord.flow import run_flow

        return run_flow(request, watch)
    except OnRecordError:
        raise
    except Exception as error:
        if not _is_of_prefect(error):
            raise
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ResourceError(f"Prefect cannot be used ({reason}): run with --direct, which needs none") from error


def _is_of_prefect(error: Exception) -> bool:
    """Whether the error rose from Prefect, or from its absence, and not from our code that it called."""
    if isinstance(error, ImportError) and (error.name or "").partition(".")[0] == "prefect":
        return True
    names = (
        frame.f_globals.get("__name__", "").partition(".")[0] for frame, _ in traceback.walk_tb(error.__traceback__)
    )
    return [name for name in names if name in ("onrecord", "prefect")][-1:] == ["prefect"]


def _prepare_prefect() -> None:
    """Offline and quiet, unless the user's environment says otherwise; Prefect reads it when it is imported."""
    defaults = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    }
    if not _debug.get():
        defaults |= {"PREFECT_LOGGING_LEVEL": "CRITICAL", "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL"}
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def _exit_code(results: Sequence[Result]) -> int:
    from onrecord.ledger import Outcome

    return INCOMPLETE if any(each.outcome in (Outcome.WITHHELD, Outcome.REJECTED) for each in results) else 0


def _annotation(found: Input, published: date | None) -> dict[str, object]:
    from onrecord.annotation import annotation
    from onrecord.processing import pipeline_for
    from onrecord.settings import read_settings
    from onrecord.sources import read

    article = read(found, published=published)
    pipeline: Pipeline = pipeline_for(read_settings())
    try:
        return annotation(pipeline.understand(article))
    except Exception as error:
        if _debug.get():
            traceback.print_exc()
        raise RejectedInput(found.source, f"cannot be processed ({error!r}): this is a fault of onrecord") from error


def _only(answer: Answer, wanted: Sequence[str]) -> Answer:
    absent = [name for name in wanted if name not in answer.columns]
    if absent:
        raise UsageError(f"--columns {','.join(absent)}: the answer has {','.join(answer.columns) or 'no columns'}")
    places = [answer.columns.index(name) for name in wanted]
    return replace(
        answer, columns=tuple(wanted), rows=tuple(tuple(row[place] for place in places) for row in answer.rows)
    )


def _text(source: Path) -> str:
    from onrecord.sources import Input, read

    try:
        return read(Input(source, source.name)).text
    except RejectedInput as error:
        raise UsageError(f"--source {error}") from None


def _validate(file: Path, rules: Rules, text: str | None, no_text: bool) -> int:
    """Print the findings of one file and return the exit code that it deserves."""
    from onrecord.console import finding_line
    from onrecord.turtle import parse
    from onrecord.validation import validate as check

    try:
        report = check(parse(file.read_bytes()), rules, text=text, text_required=False)
    except (OSError, ValueError) as error:
        click.echo(f"onrecord: {file}: cannot be read: {error}", err=True)
        return FAILED
    for finding in report.findings:
        click.echo(finding_line(str(file), finding))
    for rule in report.unproved:
        click.echo(f"{file}: not proved: {rule}: it needs the article's text")
    if report.unproved and not no_text:
        click.echo(f"{file}: give the article with --source, or accept what is not proved with --no-text")
    conforms = report.conforms and (no_text or not report.unproved)
    click.echo(f"{file}: {'conforms' if conforms else 'does not conform'}")
    return 0 if conforms else FAILED


if __name__ == "__main__":
    sys.exit(main())
