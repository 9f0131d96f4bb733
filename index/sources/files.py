"""Which files does a SOURCE hold? Always in the same order, and never a file from outside it."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.extracted import ReadError, Values
from search.aliases import Aliases
from search.errors import SettingsError

RUN = 20
"""Records that one worker reads before it is the turn of the next."""

_CHUNK = 1 << 20
_TEXT_IN_A_BYTE = {"gz": 4, "pdf": 0.05, "docx": 0.1, "odt": 0.1, "epub": 0.3, "eml": 0.5, "mbox": 0.5}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said about a file beside it (see `index.sources.sidecar`); it overrides what the file says.

    `withheld` names what withholds it, `key` changes with all the rest; both empty if nothing is said.
    """

    fields: Mapping[str, Values] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    withheld: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What one of several workers reads of a file: of its runs of RUN records, every `of`th.

    A document that is no record has the number 0, and is in the first part.
    """

    nth: int = 0
    of: int = 1

    def holds(self, number: int) -> bool:
        """Whether the record of this number is in it."""
        return number // RUN % self.of == self.nth


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below a SOURCE.

    `root` is the real path of the SOURCE, which is how it is known from run to run; `name` the file's
    path below it with `/` between folders, bytes that are no UTF-8 written as `\\xff`; `path` opens it.
    With an `error` it is a folder that cannot be looked into, or a file of which it is not known what
    is said about it; `special` says of what is no file at all why it must not be opened. `aliases`
    are those of its SOURCE. `part` is what of its records is to be read.
    """

    root: str
    name: str
    path: Path
    error: OSError | ReadError | None = None
    special: str = ""
    beside: Beside = Beside()
    aliases: Aliases = field(default_factory=Aliases)
    part: Part = Part()

    def holds(self, name: str) -> bool:
        """Whether a name is that of this file, or of a file below this folder."""
        return self.name in {name, "."} or name.startswith(f"{self.name}/")

    @property
    def suffix(self) -> str:
        """What its format is known by, in lower case: `.txt`; for packed files both parts: `.jsonl.gz`."""
        suffixes = [suffix.lower() for suffix in self.path.suffixes]
        return "".join(suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:])

    def expected_text(self) -> int:
        """About how many bytes of text it holds, judging by its size alone; 0 if it cannot be read."""
        try:
            size = self.path.stat().st_size
        except OSError:
            return 0
        return int(size * _TEXT_IN_A_BYTE.get(self.suffix.rpartition(".")[2], 1))

    def sha256(self) -> str:
        """The hash of its content. Raises OSError if it cannot be read."""
        digest = hashlib.sha256()
        with self.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def size(self) -> int:
        """Its length in bytes; 0 if that cannot be known."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def root_of(source: str) -> str:
    """The name under which a SOURCE is remembered: its absolute real path."""
    return printable(os.path.realpath(source))


def check_source(source: str) -> None:
    """Raise SettingsError unless there is such a file or folder."""
    if not os.path.exists(source):
        raise SettingsError(
            f"There is no file or folder {printable(source)!r} to index; name one that exists."
        )


def walk(source: str) -> Iterator[SourceFile]:
    """The files of a SOURCE (a folder or one file), in the order of their names.

    Hidden files and folders are passed over, and so are links that lead out of the folder. A link
    that leads nowhere is given, so that its reading fails and is reported. Raises SettingsError if
    there is no such SOURCE.
    """
    check_source(source)
    top = Path(os.path.realpath(source))
    if top.is_dir():
        yield from _below(top, top, printable(str(top)))
    else:
        yield SourceFile(printable(str(top)), printable(top.name), top, special=special(top))


def _below(folder: Path, top: Path, root: str) -> Iterator[SourceFile]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield SourceFile(root, printable(folder.relative_to(top).as_posix()), folder, error)
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(top):
            name = printable(path.relative_to(top).as_posix())
            yield SourceFile(root, name, path, special="It is a link that leads out of the folder.")
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path, top, root)
        elif not path.is_dir():  # a link to a folder inside is walked where it leads to
            yield SourceFile(root, printable(path.relative_to(top).as_posix()), path, special=special(path))


def special(path: Path) -> str:
    """Why a path must not be opened, since that may never end: it leads to a pipe, a socket or a device."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return ""  # which is for whoever opens it to find out
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    return "It is a pipe, a socket or a device, not a file."


def printable(name: str) -> str:
    """A file's name as text that can be encoded: bytes that are no UTF-8 become `\\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
