"""How healthy is the collection? What the indexer found, kept with the index, and shown on a page."""

from dataclasses import dataclass

import msgspec

HEALTH_KEY = "health"
"""The name of the report in an engine's commit data."""


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """A file or record that is not in the index as it stands, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """What there is to look at in the whole index after its last change.

    Lists hold ids of documents; `duplicates` and `name_candidates` groups of ids and of names.
    """

    failed: tuple[SourceProblem, ...] = ()
    skipped: tuple[SourceProblem, ...] = ()
    undated: tuple[str, ...] = ()
    date_not_understood: tuple[str, ...] = ()
    no_author: tuple[str, ...] = ()
    no_title: tuple[str, ...] = ()
    no_text: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, ...], ...] = ()
    name_candidates: tuple[tuple[str, ...], ...] = ()

    def to_bytes(self) -> bytes:
        """The encoded form, as stored in the commit data."""
        return msgspec.msgpack.encode(self)


def health_of(data: bytes) -> Health | None:
    """What `Health.to_bytes` wrote; None if it is nothing, or of another version."""
    try:
        return msgspec.msgpack.decode(data, type=Health)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
