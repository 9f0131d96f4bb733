"""Compaction: segments with many deleted documents are written anew, for Tantivy merges by size alone.

A replaced or deleted document stays in its segment, takes room there, and counts in the statistics that
ranking reads. So a commit puts the live documents of every segment again of which more than MAX_DELETED was
deleted. Over time that writes at most three documents for each one that changed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from search.analyzed import AnalyzedDocument, analyze
from search.document import Document, from_bytes
from search.schema import Schema

MAX_DELETED = 0.25
"""The share of a segment's documents that may be deleted."""

_READ_AT_ONCE = 100  # documents


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment of the last commit: its place among them, its number of documents, and of deleted ones."""

    number: int
    documents: int
    deleted: int

    @property
    def is_to_be_emptied(self) -> bool:
        return self.deleted > MAX_DELETED * self.documents


def documents_to_move(directory: Path, index: tantivy.Index, schema: Schema) -> Iterator[AnalyzedDocument]:
    """The live documents of the segments in the last commit that have too many deleted ones."""
    searcher, segments = _last_commit(directory, index)
    for segment in segments:
        if segment.is_to_be_emptied:
            for start in range(0, segment.documents, _READ_AT_ONCE):
                numbers = range(start, min(start + _READ_AT_ONCE, segment.documents))
                for document in _live(searcher, index.schema, segment, numbers):
                    yield analyze(document, schema)


def _last_commit(directory: Path, index: tantivy.Index) -> tuple[tantivy.Searcher, Sequence[_Segment]]:
    """A searcher of the last commit, and its segments, which a merge that ends at the moment may replace."""
    known = b""
    while (read := (directory / "meta.json").read_bytes()) != known:
        known = read
        index.reload()
    segments = enumerate(json.loads(known)["segments"])
    return index.searcher(), [
        _Segment(number, segment["max_doc"], (segment["deletes"] or {}).get("num_deleted_docs", 0))
        for number, segment in segments
    ]


def _live(
    searcher: tantivy.Searcher, fields: tantivy.Schema, segment: _Segment, numbers: range
) -> Iterator[Document]:
    """Those of the documents with these numbers in a segment that are not deleted."""
    read = {
        number: from_bytes(searcher.doc(tantivy.DocAddress(segment.number, number))["document"][0])
        for number in numbers
    }
    ids = tantivy.Query.term_set_query(fields, "id", [document.id for document in read.values()])
    for _, address in searcher.search(ids, limit=len(read), count=False).hits:
        if address.segment_ord == segment.number and address.doc in read:
            yield read[address.doc]
