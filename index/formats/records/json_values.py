"""A stream of JSON divided into its values: a list of any length is read in the memory of one item."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.extracted import ReadError
from index.formats.records import lines

_CHUNK = 1 << 16
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{},"]', re.DOTALL)  # a string, or what stands between values


@dataclass(frozen=True, slots=True)
class JsonText:
    """The text of a value: an item of a list at the top of the file, or the value at the top itself."""

    data: bytes
    in_list: bool


class _Divider:
    """Where in a text the values begin and end, as far as it has been read."""

    def __init__(self) -> None:
        self._data = b""
        self._at = self._begin = self._depth = 0
        self._in_list = False

    @property
    def pending(self) -> int:
        """The length of the text of which no value has ended."""
        return len(self._data) - self._begin

    @property
    def is_open(self) -> bool:
        """Whether a bracket is not closed."""
        return self._depth > 0 or self._in_list

    def feed(self, chunk: bytes) -> Iterator[JsonText]:
        """The values that end in a chunk."""
        self._data, self._at, self._begin = self._data[self._begin :] + chunk, self._at - self._begin, 0
        while match := _TOKEN.search(self._data, self._at):
            if match[0] == b'"':  # of a string that goes on in the next chunk
                self._at = match.start()
                return
            self._at = match.end()
            if match[0] in b"{[":
                self._open(match)
            elif match[0] in b"}]":
                yield from self._close(match)
            elif match[0] == b"," and self._depth == 0:
                yield from self._scalar(match.start())
        self._at = len(self._data)

    def end(self) -> Iterator[JsonText]:
        """A number or string at the end of the text."""
        yield from self._scalar(len(self._data))

    def _open(self, match: re.Match[bytes]) -> None:
        if self._depth == 0 and match[0] == b"[" and not self._in_list:
            self._in_list, self._begin = True, self._at
            return
        if self._depth == 0:
            self._begin = match.start()
        self._depth += 1

    def _close(self, match: re.Match[bytes]) -> Iterator[JsonText]:
        if self._depth > 1:
            self._depth -= 1
        elif self._depth == 1:
            self._depth = 0
            yield JsonText(self._data[self._begin : self._at], self._in_list)
            self._begin = self._at
        elif self._in_list and match[0] == b"]":
            yield from self._scalar(match.start())
            self._in_list = False
        else:
            raise ReadError("Its JSON is broken: a bracket closes that was never opened.")

    def _scalar(self, end: int) -> Iterator[JsonText]:
        """A number or string among the items of a list."""
        if text := self._data[self._begin : end].strip():
            yield JsonText(text, in_list=True)
        self._begin = self._at


def json_texts(read: Callable[[int], bytes]) -> Iterator[JsonText]:
    """The values of a file that holds one list, or values one after the other.

    Raises ReadError behind the last whole value if the brackets of the file do not match, and where a value
    is longer than is read.
    """
    divider = _Divider()
    while chunk := read(max(_CHUNK, divider.pending)):
        yield from divider.feed(chunk)
        if divider.pending > lines.MAX_RECORD_BYTES:
            raise ReadError(lines.too_long())
    if divider.is_open:
        raise ReadError(
            "Its JSON is cut short: a bracket is never closed. What stands behind it is not read."
        )
    yield from divider.end()
