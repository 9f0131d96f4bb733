"""A pool of processes that do tasks, and yield their messages in the order of the tasks.

A task may take too long or too much memory, or break its process: that costs a process, which is replaced,
and the task is given up.

The parent receives messages as they come, up to a number of buffered bytes a worker; beyond that the
worker blocks on its full pipe, so memory stays bounded.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import wait
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Generic, Self

from index.workers.fence import python_folders
from index.workers.job import Job, M, T
from index.workers.limits import Patience, WorkerLimits
from index.workers.process import Confinement
from index.workers.worker import Worker

_TASKS_AHEAD = 16  # tasks for each worker that may be started before the first of them is consumed
_BUFFER = 8 << 20  # bytes of received messages a worker, above which the parent receives no more from it


class WorkerPool(Generic[T, M]):
    """Worker processes; leaving the `with` block ends them, whatever they are doing.

    They can read the `readable` paths, and Python's own files. What they write goes with them.
    """

    def __init__(self, job: Job[T, M], count: int, limits: WorkerLimits, readable: Iterable[str]) -> None:
        self._scratch = TemporaryDirectory(prefix="opis-", ignore_cleanup_errors=True)
        confinement = Confinement(limits, (*readable, *python_folders()), self._scratch.name)
        patience = Patience(limits)
        self._workers = [Worker(job, confinement, patience) for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._scratch.cleanup()

    def messages(
        self, tasks: Iterable[T], parts: Callable[[T], Sequence[T]] = lambda task: (task,)
    ) -> Iterator[tuple[T, list[Iterator[M]]]]:
        """Each task with the messages of its parts: one for any worker, or one for each worker.

        Messages must be consumed in order, those of a task to the end before the next task's.
        """
        waiting = iter(tasks)
        started: deque[tuple[T, list[Worker[T, M]]]] = deque()
        while True:
            while len(started) < _TASKS_AHEAD * len(self._workers):
                if (task := next(waiting, None)) is None:
                    break
                started.append((task, self._submit(parts(task))))
            if not started:
                return
            task, workers = started.popleft()
            yield task, [self._messages(worker) for worker in workers]

    def _submit(self, parts: Sequence[T]) -> list[Worker[T, M]]:
        """Queue a task at the worker with the fewest, or its parts at all; return the workers that do it."""
        workers = self._workers
        if len(parts) == 1:
            workers = [min(self._workers, key=lambda worker: worker.backlog)]
        for worker, part in zip(workers, parts, strict=True):
            worker.submit(part)
        return workers

    def _messages(self, worker: Worker[T, M]) -> Iterator[M]:
        """Messages of one worker for its oldest task whose messages are not consumed yet."""
        while True:
            while (message := worker.next_message()) is None:
                self._receive()
            yield message
            if message.last:
                return

    def _receive(self) -> None:
        """Wait until a worker sends a message or exceeds its time limit."""
        busy = [worker for worker in self._workers if worker.is_busy and worker.buffered < _BUFFER]
        started = monotonic()
        ready = wait(
            [worker.connection for worker in busy], timeout=min(worker.seconds_left for worker in busy)
        )
        waited = monotonic() - started
        for worker in busy:
            if worker.connection in ready:
                worker.receive()
            else:
                worker.count_silence(waited)
