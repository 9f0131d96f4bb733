"""A line that moves on a terminal while a run goes on; nothing in a pipe."""

import shutil
import sys
import time
from typing import Protocol, TextIO

_EVERY = 0.1  # seconds
_SURE = 2.0  # seconds after which it can be told how long the rest will take
_WIDTH = 20  # characters of the bar


class Progress(Protocol):
    """Is told how far a run has come."""

    def looked_at(self) -> None:
        """One more file was compared with what is known of it."""

    def begins(self, size: int) -> None:
        """Files of so many bytes are to be read."""

    def indexed(self, at: int) -> None:
        """One more document was read, and so many bytes of its file, if that is known."""

    def finished(self, size: int) -> None:
        """A file of so many bytes was read to its end."""

    def writes(self) -> None:
        """All files were read; what is left is to write the index."""


class Silent:
    """The progress that nobody watches."""

    def looked_at(self) -> None:
        """Nothing."""

    def begins(self, size: int) -> None:
        """Nothing."""

    def indexed(self, at: int) -> None:
        """Nothing."""

    def finished(self, size: int) -> None:
        """Nothing."""

    def writes(self) -> None:
        """Nothing."""


class ProgressLine:
    """Says on one line how far a run has come, and how long it will take; `done` wipes it out."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._watched = stream.isatty()
        self._files = self._documents = 0
        self._total = self._finished = self._at = 0  # bytes
        self._began = self._drawn = 0.0

    def looked_at(self) -> None:
        """One more file was compared with what is known of it."""
        self._files += 1
        self._draw()

    def begins(self, size: int) -> None:
        """Files of so many bytes are to be read."""
        self._total, self._began = size, time.monotonic()
        self._draw()

    def indexed(self, at: int) -> None:
        """One more document was read, and so many bytes of its file, if that is known."""
        self._documents += 1
        self._at = max(self._at, at)
        self._draw()

    def finished(self, size: int) -> None:
        """A file of so many bytes was read to its end."""
        self._finished += size
        self._at = 0
        self._draw()

    def writes(self) -> None:
        """All files were read; what is left is to write the index."""
        if self._documents:
            self._show(f"{_count(self._documents, 'document')} read; writing the index …")

    def done(self) -> None:
        """Wipe the line out."""
        if self._watched and self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _draw(self) -> None:
        if self._watched and time.monotonic() - self._drawn >= _EVERY:
            self._show(self._reading() if self._began else f"Looking through {_count(self._files, 'file')} …")

    def _show(self, line: str) -> None:
        if self._watched:
            self._drawn = time.monotonic()
            width = shutil.get_terminal_size().columns - 1  # a line that wraps could not be wiped out
            self._stream.write(f"\r\x1b[K{line[:width]}")
            self._stream.flush()

    def _reading(self) -> str:
        """The bar, the documents, their rate, and the time left once that can be told."""
        share = min((self._finished + self._at) / self._total, 1.0) if self._total else 0.0
        seconds = time.monotonic() - self._began
        full = round(share * _WIDTH)
        line = f"[{'#' * full}{'.' * (_WIDTH - full)}] {share:4.0%}  {_count(self._documents, 'document')}"
        if seconds < _SURE:
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
