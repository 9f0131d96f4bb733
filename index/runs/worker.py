"""A worker process seen from its parent: files are queued for it, and its messages received."""

import multiprocessing
from collections import deque
from dataclasses import dataclass
from multiprocessing.connection import Connection

import msgspec

from index.metadata.labels import Labels
from index.runs.messages import ResultMessage, failure_message
from index.runs.worker_process import run_worker
from index.sources.read_task import ReadTask
from search.schema import Schema

_FORK = multiprocessing.get_context("fork")  # a forked worker has at once what its parent has loaded
_FILES_SENT = 8  # files sent at a time
_BROKEN = "Its reader crashed; the file may be damaged, or made to do harm."


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What reading one file may take: seconds without a message, and bytes of memory."""

    seconds: float = 120.0
    memory: int = 4 << 30


class Worker:
    """A process that reads files one after another, and the messages received from it.

    A process that breaks or exceeds its limits is replaced: the file it was reading becomes a failure,
    and its successor goes on with the next.

    Files are sent in small batches, and only when those sent before are finished: parent and process
    then never wait for each other with both pipes full.
    """

    def __init__(self, labels: Labels, schema: Schema, limits: WorkerLimits) -> None:
        self._labels, self._schema, self._limits = labels, schema, limits
        self._tasks: deque[ReadTask] = deque()  # not finished
        self._sent = 0  # how many of them, from the first, the process has
        self._received: deque[tuple[ResultMessage, int]] = deque()  # messages and their sizes in bytes
        self._buffered = 0
        self._silence = 0.0  # seconds since the last message
        self._start()

    def _start(self) -> None:
        self._connection, end = _FORK.Pipe()
        self._process = _FORK.Process(
            target=run_worker, args=(end, self._labels, self._schema, self._limits.memory), daemon=True
        )
        self._process.start()
        end.close()

    @property
    def connection(self) -> Connection:
        """What to wait for: readable once there is a message, or the process has ended."""
        return self._connection

    @property
    def backlog(self) -> int:
        """How many files it has not finished."""
        return len(self._tasks)

    @property
    def is_reading(self) -> bool:
        """Whether the process has a file to read, so that a message will come."""
        return self._sent > 0

    @property
    def buffered(self) -> int:
        """Bytes of the messages that were received and not consumed."""
        return self._buffered

    @property
    def seconds_left(self) -> float:
        """For how many more seconds it may send nothing."""
        return self._limits.seconds - self._silence

    def submit(self, task: ReadTask) -> None:
        """Queue a file to be read."""
        self._tasks.append(task)
        self._send_files()

    def _send_files(self) -> None:
        if self._tasks and not self._sent:
            batch = list(self._tasks)[:_FILES_SENT]
            self._sent, self._silence = len(batch), 0.0
            try:
                self._connection.send(batch)
            except OSError:  # the process ended between two files
                self._replace(_BROKEN)

    def receive(self) -> None:
        """Receive the next message; blocks unless `connection` is readable."""
        try:
            data = self._connection.recv_bytes()
        except (EOFError, OSError):
            self._replace(_BROKEN)
        else:
            self._silence = 0.0
            self._keep(_decoder.decode(data), len(data))

    def count_silence(self, seconds: float) -> None:
        """Add a time without a message; beyond the limit, the process is replaced."""
        self._silence += seconds
        if self.seconds_left <= 0:
            self._replace(f"It took longer than {self._limits.seconds:g} seconds to read.")

    def next_message(self) -> ResultMessage | None:
        """Remove and return the oldest message received; None if there is none."""
        if not self._received:
            return None
        message, size = self._received.popleft()
        self._buffered -= size
        return message

    def _keep(self, message: ResultMessage, size: int) -> None:
        self._received.append((message, size))
        self._buffered += size
        if message.last:
            self._tasks.popleft()
            self._sent -= 1
            self._send_files()

    def _replace(self, reason: str) -> None:
        """Fail the file being read, and start another process for those after it."""
        self.stop()
        self._start()
        self._sent = 1  # the file that fails here; the new process has none yet
        self._keep(failure_message(self._tasks[0].file, reason), 0)

    def stop(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self._connection.close()


_decoder = msgspec.msgpack.Decoder(ResultMessage)
