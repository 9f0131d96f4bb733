"""A transaction on a Tantivy index: in a directory of its own, which nobody reads before it is live."""

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
"""Bytes of documents that Tantivy gathers before it writes a segment."""

REWRITTEN = frozenset({"meta.json", ".managed.json"})
"""The files that a commit replaces."""


class TantivyWriter:
    """Writes into one directory, which holds an index or nothing yet.

    Every method raises OSError or `faults.Unreadable`. Tantivy writes in a thread of its own, which may
    die of a full disk; what it was given is lost then, and another commit would succeed without it. So
    documents are counted: a commit that has not as many as it must is none.
    """

    def __init__(self, directory: Path, schema: Schema) -> None:
        self._directory, self._schema = directory, schema
        self._notes = read_commit_data(directory)
        self._fields = tantivy_schema(schema)
        self._fresh = not (directory / "meta.json").exists()
        with library():
            self._index = tantivy.Index(self._fields, path=str(directory))
            register_tokenizer(self._index)
            self._before = self._index.searcher()
            self._writer = self._index.writer(heap_size=MEMORY, num_threads=1)
        self._touched: dict[str, bool] = {}  # by id, whether it is to be there

    def put(self, document: AnalyzedDocument) -> None:
        doc_id = document.id
        if not self._fresh or doc_id in self._touched:
            self.delete(doc_id)
        self._touched[doc_id] = True
        self._add(document)

    def delete(self, doc_id: str) -> None:
        self._touched[doc_id] = False
        with library():
            self._writer.delete_documents_by_term("id", doc_id)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self._notes[name] = data

    def commit(self) -> None:
        """Have everything in the directory; nothing goes on in the background afterwards."""
        with library():
            expected = self._expected()
            self._writer.commit()
            if not self._fresh and self._move():
                self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()
            if (count := int(self._index.searcher().num_docs)) != expected:
                raise Unreadable(f"{count:,} documents were kept instead of {expected:,}")
            write_commit_data(self._directory, self._notes)

    def cancel(self) -> None:
        """Stop; the directory is to be removed."""
        with library():
            self._writer.rollback()

    def _add(self, document: AnalyzedDocument) -> None:
        # From a dictionary and a schema: else a wrong type raises late, and drops the batch in silence.
        values = tantivy_document(document, self._schema)
        try:
            with library():
                self._writer.add_document(tantivy.Document.from_dict(values, self._fields))
        except Unreadable:
            with library():
                self._writer.commit()  # raises what the writing thread died of
            raise

    def _expected(self) -> int:
        """How many documents there must be after the commit."""
        added = sum(self._touched.values())
        if self._fresh:
            return added
        replaced = tantivy.Query.term_set_query(self._fields, "id", list(self._touched))
        gone = total_of(self._before.search(replaced, limit=1, count=True))
        return int(self._before.num_docs) - gone + added

    def _move(self) -> bool:
        """Write the documents of segments that are mostly deleted anew, which ends those segments."""
        self._index.reload()
        moved = False
        for document in documents_to_move(self._directory, self._index.searcher(), self._schema):
            self._writer.delete_documents_by_term("id", document.id)
            self._add(document)
            moved = True
        return moved
