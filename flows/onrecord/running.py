"""A run in stages: read, process, publish. With Prefect or without, only how each stage is called differs."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from onrecord.catalogue import Run as RunRecord
from onrecord.errors import RejectedInput, UsageError
from onrecord.ledger import Entry, Outcome
from onrecord.processing import Item, Processed, Processor, Reading, Result, fingerprint, sha256, versions
from onrecord.publication import Publication
from onrecord.settings import Settings
from onrecord.sources import Input, find_inputs, read, read_bytes

DEFAULT_INPUT = "seeds"
LARGEST_BATCH = 25
_BATCHES_A_WORKER = 8

Found = Input | RejectedInput


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for: inputs, settings, whether to process again what is known, a date for undated inputs."""

    paths: tuple[str, ...]
    settings: Settings
    force: bool = False
    published: date | None = None


class Watch(Protocol):
    """Told what happens while a run goes on."""

    def begin(self, total: int) -> None:
        """So many inputs were found."""

    def seen(self, result: Result) -> None:
        """An input has its outcome."""

    def note(self, line: str) -> None:
        """Something worth a line that is no input's outcome."""


class Promise(Protocol):
    """A result that may still be in the making."""

    def result(self) -> tuple[Item, ...]:
        """Wait for it."""


@dataclass(frozen=True, slots=True)
class Stages:
    """How each stage is called; the batches of `process` may go on beside each other."""

    read: Callable[[Run, Sequence[Found]], tuple[Item, ...]]
    process: Callable[[Run, tuple[Item, ...]], Promise]
    publish: Callable[[Run, tuple[Item, ...]], tuple[Result, ...]]


class Run:
    """One run over a published folder, open for writing."""

    def __init__(self, request: Request) -> None:
        self.settings = request.settings
        self._request = request
        self._started = datetime.now(UTC)
        self._fingerprint = fingerprint(request.settings, request.published)
        self._extractor: str | None = None
        self._entries: list[Entry] = []
        self.publication = Publication.open(request.settings.out, request.settings.base)
        self.processor = Processor(request.settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.processor.close()
        self.publication.close()

    def read(self, batch: Sequence[Found]) -> tuple[Item, ...]:
        """Read a batch; what is known or cannot be an article already has its result."""
        return tuple(map(self._read, batch))

    def process(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """Understand, map and prove what was read."""
        return self.processor.process(items)

    def publish(self, items: tuple[Item, ...]) -> tuple[Result, ...]:
        """Publish or withhold a batch, in its order, and keep each outcome."""
        return tuple(map(self._publish, items))

    def finish(self) -> None:
        """Write what covers the whole: entities, catalogue, and the record of the run where anything was processed."""
        self.publication.finish()
        if self._extractor:
            self.publication.write_run(
                RunRecord(
                    identifier=f"{self._started:%Y%m%dT%H%M%S.%fZ}",
                    started=self._started,
                    ended=datetime.now(UTC),
                    extractor=self._extractor,
                    versions=versions(self.settings),
                    outcomes=self._entries,
                )
            )

    def _read(self, found: Found) -> Item:
        if isinstance(found, RejectedInput):
            return Result(found.source, Outcome.REJECTED, reason=found.reason)
        digest = ""
        try:
            data = read_bytes(found)
            digest = sha256(data)
            known = self._known(found, digest)
            return known or Reading(found.key, digest, read(found, data, published=self._request.published))
        except RejectedInput as error:
            entry = Entry(found.key, found.source, digest, self._fingerprint, Outcome.REJECTED, reason=error.reason)
            self._record(entry)
            return Result(found.source, Outcome.REJECTED, reason=error.reason)

    def _known(self, found: Input, digest: str) -> Result | None:
        if self._request.force:
            return None
        entry = self.publication.known(found.key, found.source, digest, self._fingerprint)
        if entry is None:
            return None
        outcome = Outcome.UNCHANGED if entry.outcome is Outcome.PUBLISHED else entry.outcome
        return Result(found.source, outcome, entry.article, entry.reason)

    def _publish(self, item: Item) -> Result:
        if isinstance(item, Result):
            return item
        assert isinstance(item, Processed)
        self._extractor = item.extractor or self._extractor
        result = self._placed(item)
        self._record(
            Entry(
                item.key, result.source, item.digest, self._fingerprint, result.outcome, result.article, result.reason
            )
        )
        return result

    def _placed(self, item: Processed) -> Result:
        """Put the graph where it belongs; a failure, a finding or a rival input decides where that is."""
        if item.result.outcome is Outcome.REJECTED or item.result.article is None:
            return item.result
        rival = self.publication.rivalry(item.result.article, item.result.source, item.text_sha256)
        if rival:
            return item.result.with_outcome(*rival)
        if item.result.outcome is Outcome.WITHHELD:
            self.publication.withhold(item.result.article, item.turtle, item.report)
        else:
            self.publication.put(item.result.article, item.published, item.turtle)
        return item.result

    def _record(self, entry: Entry) -> None:
        self.publication.record(entry)
        self._entries.append(entry)


DIRECT = Stages(read=Run.read, process=lambda run, items: run.processor.submit(items), publish=Run.publish)


def execute(request: Request, watch: Watch, stages: Stages = DIRECT) -> list[Result]:
    """Run over all inputs; one result an input, in the order of the inputs.

    Raises UsageError, ResourceError or PublicationError; an input that fails is a result and stops nothing.
    """
    inputs = find_all(request.paths)
    watch.begin(len(inputs))
    results: list[Result] = []
    with Run(request) as run:
        for note in run.publication.notes:
            watch.note(note)
        for batch in _published(run, inputs, stages):
            results += batch
            for result in batch:
                watch.seen(result)
        run.finish()
    return results


def find_all(paths: Sequence[str]) -> list[Found]:
    """The inputs that the paths name, those of `seeds/` where none is given; raises UsageError."""
    if not paths and not Path(DEFAULT_INPUT).is_dir():
        raise UsageError(f"no PATH given, and there is no folder {DEFAULT_INPUT}/ here: name files or folders to read")
    return list(find_inputs(paths or (DEFAULT_INPUT,)))


def _published(run: Run, inputs: Sequence[Found], stages: Stages) -> Iterator[tuple[Result, ...]]:
    """The results batch by batch, in order, while later batches are being processed."""
    workers = run.settings.workers
    at_once = 1 if workers == 1 else 2 * workers
    pending: deque[Promise] = deque()
    for batch in _batches(inputs, workers):
        items = stages.read(run, batch)
        pending.append(stages.process(run, items))
        if len(pending) >= at_once:
            yield stages.publish(run, pending.popleft().result())
    while pending:
        yield stages.publish(run, pending.popleft().result())


def _batches(inputs: Sequence[Found], workers: int) -> Iterator[tuple[Found, ...]]:
    size = max(1, min(LARGEST_BATCH, math.ceil(len(inputs) / (_BATCHES_A_WORKER * workers))))
    rest = iter(inputs)
    while batch := tuple(islice(rest, size)):
        yield batch
