"""Commit user data: named byte strings stored with each commit (cf. Lucene's setLiveCommitData)."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

NAME = "notes"
"""The file of a commit's directory that holds them."""

CommitData = dict[str, bytes]


def read_commit_data(directory: Path) -> CommitData:
    """The commit data in an index's directory; empty if it cannot be read."""
    try:
        return msgspec.msgpack.decode((directory / NAME).read_bytes(), type=CommitData)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def write_commit_data(directory: Path, data: Mapping[str, bytes]) -> None:
    """Store commit data in an index's directory, in place of what is there. Raises OSError."""
    (directory / NAME).write_bytes(msgspec.msgpack.encode(data))
