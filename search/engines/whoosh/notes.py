"""What writers remember beside the documents: one file a commit, named after it."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from search.engines.generations import sync
from search.engines.whoosh.snapshot import Version


def read_notes(version: Version) -> dict[str, bytes]:
    """The notes of a commit; none if there are none, or they cannot be read."""
    try:
        return msgspec.msgpack.decode(_file(version).read_bytes(), type=dict[str, bytes])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def write_notes(version: Version, notes: Mapping[str, bytes]) -> None:
    """Have the notes of a commit to come on the disk."""
    _file(version).write_bytes(msgspec.msgpack.encode(notes))
    sync(_file(version))


def drop_other_notes(version: Version) -> None:
    """Remove the notes of all other commits of this directory."""
    for file in version.directory.glob("notes.*"):
        if file != _file(version):
            file.unlink(missing_ok=True)


def _file(version: Version) -> Path:
    return version.directory / f"notes.{version.commit}"
