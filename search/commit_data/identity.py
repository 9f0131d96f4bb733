"""Which archive is it? What tells its documents from those of all other archives, for good."""

from uuid import UUID, uuid4, uuid5

import msgspec

IDENTITY_KEY = "archive"
"""The name of the identity in an engine's commit data."""


class ArchiveIdentity(msgspec.Struct, frozen=True):
    """What the first run gives an index; all later commits keep it, also those that make the index anew.

    `since` is a POSIX time. Documents of which it is unknown when they were indexed were there by then.
    """

    id: UUID
    since: int

    def urn(self, name: str) -> str:
        """An IRI for something in the archive (`urn:uuid:…`, RFC 9562, 5.5), the same for the same name."""
        return uuid5(self.id, name).urn

    def to_bytes(self) -> bytes:
        """The encoded form, as stored in the commit data."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> "ArchiveIdentity | None":
        """The identity that `to_bytes` encoded; None for anything else."""
        try:
            return msgspec.msgpack.decode(data, type=cls)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None


def new_identity(since: int) -> ArchiveIdentity:
    """The identity of an archive that has none yet."""
    return ArchiveIdentity(uuid4(), since)
