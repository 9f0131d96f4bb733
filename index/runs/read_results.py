"""What does reading a file give? A document or a failure for each record."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from index.runs.manifest.entries import DocumentEntry, SourceFailure
from index.sources.files import SourceFile
from index.sources.read_task import ReadTask
from search.analyzed import AnalyzedDocument, with_id, with_time
from search.document import Document, content_bytes

LAST = 1 << 60
"""The record number of a failure of the whole file, which orders it after all records."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as understood, and its entry in the manifest."""

    document: Document
    entry: DocumentEntry


@dataclass(frozen=True, slots=True)
class RecordResult:
    """One read result, its 1-based record number and the byte offset reached.

    The number is 0 for a file that is one document, LAST for a failure of the file. The offset is 0 if
    the reader does not know it.
    """

    result: ReadDocument | SourceFailure
    number: int = 0
    offset: int = 0


def document_key(document: Document) -> bytes:
    """The hash of a document, by which a change is told (see `DocumentEntry.key`)."""
    return content_hash(content_bytes(document))


def content_hash(data: bytes) -> bytes:
    """A short hash of some bytes, as the manifest keeps it."""
    return hashlib.blake2b(data, digest_size=12).digest()


@dataclass(frozen=True, slots=True)
class IndexableDocument:
    """A document ready for the writer, which calls `analyzed` only if the document is new or changed.

    `source` is the document's own (`file#number`). `offset` is the number of bytes of the file read so
    far, 0 if unknown.
    """

    entry: DocumentEntry
    source: str
    analyzed: Callable[[], AnalyzedDocument]
    offset: int = 0

    def renamed(self, doc_id: str) -> "IndexableDocument":
        """The document under another id."""
        entry = msgspec.structs.replace(self.entry, id=doc_id)
        return replace(self, entry=entry, analyzed=lambda: with_id(self.analyzed(), doc_id))

    def at_time(self, indexed: int) -> "IndexableDocument":
        """The document with this time of its indexing."""
        entry = msgspec.structs.replace(self.entry, indexed=indexed)
        analyzed = self.analyzed
        return IndexableDocument(entry, self.source, lambda: with_time(analyzed(), indexed), self.offset)


ReadResult = IndexableDocument | SourceFailure
FileResults = tuple[SourceFile, Iterator[ReadResult]]
ReadAll = Callable[[Sequence[ReadTask]], Iterator[FileResults]]
"""Reads files: yields each with its results, in order, to be consumed to the end before the next file's."""
