"""A transaction on a Whoosh index."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex

from search.analyzed import AnalyzedDocument
from search.engines.disk.commit_data import read_commit_data, write_commit_data
from search.engines.whoosh.fields import whoosh_document, whoosh_schema
from search.engines.whoosh.reader import INDEX_NAME
from search.engines.whoosh.storage import DurableStorage
from search.schema import Schema

MEMORY_MB = 128
BLOCK = 2048
"""Postings of a block: whole blocks are read, so that fewer and larger ones (Whoosh's are 128) cost less."""


@dataclass
class WhooshWriter:
    """Writes into one directory; `commit` or `cancel` ends it."""

    schema: Schema
    writer: Any
    fresh: bool  # whether the index was empty before
    notes: dict[str, bytes] = field(default_factory=dict)
    _added: dict[str, int] = field(default_factory=dict)

    @classmethod
    def create(cls, directory: Path, schema: Schema) -> "WhooshWriter":
        """A transaction on a new index in an empty directory."""
        index = FileIndex.create(DurableStorage(directory), whoosh_schema(schema), INDEX_NAME)
        return cls(schema, _whoosh_writer(index), fresh=True)

    @classmethod
    def open(cls, directory: Path, schema: Schema) -> "WhooshWriter":
        """A transaction on the index in a directory, which keeps its notes unless told others."""
        index = FileIndex(DurableStorage(directory), indexname=INDEX_NAME)
        notes = read_commit_data(directory)
        return cls(schema, _whoosh_writer(index), fresh=False, notes=notes)

    def put(self, document: AnalyzedDocument) -> None:
        doc_id = document.id
        self.delete(doc_id)
        self._added[doc_id] = self.writer.docnum
        self.writer.add_document(**whoosh_document(document, self.schema))

    def delete(self, doc_id: str) -> None:
        if doc_id in self._added:  # written in this transaction, so in no segment that Whoosh searches yet
            self.writer.newsegment.delete_document(self._added.pop(doc_id))
        elif not self.fresh:
            self.writer.delete_by_term("id", doc_id)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self.notes[name] = data

    def commit(self) -> None:
        """Have everything in the directory."""
        write_commit_data(Path(self.writer.storage.folder), self.notes)
        self.writer.commit(optimize=self._mostly_deleted())

    def _mostly_deleted(self) -> bool:
        """Whether so much was deleted that segments are worth writing anew."""
        segments = self.writer.segments
        deleted = sum(int(segment.deleted_count()) for segment in segments)
        return deleted * 4 > sum(int(segment.doc_count_all()) for segment in segments)

    def cancel(self) -> None:
        """Drop everything written."""
        self.writer.cancel()


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec, which looks up no field's length for each posting: our scores use none."""

    length_stats = False


def _whoosh_writer(index: FileIndex) -> Any:
    return index.writer(limitmb=MEMORY_MB, codec=_Codec(blocklimit=BLOCK))
