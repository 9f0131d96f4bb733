"""Are the files of an index what was written? The size and SHA-256 of each, in checksums.json.

checksums.json has two lines: the SHA-256 of the second, and the files by name. Engines never change a file
that they have written, so a file that a commit shares with the one before keeps its checksum: that costs
nothing, and damage is never given a new checksum.
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
    """What a file must be: its digest in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


class Verified(msgspec.Struct, frozen=True):
    """The result of reading all files of an index: their number, their bytes in all, and a sentence for
    each problem. `note` says what was checked in another way, if something was."""

    files: int = 0
    bytes: int = 0
    problems: tuple[str, ...] = ()
    note: str = ""


Sums = Mapping[str, Sum]


def record(directory: Path, before: Path | None = None, shared: Collection[str] = ()) -> None:
    """Write the checksums of all files of an index, those `shared` with the index `before` as recorded there.

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
    """The checksums in an index's directory by file name; empty if they cannot be read."""
    try:
        digest, _, written = (directory / NAME).read_bytes().partition(b"\n")
        if digest.decode() != hashlib.sha256(written).hexdigest():
            return {}
        return msgspec.json.decode(written, type=dict[str, Sum])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def quick_check(directory: Path) -> str:
    """The first problem found by comparing all sizes and the digests of small files, a clause; else empty.

    So truncation is found before a library reads beyond the end of a file, and the small files that say
    how to read the others are certainly whole. Raises FileNotFoundError if a file is gone.
    """
    for name, expected in recorded(directory).items():
        file = directory / name
        if (size := file.stat().st_size) != expected.size:
            return f"{name} has {size:,} bytes instead of {expected.size:,}"
        if size <= _SMALL and _sha256(file) != expected.sha256:
            return f"{name} is not as it was written"
    return ""


def verify(directory: Path) -> Verified:
    """Read all files of an index and compare them with their checksums. Raises OSError."""
    present = {file.name: file for file in _files(directory)}
    files = len(present)
    size = sum(file.stat().st_size for file in present.values())
    known = recorded(directory)
    if not known:
        return Verified(files, size, (f"{NAME} is missing or damaged, so nothing else could be checked.",))
    problems = [f"{name} is missing." for name in known if name not in present]
    problems += [f"{name} was not there when the index was written." for name in present if name not in known]
    problems += [
        f"{name} is not as it was written."
        for name, expected in known.items()
        if name in present and _sha256(present[name]) != expected.sha256
    ]
    return Verified(files, size, tuple(sorted(problems)))


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
