"""Files are read and analysed by processes of their own, which may take too long, too much memory, or break.

A worker is given a few files at a time and sends runs of documents that are ready to be put. What it
sends is taken at once, up to a bound, beyond which a full pipe makes it wait: so memory stays flat. Results
come in the order of the files; a large file of records is read by all workers together, each taking
its runs in turn. A worker that breaks or hangs is replaced, and its file is a failure.
"""

import heapq
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing.connection import wait
from time import monotonic

from index import formats
from index.metadata.labels import Labels
from index.runs.manifest import SourceFailure
from index.runs.messages import ResultMessage
from index.runs.reading import (
    FileResults,
    IndexableDocument,
    ReadDocument,
    ReadResult,
    RecordResult,
    record_results,
)
from index.runs.worker import Worker, WorkerLimits
from index.sources.files import Part, SourceFile
from search.analyzed import analyze
from search.schema import Schema

_MOST = 8  # processes: more of them are faster than one can write
_AHEAD = 16  # files a worker that may be begun before the first of them is taken
_ROOM = 8 << 20  # bytes of results a worker that wait to be taken
_LARGE = 1 << 20  # bytes of a file that is worth being read by several


def worker_count() -> int:
    """How many workers keep the processors that this process may use busy."""
    return min(len(os.sched_getaffinity(0)), _MOST) if hasattr(os, "sched_getaffinity") else 2


def read_here(files: Iterable[SourceFile], labels: Labels, schema: Schema) -> Iterator[FileResults]:
    """Each file with what it gives, read in this process: for a handful of files, and for tests."""
    for file in files:
        yield file, (_here(result, schema) for result in record_results(file, labels))


def _here(result: RecordResult, schema: Schema) -> ReadResult:
    found = result.found
    if not isinstance(found, ReadDocument):
        return found
    return IndexableDocument(
        found.entry, found.document.source, partial(analyze, found.document, schema), result.at
    )


def read_in_workers(
    files: Sequence[SourceFile],
    labels: Labels,
    schema: Schema,
    count: int,
    limits: WorkerLimits | None = None,
) -> Iterator[FileResults]:
    """Each file with what it gives, read by `count` processes; to be taken in order, each to its end."""
    _ = schema.analyzer  # made once, for all of them
    crew = [Worker(labels, schema, limits or WorkerLimits()) for _ in range(count)]
    fair = sum(file.size() for file in files) / count
    waiting = iter(files)
    begun: deque[tuple[SourceFile, list[Worker]]] = deque()
    try:
        while True:
            while len(begun) < _AHEAD * count and (file := next(waiting, None)):
                begun.append((file, _begin(file, crew, shared=file.size() > max(fair, _LARGE))))
            if not begun:
                return
            file, readers = begun.popleft()
            yield file, _taken([_said(worker, crew) for worker in readers])
    finally:
        for worker in crew:
            worker.stop()


def _begin(file: SourceFile, crew: list[Worker], *, shared: bool) -> list[Worker]:
    """Give a file to a worker, or to all; those who read it."""
    readers = [min(crew, key=lambda worker: len(worker.files))]
    if shared and formats.reader_of(file) in formats.COLLECTIONS:
        readers = crew
    for nth, worker in enumerate(readers):
        worker.read(replace(file, part=Part(nth, len(readers))))
    return readers


def _taken(said: list[Iterator[ResultMessage]]) -> Iterator[ReadResult]:
    """What the readers of a file found, in the order of its records; what all of them say is said once."""
    failed: set[SourceFailure] = set()
    for message in heapq.merge(*said, key=lambda message: message.run):
        for found in message.found():
            if not (isinstance(found, SourceFailure) and found in failed):
                yield found
            if isinstance(found, SourceFailure):
                failed.add(found)


def _said(worker: Worker, crew: list[Worker]) -> Iterator[ResultMessage]:
    """What a worker says of the first file that it was given and that was not taken yet."""
    while True:
        while not worker.said:
            _listen([each for each in crew if each.given and each.held < _ROOM])
        yield (message := worker.take())
        if message.last:
            return


def _listen(busy: list[Worker]) -> None:
    """Wait until one of the workers says something, or has been silent for too long."""
    started = monotonic()
    ready = wait([worker.pipe for worker in busy], timeout=min(worker.patience for worker in busy))
    waited = monotonic() - started
    for worker in busy:
        if worker.pipe in ready:
            worker.hear()
        else:
            worker.wait(waited)
