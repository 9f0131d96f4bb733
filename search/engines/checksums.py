"""Are the files of an index what was written? A SHA-256 for each, kept beside them in checksums.json."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

NAME = "checksums.json"

_BLOCK = 1 << 20


class Sum(msgspec.Struct, frozen=True):
    """A file as it was recorded: unless its size or its time of change (ns) differs, it is not read anew."""

    sha256: str
    size: int
    changed: int


Sums = Mapping[str, Sum]


def record(directory: Path) -> None:
    """Write the checksums of all files of an index, which must not change meanwhile. Raises OSError."""
    known = _read(directory)
    sums = {file.name: _sum(file, known.get(file.name)) for file in _files(directory)}
    fresh = directory / f"{NAME}.new"
    fresh.write_bytes(msgspec.json.encode(sums))
    fresh.replace(directory / NAME)


def damage(directory: Path) -> list[str]:
    """What is wrong with the files of an index, a sentence each. Raises OSError if one cannot be read."""
    known = _read(directory)
    if not known:
        return [f"{NAME} is missing or damaged, so nothing else could be checked."]
    there = {file.name: file for file in _files(directory)}
    wrong = [f"{name} is missing." for name in known if name not in there]
    wrong += [f"{name} was not there when the index was written." for name in there if name not in known]
    wrong += [
        f"{name} is not as it was written."
        for name, expected in known.items()
        if name in there and _sha256(there[name]) != expected.sha256
    ]
    return wrong


def _sum(file: Path, known: Sum | None) -> Sum:
    status = file.stat()
    if known and (known.size, known.changed) == (status.st_size, status.st_mtime_ns):
        return known
    return Sum(_sha256(file), status.st_size, status.st_mtime_ns)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        digest = hashlib.sha256()
        while block := opened.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _files(directory: Path) -> Iterator[Path]:
    for entry in os.scandir(directory):
        if entry.is_file() and not entry.name.endswith(".lock") and not entry.name.startswith(NAME):
            yield Path(entry.path)


def _read(directory: Path) -> Sums:
    try:
        return msgspec.json.decode((directory / NAME).read_bytes(), type=dict[str, Sum])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
