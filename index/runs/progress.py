"""How far a run has come, on one line of a terminal; nothing in a pipe."""

import shutil
import sys
import time
from typing import TextIO

_EVERY = 0.1  # seconds between two updates of the line
_ESTIMATE_AFTER = 2.0  # seconds of reading, before which no rate and time left are shown
_BAR_WIDTH = 20  # characters


class Progress:
    """Hears how far a run has come; this one shows nothing."""

    def looked_at(self) -> None:
        """One more file was compared with the manifest."""

    def begins(self, size: int) -> None:
        """Files of `size` bytes in all are to be read."""

    def indexed(self, offset: int) -> None:
        """One more document was read, up to this byte of its file; 0 if unknown."""

    def finished(self, size: int) -> None:
        """A file of `size` bytes was read to its end."""

    def writes(self) -> None:
        """All files were read; what is left is to write the index."""


class ProgressLine(Progress):
    """Shows a bar, the documents read, their rate and the time left; `done` clears the line."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._shown = stream.isatty()
        self._files = self._documents = 0
        self._total = self._finished = self._offset = 0  # bytes
        self._began = self._drawn = 0.0

    def looked_at(self) -> None:
        self._files += 1
        self._draw()

    def begins(self, size: int) -> None:
        self._total, self._began = size, time.monotonic()
        self._draw()

    def indexed(self, offset: int) -> None:
        self._documents += 1
        self._offset = max(self._offset, offset)  # workers that share a file are not equally far
        self._draw()

    def finished(self, size: int) -> None:
        self._finished += size
        self._offset = 0
        self._draw()

    def writes(self) -> None:
        if self._documents:
            self._show(f"{_count(self._documents, 'document')} read; writing the index …")

    def done(self) -> None:
        """Clear the line."""
        if self._shown and self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _draw(self) -> None:
        if self._shown and time.monotonic() - self._drawn >= _EVERY:
            self._show(self._reading() if self._began else f"Looking through {_count(self._files, 'file')} …")

    def _show(self, line: str) -> None:
        if self._shown:
            self._drawn = time.monotonic()
            width = shutil.get_terminal_size().columns - 1  # a line that wraps could not be cleared
            self._stream.write(f"\r\x1b[K{line[:width]}")
            self._stream.flush()

    def _reading(self) -> str:
        """The bar and the documents; then their rate, and the time left if a share is known."""
        share = min((self._finished + self._offset) / self._total, 1.0) if self._total else 0.0
        seconds = time.monotonic() - self._began
        full = round(share * _BAR_WIDTH)
        bar = f"{'#' * full}{'.' * (_BAR_WIDTH - full)}"
        line = f"[{bar}] {share:4.0%}  {_count(self._documents, 'document')}"
        if seconds < _ESTIMATE_AFTER:
            return line
        rate = self._documents / seconds
        line += f", {rate:,.{0 if rate >= 10 else 1}f} a second"
        return f"{line}, {_duration(seconds / share - seconds)} left" if share else line


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _duration(seconds: float) -> str:
    """As `45 s`, `3 min` or `2 h 05 min`."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
