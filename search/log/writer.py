"""How lines get out without making anybody wait: a log that is slow, full or closed loses lines, and says so.

Each line is one write of less than PIPE_BUF bytes, so that those of several processes do not mix.
"""

import os
import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue

from search.metrics.common import LOST_LINES

_MOST_WAITING = 10_000
_CLOSING_SECONDS = 1.0
_PAUSE = 0.01  # seconds after the last line, so that under load a thread is not woken for each

Write = Callable[[bytes], None]


def log_descriptor() -> int | None:
    """The file descriptor of stderr; None if it was closed when the program began.

    Its number then belongs to whatever was opened next, such as a file of the index.
    """
    try:
        return sys.stderr.fileno()
    except (AttributeError, OSError, ValueError):
        return None


def write_at_once(descriptor: int, line: bytes) -> None:
    """Write a line, or lose it where that would take time."""
    with suppress(OSError, ValueError):
        if select.select([], [descriptor], [], 0)[1]:
            os.write(descriptor, line)
            return
    LOST_LINES.add()


class LineWriter:
    """Writes lines in a thread of its own, in order; `lost` makes the line that says how many were lost."""

    def __init__(
        self, descriptor: int, lost: Callable[[int], bytes], most_waiting: int = _MOST_WAITING
    ) -> None:
        self._descriptor = descriptor
        self._lost_line = lost
        self._most_waiting = most_waiting
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._lost = self._lost_before = 0  # counted by those who write, and by the thread
        self._is_broken = False  # whether only the beginning of the last line was written
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def write(self, line: bytes) -> None:
        """Have a line written; returns at once, and never raises."""
        if self._lines.qsize() < self._most_waiting:
            self._lines.put(line)
        else:
            self._lose()

    def close(self, seconds: float = _CLOSING_SECONDS) -> None:
        """Wait until all lines have been written, but no longer than `seconds`."""
        self._lines.put(None)
        self._thread.join(seconds)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            self._tell_lost()
            if not self._put(line):
                self._lose()
            if self._lines.empty():
                time.sleep(_PAUSE)
        self._tell_lost()

    def _lose(self) -> None:
        LOST_LINES.add()
        with self._lock:
            self._lost += 1

    def _tell_lost(self) -> None:
        lost = self._lost - self._lost_before
        if lost and self._put(self._lost_line(lost)):
            self._lost_before += lost

    def _put(self, line: bytes) -> bool:
        """Write a line, on a new line even if of the last one only half was written; whether it succeeded."""
        rest = b"\n" + line if self._is_broken else line
        whole = len(rest)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            self._is_broken = self._is_broken or len(rest) < whole
            return False
        self._is_broken = False
        return True
