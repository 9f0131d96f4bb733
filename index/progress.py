"""A line that moves on a terminal while a run goes on; nothing in a pipe."""

import sys
import time
from typing import TextIO

_EVERY = 0.1  # seconds


class ProgressLine:
    """Counts files compared and documents read on one line, which `done` wipes out."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._watched = stream.isatty()
        self._files = self._documents = 0
        self._drawn = 0.0

    def looked_at(self) -> None:
        """One more file was compared with what is known of it."""
        self._files += 1
        self._draw()

    def indexed(self) -> None:
        """One more document was read."""
        self._documents += 1
        self._draw()

    def done(self) -> None:
        """Wipe the line out."""
        if self._watched and self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _draw(self) -> None:
        now = time.monotonic()
        if not self._watched or now - self._drawn < _EVERY:
            return
        self._drawn = now
        documents = f", {self._documents:,} documents read" if self._documents else ""
        self._stream.write(f"\r\x1b[KLooking through {self._files:,} files{documents} …")
        self._stream.flush()
