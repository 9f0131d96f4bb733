"""A worker process seen from its parent: tasks are queued for it, and its messages received."""

import multiprocessing
import signal
from collections import deque
from multiprocessing.connection import Connection
from typing import Generic

import msgspec

from index.workers.job import Job, M, T
from index.workers.limits import Patience
from index.workers.process import Confinement, run_worker
from index.workers.signals import signals_held

_FORK = multiprocessing.get_context("fork")  # a forked worker has at once what its parent has loaded
_TASKS_SENT = 8  # tasks sent at a time
_BROKEN = "Its reader crashed; the file may be damaged, or made to do harm."
_ENDED = "The system ended its reader, as it does when memory runs out."


class Worker(Generic[T, M]):
    """A process that does one task after another, and the messages received from it.

    A process that breaks or exceeds its limits is replaced: the task it was doing is given up, and its
    successor goes on with the next.

    Tasks are sent in small batches, and only when those sent before are finished: parent and process
    then never wait for each other with both pipes full.
    """

    def __init__(self, job: Job[T, M], confinement: Confinement, patience: Patience) -> None:
        self._job, self._confinement, self._patience = job, confinement, patience
        self._decoder = msgspec.msgpack.Decoder(job.message)
        self._tasks: deque[T] = deque()  # not finished
        self._sent = 0  # how many of them, from the first, the process has
        self._received: deque[tuple[M, int]] = deque()  # messages and their sizes in bytes
        self._buffered = 0
        self._silence = 0.0  # seconds since the last message
        self._allowed = 0.0  # seconds without a message that the task being done may take
        self._start()

    def _start(self) -> None:
        self._connection, end = _FORK.Pipe()
        self._process = _FORK.Process(
            target=run_worker, args=(end, self._job, self._confinement), daemon=True
        )
        with signals_held():
            self._process.start()
        end.close()

    @property
    def connection(self) -> Connection:
        """What to wait for: readable once there is a message, or the process has ended."""
        return self._connection

    @property
    def backlog(self) -> int:
        """How many tasks it has not finished."""
        return len(self._tasks)

    @property
    def is_busy(self) -> bool:
        """Whether the process has a task, so that a message will come."""
        return self._sent > 0

    @property
    def buffered(self) -> int:
        """Bytes of the messages that were received and not consumed."""
        return self._buffered

    @property
    def seconds_left(self) -> float:
        """For how many more seconds it may send nothing."""
        return self._allowed - self._silence

    def submit(self, task: T) -> None:
        """Queue a task."""
        self._tasks.append(task)
        self._send_tasks()

    def _send_tasks(self) -> None:
        if self._tasks and not self._sent:
            batch = list(self._tasks)[:_TASKS_SENT]
            self._sent = len(batch)
            try:
                self._connection.send(batch)
            except OSError:  # the process ended between two tasks
                self._replace_ended()
            else:
                self._begin()

    def _begin(self) -> None:
        """The time of the first task begins."""
        self._silence = 0.0
        self._allowed = self._patience.seconds_for(self._job.size(self._tasks[0]))

    def receive(self) -> None:
        """Receive the next message; blocks unless `connection` is readable."""
        try:
            data = self._connection.recv_bytes()
            message = self._decoder.decode(data)
        except (EOFError, OSError, msgspec.DecodeError):
            self._replace_ended()
        else:
            self._silence = 0.0
            self._keep(message, len(data))

    def count_silence(self, seconds: float) -> None:
        """Add a time without a message; beyond the limit, the process is replaced."""
        self._silence += seconds
        if self.seconds_left <= 0:
            self._replace_slow()

    def next_message(self) -> M | None:
        """Remove and return the oldest message received; None if there is none."""
        if not self._received:
            return None
        message, size = self._received.popleft()
        self._buffered -= size
        return message

    def _keep(self, message: M, size: int) -> None:
        self._received.append((message, size))
        self._buffered += size
        if message.last:
            self._tasks.popleft()
            self._sent -= 1
            if self._sent:
                self._begin()
            else:
                self._send_tasks()

    def _replace_ended(self) -> None:
        """Replace a process that ended by itself."""
        self._process.join(timeout=1)
        match self._process.exitcode:
            case code if code == -signal.SIGXCPU:
                self._replace_slow()
            case code if code == -signal.SIGKILL:
                self._replace(_ENDED)
            case _:
                self._replace(_BROKEN)

    def _replace_slow(self) -> None:
        """Replace a process that takes too long."""
        self._patience.gave_up()
        seconds = self._allowed
        self._replace(
            f"It took longer than {seconds:g} seconds to read; the setting limits.seconds allows more.",
            seconds,
        )

    def _replace(self, reason: str, seconds: float = 0.0) -> None:
        """Give up the task being done, and start another process for those after it."""
        self.stop()
        self._start()
        self._sent = 1  # the task given up here; the new process has none yet
        self._keep(self._job.give_up(self._tasks[0], reason, seconds), 0)

    def stop(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self._connection.close()
