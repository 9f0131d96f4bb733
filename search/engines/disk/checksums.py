"""Are the files of an index what was written? Size and SHA-256 of each, kept beside them.

checksums.json is two lines: the SHA-256 of the second, and the files by name. Engines never change a file
that they have written, so what a commit shares with the one before keeps the checksum it had: it costs
nothing, and damage stays damage.
"""

import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec

NAME = "checksums.json"

_BLOCK = 1 << 20
_SMALL = 1 << 16


class Sum(msgspec.Struct, frozen=True):
    """What a file must be; its size in bytes."""

    sha256: str
    size: int


class Verified(msgspec.Struct, frozen=True):
    """What was found when the files of an index were read: how many, of how many bytes, and what is
    wrong with them, a sentence each."""

    files: int = 0
    bytes: int = 0
    problems: tuple[str, ...] = ()


Sums = Mapping[str, Sum]


def record(directory: Path, before: Path | None = None, shared: Collection[str] = ()) -> None:
    """Write the checksums of all files of an index; `shared` are those of the index `before`.

    Raises OSError.
    """
    known = recorded(before) if before else {}
    sums = {
        file.name: known[file.name]
        if file.name in shared and file.name in known
        else Sum(_sha256(file), file.stat().st_size)
        for file in _files(directory)
    }
    written = msgspec.json.encode(sums)
    (directory / NAME).write_bytes(hashlib.sha256(written).hexdigest().encode() + b"\n" + written)


def recorded(directory: Path) -> Sums:
    """The checksums in an index's directory; none if they cannot be read."""
    try:
        digest, _, written = (directory / NAME).read_bytes().partition(b"\n")
        if digest.decode() != hashlib.sha256(written).hexdigest():
            return {}
        return msgspec.json.decode(written, type=dict[str, Sum])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def glance(directory: Path) -> str:
    """What is wrong with an index as far as a glance tells, a clause; empty if nothing is.

    It looks at the sizes of all files, and reads small ones: what is truncated is found before a library
    reads beyond its end, and what says how the rest is to be read is as it was written. Raises
    FileNotFoundError if a file is gone.
    """
    for name, expected in recorded(directory).items():
        file = directory / name
        if (size := file.stat().st_size) != expected.size:
            return f"{name} has {size:,} bytes instead of {expected.size:,}"
        if size <= _SMALL and _sha256(file) != expected.sha256:
            return f"{name} is not as it was written"
    return ""


def verify(directory: Path) -> Verified:
    """Read all files of an index and compare them with what was recorded. Raises OSError."""
    there = {file.name: file for file in _files(directory)}
    files = len(there)
    size = sum(file.stat().st_size for file in there.values())
    known = recorded(directory)
    if not known:
        return Verified(files, size, (f"{NAME} is missing or damaged, so nothing else could be checked.",))
    wrong = [f"{name} is missing." for name in known if name not in there]
    wrong += [f"{name} was not there when the index was written." for name in there if name not in known]
    wrong += [
        f"{name} is not as it was written."
        for name, expected in known.items()
        if name in there and _sha256(there[name]) != expected.sha256
    ]
    return Verified(files, size, tuple(sorted(wrong)))


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        digest = hashlib.sha256()
        while block := opened.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _files(directory: Path) -> Iterator[Path]:
    for entry in os.scandir(directory):
        if entry.is_file() and not entry.name.endswith(".lock") and entry.name != NAME:
            yield Path(entry.path)
