"""The run as a Prefect flow: the stages of `running` as tasks, retries where there is I/O, a report as artifact."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from datetime import date
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import quote

from onrecord.console import Silent, markdown
from onrecord.processing import Item, Result
from onrecord.running import Found, Promise, Request, Run, Stages, Watch, execute
from onrecord.settings import read_settings

_watch: ContextVar[Watch] = ContextVar("watch", default=Silent())  # noqa: B039 - it keeps nothing


@task(retries=2, retry_delay_seconds=1, cache_policy=NO_CACHE, cache_result_in_memory=False)
def read(run: Run, batch: Sequence[Found]) -> tuple[Item, ...]:
    """Read a batch of inputs."""
    return run.read(batch)


@task(cache_policy=NO_CACHE, cache_result_in_memory=False)
def process(run: Run, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Understand, map and prove a batch."""
    return run.process(items)


@task(retries=2, retry_delay_seconds=1, cache_policy=NO_CACHE, cache_result_in_memory=False)
def publish(run: Run, items: tuple[Item, ...]) -> tuple[Result, ...]:
    """Publish or withhold a batch."""
    return run.publish(items)


def _submit(run: Run, items: tuple[Item, ...]) -> Promise:
    return process.submit(run, quote(items))


# Quoted, so that Prefect does not look for futures in every span of every article.
STAGES = Stages(
    read=lambda run, batch: read(run, quote(batch)),
    process=_submit,
    publish=lambda run, items: publish(run, quote(items)),
)


@flow(name="onrecord", validate_parameters=True)
def publish_news(
    paths: list[str],
    out: Path | None = None,
    workers: int | None = None,
    with_text: bool | None = None,
    force: bool = False,
    published: date | None = None,
) -> list[Result]:
    """Read the inputs and publish their graphs; one result an input."""
    settings = read_settings(out=out, workers=workers, with_text=with_text)
    results = execute(Request(tuple(paths), settings, force, published), _watch.get(), STAGES)
    create_markdown_artifact(key="onrecord-run", markdown=markdown(results), description="What became of each input")
    return results


def run_flow(request: Request, watch: Watch) -> list[Result]:
    """Run the flow in this process, with somebody watching."""
    token = _watch.set(watch)
    settings = request.settings
    try:
        return publish_news(
            list(request.paths), settings.out, settings.workers, settings.with_text, request.force, request.published
        )
    finally:
        _watch.reset(token)
