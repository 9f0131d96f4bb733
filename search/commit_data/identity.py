"""Which archive is it? What tells its documents from those of all other archives, for good."""

from pathlib import Path
from uuid import UUID, uuid4, uuid5

import msgspec

IDENTITY_KEY = "archive"
"""The name of the identity in an engine's commit data."""


class ArchiveIdentity(msgspec.Struct, frozen=True):
    """What the first run gives an index; all later commits keep it, also those that make the index anew.

    `since` is a POSIX time. Documents of which it is unknown when they were indexed were there by then.
    `name` is that of the folder which was indexed first, as a title: pages have it where none is given.
    """

    id: UUID
    since: int
    name: str = ""

    def urn(self, name: str) -> str:
        """An IRI for something in the archive (`urn:uuid:…`, RFC 9562, 5.5), the same for the same name."""
        return uuid5(self.id, name).urn

    def named(self, name: str) -> "ArchiveIdentity":
        """The same identity, with this name if it has none."""
        return self if self.name else msgspec.structs.replace(self, name=name)

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


def new_identity(since: int, name: str = "") -> ArchiveIdentity:
    """The identity of an archive that has none yet."""
    return ArchiveIdentity(uuid4(), since, name)


def name_of_source(source: str) -> str:
    """The name of a folder or file as a title: `Letters 1951` of `data/letters_1951`."""
    path = Path(source).resolve()
    name = path.name if path.is_dir() else path.name.partition(".")[0]
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]
