"""One process that reads and analyses files: its life, and how it is spoken with.

It is given a few files at a time, and only when it is done with those before: so both never write at once.
"""

import gc
import multiprocessing
import os
import resource
import signal
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import msgspec

from index.metadata.labels import Labels
from index.runs.messages import ResultMessage, failure, messages
from index.sources.files import SourceFile
from search.schema import Schema

_FORK = multiprocessing.get_context("fork")  # so that a worker has at once what its parent has loaded
_GIVEN = 8  # files at a time
_GARBAGE = 50_000  # new objects between two looks for cycles, of which documents have none
_BROKEN = "Its reader broke down over it; it may be damaged, or made to do harm."
_NO_MEMORY = "It takes more memory to read than one file may."


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What reading one file may take: seconds without a result, and bytes of memory."""

    seconds: float = 120.0
    memory: int = 4 << 30


class Worker:
    """A process that reads files, one after the other; if one breaks it, another takes its place.

    `said` are the messages that nobody took yet, `held` their bytes. `files` are those it has to read,
    of which it was `given` the first ones.
    """

    def __init__(self, labels: Labels, schema: Schema, limits: WorkerLimits) -> None:
        self._task, self._limits = (labels, schema), limits
        self.files: deque[SourceFile] = deque()
        self.given = self.held = 0
        self.said: deque[tuple[ResultMessage, int]] = deque()
        self._silent = 0.0
        self._start()

    def _start(self) -> None:
        self.pipe, end = _FORK.Pipe()
        self._process = _FORK.Process(target=_work, args=(end, *self._task, self._limits.memory), daemon=True)
        self._process.start()
        end.close()

    def read(self, file: SourceFile) -> None:
        """Have a file read, after those before it."""
        self.files.append(file)
        self._give()

    def _give(self) -> None:
        if self.files and not self.given:
            some = list(self.files)[:_GIVEN]
            self.given, self._silent = len(some), 0.0
            try:
                self.pipe.send(some)
            except OSError:  # it died over nothing
                self._replace(_BROKEN)

    def hear(self) -> None:
        """Take what it says next; there must be something, or it must have ended."""
        try:
            data = self.pipe.recv_bytes()
        except (EOFError, OSError):
            return self._replace(_BROKEN)
        self._silent = 0.0
        self._say(_decoder.decode(data), len(data))
        return None

    def wait(self, seconds: float) -> None:
        """Nothing was heard of it for so long; in the end that is too long."""
        self._silent += seconds
        if self.patience <= 0:
            self._replace(f"It took longer than {self._limits.seconds:g} seconds to read.")

    @property
    def patience(self) -> float:
        """For how many seconds it may still be silent."""
        return self._limits.seconds - self._silent

    def take(self) -> ResultMessage:
        """The first message that nobody took yet."""
        message, size = self.said.popleft()
        self.held -= size
        return message

    def _say(self, message: ResultMessage, size: int) -> None:
        self.said.append((message, size))
        self.held += size
        if message.last:
            self.files.popleft()
            self.given -= 1
            self._give()

    def _replace(self, reason: str) -> None:
        """Give up the file it is at, and have another process read those behind it."""
        self.stop()
        self._start()
        self.given = 1  # which fails now
        self._say(failure(self.files[0], reason), 0)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


_decoder = msgspec.msgpack.Decoder(ResultMessage)


def _work(pipe: Connection, labels: Labels, schema: Schema, memory: int) -> None:
    """The life of a worker: lists of files in, messages out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    Thread(target=_end_with_parent, daemon=True).start()
    _limit(memory)
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    encoder = msgspec.msgpack.Encoder()
    while True:
        for file in pipe.recv():
            try:
                for message in messages(file, labels, schema):
                    pipe.send_bytes(encoder.encode(message))
            except MemoryError:
                pipe.send_bytes(encoder.encode(failure(file, _NO_MEMORY)))


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _limit(memory: int) -> None:
    """Allow so much memory beside what is mapped already: the parent may have an index open."""
    try:
        mapped = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:  # another system
        mapped = 0
    resource.setrlimit(resource.RLIMIT_AS, (mapped + memory, mapped + memory))
