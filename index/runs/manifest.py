"""What was indexed, from which file, and what is to be said about it?

The manifest is kept with each commit of the index. It need not be trusted: without it, everything is
read once more, and no document goes. One whose file is gone by then stays, though, since nothing tells
any more that it was of that file.
"""

from collections.abc import Iterator

import msgspec

from search.aliases import Aliases, name_key

MANIFEST_KEY = "sources"
"""The name of the manifest in an engine's commit data."""

_FORMAT = 1


class DocumentEntry(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One document in the index.

    `key` is the hash of its content, `number` its place among the records of its file, `text` the
    hash of its text ("" without any), by which duplicates show.
    """

    id: str
    key: bytes
    number: int = 0
    text: bytes = b""
    authors: tuple[str, ...] = ()
    undated: bool = False
    date_not_understood: bool = False
    untitled: bool = False
    recipients: tuple[str, ...] = ()

    def names_any(self, keys: frozenset[str]) -> bool:
        """Whether one of its people has one of these keys (see `search.aliases.name_key`)."""
        return bool(keys) and any(name_key(name) in keys for name in (*self.authors, *self.recipients))


class SourceFailure(msgspec.Struct, array_like=True, frozen=True):
    """A file or record that is not in the index as it stands, and why. `id` is set where another has it."""

    source: str
    reason: str
    id: str = ""


class FileEntry(msgspec.Struct, array_like=True, frozen=True):
    """A file as it was read: its key (content, readers, labels), its documents and its failures."""

    key: str
    documents: tuple[DocumentEntry, ...] = ()
    failures: tuple[SourceFailure, ...] = ()

    def is_as_before(self, key: str, renamed: frozenset[str]) -> bool:
        """Whether the file has this key, and none of its people is among those `renamed`."""
        return self.key == key and not any(entry.names_any(renamed) for entry in self.documents)

    @property
    def contested(self) -> bool:
        """Whether a document of it was left out because another has its id."""
        return any(failure.id for failure in self.failures)


class Manifest(msgspec.Struct):
    """Root of a SOURCE -> path below it -> what the file gave; and the aliases of each root."""

    roots: dict[str, dict[str, FileEntry]] = msgspec.field(default_factory=dict)
    aliases: dict[str, str] = msgspec.field(default_factory=dict)  # of each root, as they were applied
    format: int = _FORMAT

    def documents(self) -> Iterator[DocumentEntry]:
        """Every document in the index."""
        for files in self.roots.values():
            for file in files.values():
                yield from file.documents

    def all_aliases(self) -> bytes:
        """The aliases of all roots, as the text of one file."""
        return str(sum(map(Aliases.read, self.aliases.values()), Aliases())).encode()

    def to_bytes(self) -> bytes:
        """The form in which it is kept with a commit."""
        return msgspec.msgpack.encode(self)


def manifest_of(state: bytes) -> Manifest:
    """The manifest that `to_bytes` wrote; an empty one if it is none, or of another format."""
    try:
        manifest = msgspec.msgpack.decode(state, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Manifest()
    return manifest if manifest.format == _FORMAT else Manifest()
