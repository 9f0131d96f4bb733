"""ZIP files that may be hostile: reading is bounded, and nothing is written to disk."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from posixpath import normpath

from index.extracted import ReadError
from index.sources.files import SourceFile

MAX_MEMBER_BYTES = 64 << 20
"""The largest member that is read, after decompression."""
MAX_TOTAL_BYTES = 256 << 20
"""The most that is read of one archive, after decompression."""
MAX_MEMBERS = 20_000
MAX_RATIO = 200
"""A member above SMALL that grows by more when decompressed is refused as a ZIP bomb."""

SMALL = 4 << 20  # bytes, harmless whatever they were compressed to
_MAX_DIRECTORY_BYTES = 8 << 20
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_END_RECORD = struct.Struct("<4s4H2LH")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What unpacking raises for archives that are damaged."""


class Archive:
    """The members of an open ZIP file, by name."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._zip = packed
        self._left = MAX_TOTAL_BYTES
        infos = packed.infolist()
        if len(infos) > MAX_MEMBERS:
            raise ReadError(f"It holds more than {MAX_MEMBERS} files.")
        self._infos = {info.filename: info for info in infos if info.filename and not info.is_dir()}
        for name in self._infos:
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:2]:
                raise ReadError(f"It holds a file with an unsafe name: {name[:100]!r}.")

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> tuple[str, ...]:
        """The names of all members."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """The content of a member. Raises ReadError if there is none, or it is broken, locked or too big."""
        info = self._infos.get(name)
        if info is None:
            raise ReadError(f"It has no part {name[:100]!r}.")
        if info.flag_bits & ENCRYPTED:
            raise ReadError("It is password-protected.")
        largest = min(MAX_MEMBER_BYTES, self._left)
        if info.file_size > largest:
            raise ReadError(f"Its part {name!r} is too big: {info.file_size >> 20} MB unpacked.")
        if info.file_size > max(SMALL, info.compress_size * MAX_RATIO):
            raise ReadError(f"Its part {name!r} is packed so tightly that it may be a bomb.")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(largest + 1)
        except _BROKEN as error:
            raise ReadError(f"Its part {name!r} cannot be unpacked: {str(error).rstrip('.')}.") from error
        except OSError as error:
            raise _broken(error) from error
        if len(data) > largest:
            raise ReadError(f"Its part {name!r} is too big.")
        self._left -= len(data)
        return data

    def read_if_there(self, name: str) -> bytes:
        """The content of an optional member; empty if there is none."""
        return self.read(name) if name in self else b""


@contextmanager
def opened(file: SourceFile) -> Iterator[Archive]:
    """A ZIP file, open for reading. Raises ReadError if it is not a ZIP file, or not safe to read."""
    check_directory(file)
    try:
        with zipfile.ZipFile(file.path) as packed:
            yield Archive(packed)
    except _BROKEN as error:
        raise ReadError(f"The file is broken or cut short: {str(error).rstrip('.')}.") from error
    except OSError as error:
        raise _broken(error) from error


def _broken(error: OSError) -> Exception:
    """A ReadError if it is the archive's fault, else the system's error.

    An archive has offsets before its beginning (EINVAL), or data that bz2 cannot unpack (no number).
    """
    return ReadError("The file is broken or cut short.") if error.errno in {EINVAL, None} else error


def inside(folder: str, href: str) -> str:
    """The member that `href` in a part of `folder` refers to; "" if it leads out of the archive."""
    name = normpath(f"{folder}/{href}" if folder else href)
    return "" if name.startswith(("../", "/")) or name in {".", ".."} else name


def check_directory(file: SourceFile) -> None:
    """Raise ReadError if the central directory alone would fill the memory, before zipfile reads it."""
    with file.path.open("rb") as stream:
        if stream.read(len(_OLE)) == _OLE:
            raise ReadError("It is password-protected, or in the old binary format of Microsoft Office.")
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_RECORD.size:
        raise ReadError("The file is broken or cut short: its table of contents is missing.")
    directory = _END_RECORD.unpack_from(tail, at)[5]
    if directory > _MAX_DIRECTORY_BYTES or _END64 in tail:
        raise ReadError("Its table of contents is too big.")
