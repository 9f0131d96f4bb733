"""tar archives, also compressed with gzip, bzip2 or xz; and single files compressed with bzip2 or xz.

An archive is read as a stream, from its beginning to its end, so that nothing is decompressed twice.
"""

import bz2
import gzip
import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import PurePosixPath
from typing import IO, cast

from index.extracted import Member, ReadError
from index.sources.files import SourceFile

MAX_UNPACKED_BYTES = 4 << 30
"""The most that is decompressed of one archive, members that are not read included."""
SUFFIXES = (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".bz2", ".xz")
MAGIC = re.compile(rb".{257}ustar(?:\0|  \0)|BZh[1-9]1AY|\xfd7zXZ\0", re.DOTALL)

_CHUNK = 1 << 16
_BLOCK = 512  # bytes of a header (POSIX.1-1988, ustar)
_USTAR = slice(257, 262)
_PACKERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open))
_BROKEN = (
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    gzip.BadGzipFile,
    ValueError,
    OverflowError,
)


def members(file: SourceFile) -> Iterator[Member]:
    """The files in an archive; of another compressed file, that file. Raises ReadError and OSError."""
    with ExitStack() as opened:
        stream = _Bounded(_unpacked(file, opened))
        try:
            if stream.head(_BLOCK)[_USTAR] == b"ustar" or ".tar" in file.name.lower():
                yield from _of_tar(stream)
            else:
                yield Member(PurePosixPath(file.name).stem, partial(iter, partial(stream.read, _CHUNK), b""))
        except _BROKEN as error:
            raise ReadError(f"The archive is broken or cut short: {str(error).rstrip('.')}.") from error


def _unpacked(file: SourceFile, opened: ExitStack) -> IO[bytes]:
    with file.path.open("rb") as stream:
        head = stream.read(8)
    for magic, opener in _PACKERS:
        if head.startswith(magic):
            return opened.enter_context(cast("IO[bytes]", opener(file.path, "rb")))
    return opened.enter_context(file.path.open("rb"))


def _of_tar(stream: "_Bounded") -> Iterator[Member]:
    with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|", errors="surrogateescape") as archive:
        for info in archive:
            if info.isfile():
                content = archive.extractfile(info)
                assert content is not None  # noqa: S101 - it is a file
                yield Member(info.name, partial(_whole, content, info.size))
            elif not info.isdir():
                yield Member(info.name, why_not="It is a link, a pipe or a device, not a file.")
            archive.members.clear()  # type: ignore[attr-defined]  # or all headers stay in memory

    if stream.last.strip(b"\0"):
        raise ReadError("The archive is broken or cut short: its end is missing.")


def _whole(content: IO[bytes], size: int) -> Iterator[bytes]:
    """The content of a member. Raises ReadError if there is less of it than its header says."""
    while chunk := content.read(_CHUNK):
        size -= len(chunk)
        yield chunk
    if size:
        raise ReadError("It is cut short.")


class _Bounded:
    """A stream that raises ReadError beyond MAX_UNPACKED_BYTES."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = MAX_UNPACKED_BYTES
        self._ahead = b""
        self.last = b""  # the last bytes that were read, a block at most

    def head(self, size: int) -> bytes:
        """The first bytes, which are read again."""
        self._ahead = self._stream.read(size)
        return self._ahead

    def read(self, size: int) -> bytes:
        """The next bytes, as many as there are up to `size`."""
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        if len(data) < size:
            data += self._stream.read(size - len(data))
        self.last = data[-_BLOCK:] or self.last
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(f"It is larger than {MAX_UNPACKED_BYTES >> 30} GB when it is unpacked.")
        return data
