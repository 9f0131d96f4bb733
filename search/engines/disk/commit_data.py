"""What writers remember beside the documents: one file of each commit's directory."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

NAME = "notes"

Notes = dict[str, bytes]


def read_commit_data(directory: Path) -> Notes:
    """What was remembered with the index in a directory; nothing if it cannot be read."""
    try:
        return msgspec.msgpack.decode((directory / NAME).read_bytes(), type=Notes)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def write_commit_data(directory: Path, notes: Mapping[str, bytes]) -> None:
    """Remember these, in place of what was. Raises OSError."""
    (directory / NAME).write_bytes(msgspec.msgpack.encode(notes))
