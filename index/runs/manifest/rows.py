"""Rows of the manifest's database, and what they stand for."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from index.runs.manifest.entries import DocumentEntry, Place, SourceFailure, key_after
from index.runs.manifest.findings import attention, likeness

_encode = msgspec.msgpack.Encoder().encode
_failures = msgspec.msgpack.Decoder(tuple[SourceFailure, ...]).decode
entry_of = msgspec.msgpack.Decoder(DocumentEntry).decode
"""The document of the column `entry`."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was indexed: its number here, its key, its number of documents, and its failures."""

    number: int
    key: str
    documents: int
    failures: tuple[SourceFailure, ...]

    def has_key(self, key: str, seconds: float) -> bool:
        """Whether the file has this key still; where time was not enough, given as much as `seconds` now."""
        return self.key in {key, key_after(key, seconds)}

    @property
    def contested(self) -> bool:
        """Whether a document of the file was left out because another has its id."""
        return any(failure.id for failure in self.failures)


def known_file(number: int, key: str, documents: int, failures: bytes | None) -> KnownFile:
    """The file of a row."""
    return KnownFile(number, key, documents, failures_of(failures))


def failures_of(failures: bytes | None) -> tuple[SourceFailure, ...]:
    """What the column `failures` holds."""
    return _failures(failures) if failures else ()


def add_file(
    connection: sqlite3.Connection,
    place: Place,
    run: int,
    key: str = "",
    documents: int = 0,
    failures: Sequence[SourceFailure] = (),
) -> int:
    """Insert a file; return its number."""
    cursor = connection.execute(
        "insert into files (root, name, key, documents, failures, since) values (?, ?, ?, ?, ?, ?)",
        (*place, key, documents, packed(failures), run),
    )
    return cursor.lastrowid or 0


def packed(failures: Sequence[SourceFailure]) -> bytes | None:
    """Failures as the column holds them."""
    return _encode(failures) if failures else None


def add_documents(
    connection: sqlite3.Connection, documents: Iterable[tuple[int, int, DocumentEntry]]
) -> None:
    """Insert documents, each with the number of its file and its position there."""
    connection.executemany(
        "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                file,
                entry.number,
                position,
                entry.id,
                likeness(entry),
                attention(entry),
                entry.text_language,
                entry.encoding,
                _encode(entry.authors) if entry.authors else None,
                _encode(entry),
            )
            for file, position, entry in documents
        ),
    )
