"""Reads files in worker processes. A large file of records is read by all of them together.

Each worker then takes every nth run of records; their results are merged in the order of the records.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from index.metadata.labels import Labels
from index.metadata.text_language import load_detection
from index.runs.manifest.entries import SourceFailure
from index.runs.messages import ResultMessage, failure_message, messages
from index.runs.read_results import FileResults, ReadResult
from index.sources.files import SourceFile
from index.sources.read_task import ReadTask, Shard
from index.workers.job import Job
from index.workers.limits import WorkerLimits
from index.workers.pool import WorkerPool
from search.schema import Schema

_SHARED_SIZE = 1 << 20  # bytes of a file that is worth being read by several workers


def read_in_workers(  # noqa: PLR0913 - what reading takes, and who is told
    tasks: Sequence[ReadTask],
    labels: Labels,
    schema: Schema,
    count: int,
    limits: WorkerLimits | None = None,
    *,
    readable: Iterable[str] = (),
    on_time: Callable[[SourceFile, float], None] = lambda _, __: None,
) -> Iterator[FileResults]:
    """Each file with its results, read by `count` processes, which end with the iteration.

    Results must be consumed in order, those of a file to the end before the next file's. The processes
    can read the files of the `readable` folders. `on_time` is told the seconds of processor time of a file.
    """
    _ = schema.analyzer  # built before the processes fork, so that all of them have it
    load_detection()
    job = Job(
        partial(messages, labels=labels, schema=schema),
        lambda task, reason, seconds: failure_message(task.file, reason, seconds),
        ResultMessage,
        ReadTask.size,
    )
    shared_size = max(sum(task.size() for task in tasks) / count, _SHARED_SIZE)

    def parts(task: ReadTask) -> Sequence[ReadTask]:
        if not (task.many and task.size() > shared_size):
            return (task,)
        return [replace(task, shard=Shard(index, count)) for index in range(count)]

    with WorkerPool(job, count, limits or WorkerLimits(), readable) as pool:
        for task, streams in pool.messages(tasks, parts):
            yield task.file, _merged(streams, partial(on_time, task.file))


def _merged(
    messages: Iterable[Iterator[ResultMessage]], on_time: Callable[[float], None]
) -> Iterator[ReadResult]:
    """The results of a file in the order of its records; a failure that all readers report, only once."""
    failures: set[SourceFailure] = set()
    seconds = 0.0
    for message in heapq.merge(*messages, key=lambda message: message.run):
        seconds += message.seconds
        for result in message.results():
            if isinstance(result, SourceFailure):
                if result in failures:
                    continue
                failures.add(result)
            yield result
    on_time(seconds)
