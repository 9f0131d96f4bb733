"""ZIP files that may be hostile: what is read of them is bounded, and nothing is ever unpacked to disk."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL
from posixpath import normpath

from index.extracted import ReadError
from index.sources.files import SourceFile

LARGEST_MEMBER = 64 << 20
"""No member that is read is larger, unpacked, in bytes."""
LARGEST_TOTAL = 256 << 20
"""No more is read of one file, unpacked, in bytes."""
MOST_MEMBERS = 20_000
HIGHEST_RATIO = 200
"""A member that grows by more when unpacked is a bomb, if it is of any size."""

_SMALL = 4 << 20  # bytes, which are no danger whatever they are packed into
_LARGEST_DIRECTORY = 8 << 20
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_END_RECORD = struct.Struct("<4s4H2LH")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1


class Archive:
    """The members of an open ZIP file, by name."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._zip = packed
        self._left = LARGEST_TOTAL
        infos = packed.infolist()
        if len(infos) > MOST_MEMBERS:
            raise ReadError(f"It holds more than {MOST_MEMBERS} files.")
        self._infos = {info.filename: info for info in infos if not info.is_dir()}
        for name in self._infos:
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:2]:
                raise ReadError(f"It holds a file with an unsafe name: {name[:100]!r}.")

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """The content of a member. Raises ReadError if there is none, or it is broken, locked or too big."""
        info = self._infos.get(name)
        if info is None:
            raise ReadError(f"It has no part {name[:100]!r}.")
        if info.flag_bits & _ENCRYPTED:
            raise ReadError("It is password-protected.")
        largest = min(LARGEST_MEMBER, self._left)
        if info.file_size > largest:
            raise ReadError(f"Its part {name!r} is too big: {info.file_size >> 20} MB unpacked.")
        if info.file_size > max(_SMALL, info.compress_size * HIGHEST_RATIO):
            raise ReadError(f"Its part {name!r} is packed so tightly that it may be a bomb.")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(largest + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise ReadError(f"Its part {name!r} cannot be unpacked: {str(error).rstrip('.')}.") from error
        except OSError as error:
            raise _no_place(error) from error
        if len(data) > largest:
            raise ReadError(f"Its part {name!r} is too big.")
        self._left -= len(data)
        return data

    def read_if_there(self, name: str) -> bytes:
        """The content of a member that a file may do without."""
        return self.read(name) if name in self else b""


@contextmanager
def opened(file: SourceFile) -> Iterator[Archive]:
    """A ZIP file, open for reading. Raises ReadError if it is none, or is not safe to look into."""
    _check_directory(file)
    try:
        with zipfile.ZipFile(file.path) as packed:
            yield Archive(packed)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as error:
        raise ReadError(f"The file is broken or cut short: {str(error).rstrip('.')}.") from error
    except OSError as error:
        raise _no_place(error) from error


def _no_place(error: OSError) -> Exception:
    """What is wrong with the file, if it refers to a place before its beginning; else the system's error."""
    return ReadError("The file is broken or cut short.") if error.errno == EINVAL else error


def inside(folder: str, href: str) -> str:
    """The name of the member that a part in a folder refers to; nothing if it leads out of the archive."""
    name = normpath(f"{folder}/{href}" if folder else href)
    return "" if name.startswith(("../", "/")) or name in {".", ".."} else name


def _check_directory(file: SourceFile) -> None:
    """Refuse a file whose table of contents alone would fill the memory, before zipfile reads it."""
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
    if directory > _LARGEST_DIRECTORY or _END64 in tail:
        raise ReadError("Its table of contents is too big.")
