"""A transaction on a Whoosh index."""

from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex

from search.analyzed import AnalyzedDocument
from search.engines.disk.commit_data import read_commit_data, write_commit_data
from search.engines.whoosh.fields import whoosh_document, whoosh_schema
from search.engines.whoosh.reader import INDEX_NAME
from search.engines.whoosh.segment_writer import SegmentWriter
from search.engines.whoosh.storage import DurableStorage
from search.schema import Schema


class WhooshWriter:
    """Writes into one directory, `new` or with an index; `commit` or `cancel` ends it."""

    def __init__(self, directory: Path, schema: Schema, new: bool) -> None:
        self._directory, self._schema, self._new = directory, schema, new
        self._commit_data = read_commit_data(directory)
        self._added: dict[str, int] = {}  # id -> document number, of this transaction's documents
        storage = DurableStorage(directory)
        if new:
            index = FileIndex.create(storage, whoosh_schema(schema), INDEX_NAME)
        else:
            index = FileIndex(storage, indexname=INDEX_NAME)
        self._writer = SegmentWriter(index)

    def put(self, document: AnalyzedDocument) -> None:
        self.delete(document.id)
        self._added[document.id] = self._writer.add(whoosh_document(document, self._schema))

    def delete(self, doc_id: str) -> None:
        if doc_id in self._added:  # in the segment being written, which Whoosh does not search yet
            self._writer.newsegment.delete_document(self._added.pop(doc_id))
        elif not self._new:
            self._writer.delete_by_term("id", doc_id)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self._commit_data[name] = data

    def commit(self) -> None:
        write_commit_data(self._directory, self._commit_data)
        self._writer.commit(optimize=self._mostly_deleted())

    def _mostly_deleted(self) -> bool:
        """Whether more than a quarter of all documents are deleted, so that merging all segments pays."""
        segments = self._writer.segments
        deleted = sum(int(segment.deleted_count()) for segment in segments)
        return deleted * 4 > sum(int(segment.doc_count_all()) for segment in segments)

    def cancel(self) -> None:
        self._writer.cancel()


_Codec = W3Codec
"""The name under which segments before format 11 pickled their codec: they still open."""
