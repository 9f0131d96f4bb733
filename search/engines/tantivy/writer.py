"""A transaction on a Tantivy index."""

import os
from pathlib import Path

import tantivy

from search.analyzed import AnalyzedDocument
from search.engines.disk.commit_data import read_commit_data, write_commit_data
from search.engines.faults import Unreadable, library
from search.engines.tantivy.compaction import documents_to_move
from search.engines.tantivy.fields import register_tokenizer, tantivy_document, tantivy_schema
from search.engines.tantivy.hits import total_of
from search.schema import Schema

MEMORY = 128 << 20
"""Bytes of postings that each thread of Tantivy's gathers before it writes a segment."""
MOST_THREADS = 3
"""More of them index faster than the one process that hands them documents."""
BATCH = 50_000
"""Documents put and deleted between two counts: more than a segment of MEMORY has of most collections."""

REWRITTEN = frozenset({"meta.json", ".managed.json"})
"""The files that a commit replaces."""


def thread_count() -> int:
    """How many threads of Tantivy's keep up with the workers: they take a third of the processor time."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    return max(1, min((processors + 1) // 3, MOST_THREADS))


class TantivyWriter:
    """Writes into one directory, `new` or with an index; `commit` or `cancel` ends it.

    Tantivy writes in threads of its own, which a full disk may kill; the documents they were given are lost
    then, and a later commit would succeed without them. So after each BATCH, Tantivy commits, to a directory
    that no reader sees yet, and the documents are counted: it fails if they are not as many as they must be.
    Nothing is remembered of the batches before.
    """

    def __init__(self, directory: Path, schema: Schema, new: bool) -> None:
        self._directory, self._schema = directory, schema
        self._commit_data = read_commit_data(directory)
        self._fields = tantivy_schema(schema)
        self._index = tantivy.Index(self._fields, path=str(directory))
        register_tokenizer(self._index)
        threads = thread_count() if new else 1  # each of them writes a segment, also of few documents
        self._writer = self._index.writer(heap_size=MEMORY * threads, num_threads=threads)
        self._searcher = self._index.searcher()  # of all batches before
        self._batch: dict[str, bool] = {}  # id -> whether it was put, or deleted

    def put(self, document: AnalyzedDocument) -> None:
        if self._searcher.num_docs or document.id in self._batch:
            self._delete(document.id)
        self._add(document)
        self._note(document.id, put=True)

    def delete(self, doc_id: str) -> None:
        self._delete(doc_id)
        self._note(doc_id, put=False)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self._commit_data[name] = data

    def commit(self) -> None:
        self._end_batch()
        for document in documents_to_move(self._directory, self._index, self._schema):
            self.put(document)  # which empties its segment
        self._end_batch()
        self._writer.wait_merging_threads()
        self._count(int(self._searcher.num_docs))
        write_commit_data(self._directory, self._commit_data)

    def cancel(self) -> None:
        self._writer.rollback()

    def _add(self, document: AnalyzedDocument) -> None:
        try:
            with library():
                self._writer.add_document(tantivy_document(document, self._schema, self._fields))
        except Unreadable:
            with library():
                self._writer.commit()  # raises the error that killed the writing thread
            raise

    def _delete(self, doc_id: str) -> None:
        with library():
            self._writer.delete_documents_by_term("id", doc_id)

    def _note(self, doc_id: str, *, put: bool) -> None:
        self._batch[doc_id] = put
        if len(self._batch) >= BATCH:
            with library():
                self._end_batch()

    def _end_batch(self) -> None:
        """Commit what was put and deleted since the last batch, and count all documents."""
        if not self._batch:
            return
        same_ids = tantivy.Query.term_set_query(self._fields, "id", list(self._batch))
        gone = total_of(self._searcher.search(same_ids, limit=1, count=True))
        expected = int(self._searcher.num_docs) - gone + sum(self._batch.values())
        self._writer.commit()
        self._batch.clear()
        self._count(expected)

    def _count(self, expected: int) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()
        if (count := int(self._searcher.num_docs)) != expected:
            raise Unreadable(f"{count:,} documents were kept instead of {expected:,}")
