"""A transaction on a Tantivy index."""

from pathlib import Path

import tantivy

from search.analyzed import AnalyzedDocument
from search.engines.disk.commit_data import read_commit_data, write_commit_data
from search.engines.disk.faults import Unreadable, library
from search.engines.tantivy.compaction import documents_to_move
from search.engines.tantivy.fields import register_tokenizer, tantivy_document, tantivy_schema
from search.engines.tantivy.hits import total_of
from search.schema import Schema

MEMORY = 128 << 20
"""Bytes of postings that Tantivy gathers before it writes a segment."""

REWRITTEN = frozenset({"meta.json", ".managed.json"})
"""The files that a commit replaces."""


class TantivyWriter:
    """Writes into one directory, `new` or with an index; `commit` or `cancel` ends it.

    Tantivy writes in a thread of its own, which a full disk may kill; the documents it was given are lost
    then, and a later commit would succeed without them. So a commit counts the documents, and fails if it
    has not as many as it must.
    """

    def __init__(self, directory: Path, schema: Schema, new: bool) -> None:
        self._directory, self._schema, self._new = directory, schema, new
        self._commit_data = read_commit_data(directory)
        self._fields = tantivy_schema(schema)
        self._index = tantivy.Index(self._fields, path=str(directory))
        register_tokenizer(self._index)
        self._before = self._index.searcher()
        self._writer = self._index.writer(heap_size=MEMORY, num_threads=1)
        self._put: dict[str, bool] = {}  # id -> whether it was put, or deleted

    def put(self, document: AnalyzedDocument) -> None:
        doc_id = document.id
        if not self._new or doc_id in self._put:
            self.delete(doc_id)
        self._put[doc_id] = True
        self._add(document)

    def delete(self, doc_id: str) -> None:
        self._put[doc_id] = False
        with library():
            self._writer.delete_documents_by_term("id", doc_id)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self._commit_data[name] = data

    def commit(self) -> None:
        expected = self._expected()
        self._writer.commit()
        if not self._new and self._compact():
            self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        if (count := int(self._index.searcher().num_docs)) != expected:
            raise Unreadable(f"{count:,} documents were kept instead of {expected:,}")
        write_commit_data(self._directory, self._commit_data)

    def cancel(self) -> None:
        self._writer.rollback()

    def _add(self, document: AnalyzedDocument) -> None:
        # With the schema given, a wrong type raises here; else it raises later, and drops the batch silently.
        values = tantivy_document(document, self._schema)
        try:
            with library():
                self._writer.add_document(tantivy.Document.from_dict(values, self._fields))
        except Unreadable:
            with library():
                self._writer.commit()  # raises the error that killed the writing thread
            raise

    def _expected(self) -> int:
        """The number of documents after the commit."""
        added = sum(self._put.values())
        if self._new:
            return added
        replaced = tantivy.Query.term_set_query(self._fields, "id", list(self._put))
        gone = total_of(self._before.search(replaced, limit=1, count=True))
        return int(self._before.num_docs) - gone + added

    def _compact(self) -> bool:
        """Put the documents of segments with many deleted ones again, which empties those segments."""
        self._index.reload()
        moved = False
        for document in documents_to_move(self._directory, self._index.searcher(), self._schema):
            self._writer.delete_documents_by_term("id", document.id)
            self._add(document)
            moved = True
        return moved
