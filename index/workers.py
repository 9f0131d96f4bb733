"""Files are read by processes of their own, which may take too long, too much memory, or break.

Each worker reads one file at a time and sends its documents in batches; a full pipe makes it wait, so
memory stays flat. Results come in the order of the files. A worker that breaks or hangs is replaced,
and its file is a failure.
"""

import multiprocessing
import resource
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection

from index.labels import Labels
from index.manifest import Entry, Failure
from index.reading import Found, Read, Results, read
from index.source import SourceFile
from search.document import from_bytes, to_bytes

_BATCH = 50  # documents a message
_ENOUGH = 1 << 20  # or so many characters


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds without a result, and bytes of address space."""

    seconds: float = 120.0
    memory: int = 4 << 30


def read_here(files: Iterable[SourceFile], labels: Labels) -> Iterator[Results]:
    """Each file with what it gives, read in this process: for a handful of files, and for tests."""
    for file in files:
        yield file, read(file, labels)


def read_in_workers(
    files: Iterable[SourceFile], labels: Labels, count: int, limits: Limits | None = None
) -> Iterator[Results]:
    """Each file with what it gives, read by `count` processes; to be taken in order, each to its end."""
    limits = limits or Limits()
    waiting = iter(files)
    busy: deque[tuple[_Worker, SourceFile]] = deque()
    workers: list[_Worker] = []
    try:
        for file in waiting:
            worker = _Worker(labels, limits)
            workers.append(worker)
            worker.begin(file)
            busy.append((worker, file))
            if len(busy) == count:
                break
        while busy:
            worker, file = busy.popleft()
            yield file, worker.results(file)
            if (following := next(waiting, None)) is not None:
                worker.begin(following)
                busy.append((worker, following))
    finally:
        for worker in workers:
            worker.stop()


class _Worker:
    """A process that reads files, one after the other."""

    def __init__(self, labels: Labels, limits: Limits) -> None:
        self._labels, self._limits = labels, limits
        self._start()

    def _start(self) -> None:
        self._pipe, end = multiprocessing.Pipe()
        self._process = multiprocessing.Process(
            target=_work, args=(end, self._labels, self._limits.memory), daemon=True
        )
        self._process.start()
        end.close()

    def begin(self, file: SourceFile) -> None:
        """Have a file read."""
        if not self._process.is_alive():
            self._start()
        self._pipe.send(file)

    def results(self, file: SourceFile) -> Iterator[Found]:
        """What the file given last gives; it ends with a Failure if the worker broke or hung."""
        while True:
            try:
                if not self._pipe.poll(self._limits.seconds):
                    yield Failure(file.name, f"It took longer than {self._limits.seconds:g} seconds to read.")
                    return self.stop()
                batch = self._pipe.recv()
            except (EOFError, OSError):
                yield Failure(
                    file.name, "Its reader broke down over it; it may be damaged, or made to do harm."
                )
                return self.stop()
            if batch is None:
                return None
            for item in batch:
                yield item if isinstance(item, Failure) else Read(from_bytes(item[0]), item[1])

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _work(pipe: Connection, labels: Labels, memory: int) -> None:
    """The life of a worker: files in, batches out, None after each file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while True:
        try:
            file = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        for batch in _batches(read(file, labels)):
            pipe.send(batch)
        pipe.send(None)


def _batches(results: Iterator[Found]) -> Iterator[list[Failure | tuple[bytes, Entry]]]:
    batch: list[Failure | tuple[bytes, Entry]] = []
    size = 0
    for found in results:
        if isinstance(found, Failure):
            batch.append(found)
        else:
            data = to_bytes(found.document)
            size += len(data)
            batch.append((data, found.entry))
        if len(batch) == _BATCH or size > _ENOUGH:
            yield batch
            batch, size = [], 0
    yield batch
