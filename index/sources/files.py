"""The files of a SOURCE, in the order of their names; never one from outside of it."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.extracted import ReadError
from index.sources.sent import Sent
from search.errors import SettingsError

_CHUNK = 1 << 20  # bytes read at a time
_FIRST_CHUNK = 1 << 13


@dataclass(frozen=True, slots=True)
class SourceFile(Sent):
    """A file below a SOURCE, as `walk` finds it.

    `root` is the real path of the SOURCE, by which runs recognise it. `name` is the file's path relative
    to the root, with `/` between folders and bytes that are not UTF-8 written as `\\xff`; `path` opens it.
    `error` is set if the folder at `path` cannot be listed, or if the file's metadata cannot be read.
    `skip` is the reason why a path must not be opened: it is a pipe or device, or a link out of the root.
    """

    root: str
    name: str
    path: Path
    error: OSError | ReadError | None = None
    skip: str = ""

    def holds(self, name: str) -> bool:
        """Whether `name` is the name of this file, or of a file below this folder."""
        return self.name in {name, "."} or name.startswith(f"{self.name}/")

    @property
    def suffix(self) -> str:
        """The suffix in lower case, `.txt`; of gzipped files both parts, `.jsonl.gz`."""
        name = self.path.name.lower()
        parts = [] if name.endswith(".") else name.lstrip(".").split(".")[1:]
        return "".join(f".{part}" for part in (parts[-2:] if parts[-1:] == ["gz"] else parts[-1:]))

    def sha256(self) -> str:
        """SHA-256 of the content, in hexadecimal. Raises OSError if the file cannot be read."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The content, first a few KB, then 1 MB at a time. Raises OSError if the file cannot be read."""
        with self.path.open("rb", buffering=0) as stream:
            size = _FIRST_CHUNK
            while chunk := stream.read(size):
                size = _CHUNK
                yield chunk

    def size(self) -> int:
        """The file's length in bytes; 0 if the system does not tell."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def root_of(source: str) -> str:
    """The absolute real path of a SOURCE, under which the manifest lists its files."""
    return printable(os.path.realpath(source))


def check_source(source: str) -> None:
    """Raise SettingsError unless there is such a file or folder."""
    if not os.path.exists(source):
        raise SettingsError(
            f"There is no file or folder {printable(source)!r} to index; name one that exists."
        )


def walk(source: str) -> Iterator[SourceFile]:
    """The files of a SOURCE (a folder or one file), in the order of their names.

    Hidden files and folders are left out. Links that lead out of the folder are yielded with `skip`; a
    broken link is yielded as a file, so that reading it fails and is reported. Raises SettingsError if
    the SOURCE does not exist.
    """
    check_source(source)
    top = Path(os.path.realpath(source))
    if top.is_dir():
        yield from _below(top, "", top, printable(str(top)))
    else:
        yield SourceFile(printable(str(top)), printable(top.name), top, skip=why_not_opened(top))


def _below(folder: Path, above: str, top: Path, root: str) -> Iterator[SourceFile]:
    """The files of a folder, whose names begin with `above`."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield SourceFile(root, above.rstrip("/") or ".", folder, error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path, name = Path(entry.path), above + printable(entry.name)
        if entry.is_symlink():
            if not Path(os.path.realpath(path)).is_relative_to(top):
                yield SourceFile(root, name, path, skip="It is a link that leads out of the folder.")
                continue
            if path.is_dir():  # it is walked where it leads to
                continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, f"{name}/", top, root)
        else:
            regular = entry.is_file(follow_symlinks=False)
            yield SourceFile(root, name, path, skip="" if regular else why_not_opened(path))


def why_not_opened(path: Path) -> str:
    """The reason if a path is a pipe, a socket or a device, whose reading may never end; else ""."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return ""  # opening it will raise the error
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    return "It is a pipe, a socket or a device, not a file."


def printable(name: str) -> str:
    """A file name as text that can be encoded: bytes that are not UTF-8 become `\\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
