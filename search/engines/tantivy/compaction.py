"""Compaction: segments with many deleted documents are written anew, for Tantivy merges by size alone.

A replaced or deleted document stays in its segment, takes room there, and counts in the statistics that
ranking reads. So a commit puts the live documents of every segment again of which more than MAX_DELETED was
deleted. Over time that writes at most three documents for each one that changed.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import tantivy

from search.analyzed import AnalyzedDocument, analyze
from search.document import from_bytes
from search.schema import Schema

MAX_DELETED = 0.25
"""The share of a segment's documents that may be deleted."""


def documents_to_move(
    directory: Path, searcher: tantivy.Searcher, schema: Schema
) -> Iterator[AnalyzedDocument]:
    """The live documents of the segments in the last commit that have too many deleted ones."""
    segments = [
        _counts(segment) for segment in json.loads((directory / "meta.json").read_bytes())["segments"]
    ]
    if not any(_too_many(deleted, whole) for deleted, whole in segments):
        return
    every = searcher.search(tantivy.Query.all_query(), limit=max(1, int(searcher.num_docs))).hits
    addresses = [address for _, address in every]
    living = Counter(address.segment_ord for address in addresses)
    if [living[number] for number in range(len(segments))] != [whole - gone for gone, whole in segments]:
        return  # segments are ordered otherwise than in the file: perhaps not at the next commit
    for address in addresses:
        if _too_many(*segments[address.segment_ord]):
            yield analyze(from_bytes(searcher.doc(address)["document"][0]), schema)


def _counts(segment: dict[str, object]) -> tuple[int, int]:
    """A segment's number of deleted documents, and of all."""
    deletes = segment["deletes"]
    deleted = deletes["num_deleted_docs"] if isinstance(deletes, dict) else 0
    return int(deleted), int(str(segment["max_doc"]))


def _too_many(deleted: int, whole: int) -> bool:
    return deleted > MAX_DELETED * whole
