"""What is there of a SOURCE at this moment? The state of each of its files, or why it is away.

Sources are looked at again and again: notifications of the system do not come from network disks, nor for a
folder that is unmounted or removed for a while and comes back.
"""

import errno
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.sources.alias_file import FILE
from index.sources.files import walk
from index.sources.metadata_table import TABLE
from index.sources.sidecar import SUFFIX
from search.errors import SettingsError

FileState = tuple[int, int, int, int]
"""Inode, size in bytes, and the times of the last change of content and of the inode, in ns.

A file that is renamed into the place of another has another inode, whatever its size and its times are.
"""

_UNKNOWN: FileState = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Look:
    """The state of each file of a source; or `away`, a clause that says why none of it can be seen.

    Two looks are equal if no file was changed, added or removed between them.
    """

    is_folder: bool = False
    files: Mapping[str, FileState] = field(default_factory=dict)
    away: str = ""


def look_at(source: str) -> Look:
    """Look at a source. Never raises: what cannot be seen is away, or in no known state."""
    is_folder = os.path.isdir(source)
    files: dict[str, FileState] = {}
    try:
        for file in walk(source):
            if file.name == "." and isinstance(file.error, OSError):
                raise file.error
            files[file.name] = _state(file.path)
    except OSError as error:
        return Look(away=error.strerror or str(error))
    except SettingsError:  # there is no such path
        return Look(away=_why_missing(source))
    if not is_folder:
        files |= {path.name: _state(path) for path in _beside(source)}
    return Look(is_folder, files)


def _why_missing(source: str) -> str:
    try:
        os.stat(source)
    except OSError as error:
        return error.strerror or str(error)
    return os.strerror(errno.ENOENT)  # it came back a moment later


def _beside(source: str) -> Iterator[Path]:
    """What may describe a source that is a file, beside it."""
    path = Path(os.path.realpath(source))
    for name in (FILE, TABLE, path.name + SUFFIX):
        yield path.with_name(name)


def _state(path: Path) -> FileState:
    try:
        found = path.stat()
    except OSError:
        return _UNKNOWN
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
