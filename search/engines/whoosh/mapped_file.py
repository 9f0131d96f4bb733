"""A file of an index mapped into memory, in the interface of Whoosh's files.

Whoosh seeks and reads twenty times to look one term up, through three objects; here each is a slice.
"""

import mmap
from pathlib import Path

from whoosh.filedb.structfile import StructFile


class MappedFile(StructFile):  # type: ignore[misc]
    """A part of a mapped file, which is unmapped when the last of its parts is dropped."""

    def __init__(self, data: memoryview, name: str) -> None:
        super().__init__(_Cursor(data), name)
        self._data = data

    def get(self, position: int, length: int) -> bytes:
        """The bytes from a position on; fewer at the end."""
        return bytes(self._data[position : position + length])

    def subset(self, offset: int, length: int, name: str | None = None) -> "MappedFile":
        """A part of this file as a file."""
        return MappedFile(self._data[offset : offset + length], name or self._name)


def map_file(path: Path) -> MappedFile:
    """Map a file that nothing changes any more. Raises OSError; ValueError if it is empty."""
    with path.open("rb") as file:
        return MappedFile(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)), path.name)


class _Cursor:
    """Reads bytes from a position on, as `pickle.load` and Whoosh ask for them."""

    def __init__(self, data: memoryview) -> None:
        self._data, self._position = data, 0

    def seek(self, position: int, whence: int = 0) -> int:
        self._position = position + (0, self._position, len(self._data))[whence]
        return self._position

    def tell(self) -> int:
        return self._position

    def read(self, size: int = -1) -> bytes:
        end = len(self._data) if size < 0 else self._position + size
        found = bytes(self._data[self._position : end])
        self._position += len(found)
        return found

    def readline(self) -> bytes:
        start = self._position
        end = bytes(self._data[start:]).find(b"\n") + 1
        return self.read(end or -1)
