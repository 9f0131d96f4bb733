"""The manifest of index format 10 and before, which was one value in the commit data."""

import sqlite3
from collections.abc import Mapping

import msgspec

from index.runs.manifest.database import add_indexes
from index.runs.manifest.entries import DocumentEntry, SourceFailure
from index.runs.manifest.rows import add_documents, add_file

_FORMAT = 1


class _FileEntry(msgspec.Struct, array_like=True):
    key: str
    documents: tuple[DocumentEntry, ...] = ()
    failures: tuple[SourceFailure, ...] = ()


class EarlierManifest(msgspec.Struct):
    """Root of a SOURCE -> name of a file below it -> its entry; and root -> text of its aliases."""

    roots: Mapping[str, Mapping[str, _FileEntry]] = msgspec.field(default_factory=dict)
    aliases: Mapping[str, str] = msgspec.field(default_factory=dict)
    format: int = 0


def earlier_manifest(state: bytes) -> EarlierManifest | None:
    """The manifest in the commit data; None if there is none of that form."""
    try:
        manifest = msgspec.msgpack.decode(state, type=EarlierManifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return manifest if manifest.format == _FORMAT else None


def take_over(connection: sqlite3.Connection, state: bytes, manifest: EarlierManifest) -> None:
    """Write it into an empty database, as the run of this state."""
    files = [(root, name, file) for root, named in manifest.roots.items() for name, file in named.items()]
    newest = max((entry.indexed for *_, file in files for entry in file.documents), default=0)
    aliases = {**dict.fromkeys(manifest.roots, ""), **manifest.aliases}
    connection.execute("begin immediate")
    connection.execute(
        "insert into runs values (1, ?, ?, ?)", (state, newest, msgspec.msgpack.encode(aliases))
    )
    for root, name, file in files:
        number = add_file(connection, (root, name), 1, file.key, len(file.documents), file.failures)
        add_documents(connection, ((number, at, entry) for at, entry in enumerate(file.documents)))
    add_indexes(connection)
    connection.execute("commit")
