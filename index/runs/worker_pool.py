"""A pool of processes that read and analyse files, and yield the results in the order of the files.

A file may take too long or too much memory, or break its reader: that costs a worker process, which is
replaced, and the file becomes a failure.

The parent receives messages as they come, up to a number of buffered bytes a worker; beyond that the
worker blocks on its full pipe, so memory stays bounded. A large file of records is read by all workers
together, each taking every nth run of records.
"""

import heapq
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import wait
from time import monotonic
from typing import Self

from index import formats
from index.metadata.labels import Labels
from index.runs.manifest import SourceFailure
from index.runs.messages import ResultMessage
from index.runs.read_results import FileResults, ReadResult
from index.runs.worker import Worker, WorkerLimits
from index.sources.read_task import ReadTask, Shard
from search.schema import Schema

_MOST_WORKERS = 8  # more of them produce faster than the one writer consumes
_FILES_AHEAD = 16  # files for each worker that may be started before the first of them is consumed
_BUFFER = 8 << 20  # bytes of received messages a worker, above which the parent receives no more from it
_SHARED_SIZE = 1 << 20  # bytes of a file that is worth being read by several workers


def worker_count() -> int:
    """How many workers keep the processors busy that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST_WORKERS)
    return 2


def read_in_workers(
    tasks: Sequence[ReadTask],
    labels: Labels,
    schema: Schema,
    count: int,
    limits: WorkerLimits | None = None,
) -> Iterator[FileResults]:
    """Each file with its results, read by `count` processes, which end with the iteration.

    Results must be consumed in order, those of a file to the end before the next file's.
    """
    with WorkerPool(labels, schema, count, limits or WorkerLimits()) as pool:
        yield from pool.read(tasks)


class WorkerPool:
    """Worker processes; leaving the `with` block ends them, whatever they are doing."""

    def __init__(self, labels: Labels, schema: Schema, count: int, limits: WorkerLimits) -> None:
        _ = schema.analyzer  # built before the processes fork, so that all of them have it
        self._workers = [Worker(labels, schema, limits) for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()

    def read(self, tasks: Sequence[ReadTask]) -> Iterator[FileResults]:
        """Each file with its results, in order (see `read_in_workers`)."""
        count = len(self._workers)
        fair_share = sum(task.size() for task in tasks) / count
        waiting = iter(tasks)
        started: deque[tuple[ReadTask, list[Worker]]] = deque()
        while True:
            while len(started) < _FILES_AHEAD * count and (task := next(waiting, None)):
                shared = task.size() > max(fair_share, _SHARED_SIZE)
                started.append((task, self._submit(task, shared=shared)))
            if not started:
                return
            task, readers = started.popleft()
            yield task.file, _merged(self._messages(reader) for reader in readers)

    def _submit(self, task: ReadTask, *, shared: bool) -> list[Worker]:
        """Queue a file at the worker with the fewest, or at all workers; return those that read it."""
        readers = [min(self._workers, key=lambda worker: worker.backlog)]
        if shared and (form := formats.format_of(task.file)) and form.many:
            readers = self._workers
        for index, reader in enumerate(readers):
            reader.submit(replace(task, shard=Shard(index, len(readers))))
        return readers

    def _messages(self, worker: Worker) -> Iterator[ResultMessage]:
        """Messages of one worker for its oldest file whose messages are not consumed yet."""
        while True:
            while (message := worker.next_message()) is None:
                self._receive()
            yield message
            if message.last:
                return

    def _receive(self) -> None:
        """Wait until a worker sends a message or exceeds its time limit."""
        reading = [worker for worker in self._workers if worker.is_reading and worker.buffered < _BUFFER]
        started = monotonic()
        ready = wait(
            [worker.connection for worker in reading], timeout=min(worker.seconds_left for worker in reading)
        )
        waited = monotonic() - started
        for worker in reading:
            if worker.connection in ready:
                worker.receive()
            else:
                worker.count_silence(waited)


def _merged(messages: Iterable[Iterator[ResultMessage]]) -> Iterator[ReadResult]:
    """The results of a file in the order of its records; a failure that all readers report, only once."""
    failures: set[SourceFailure] = set()
    for message in heapq.merge(*messages, key=lambda message: message.run):
        for result in message.results():
            if isinstance(result, SourceFailure):
                if result in failures:
                    continue
                failures.add(result)
            yield result
