"""Segments of which much was deleted are written anew: the library merges by size alone.

A document that was replaced or deleted stays in its segment, takes room there, and counts in the
statistics that ranking reads. So a commit moves the documents of every segment of which more than a
quarter was deleted. That costs no more than three times what changed, over time.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import tantivy

from search.analyzed import AnalyzedDocument, analyze
from search.document import from_bytes
from search.schema import Schema

MOST = 0.25
"""The share of a segment's documents that may be deleted."""


def documents_to_move(
    directory: Path, searcher: tantivy.Searcher, schema: Schema
) -> Iterator[AnalyzedDocument]:
    """The documents of all segments that have too many deleted ones, of the last commit."""
    segments = [
        _counts(segment) for segment in json.loads((directory / "meta.json").read_bytes())["segments"]
    ]
    if not any(_too_many(deleted, whole) for deleted, whole in segments):
        return
    every = searcher.search(tantivy.Query.all_query(), limit=max(1, int(searcher.num_docs))).hits
    addresses = [address for _, address in every]
    living = Counter(address.segment_ord for address in addresses)
    if [living[number] for number in range(len(segments))] != [whole - gone for gone, whole in segments]:
        return  # the searcher's order of segments is not that of the file: the next commit may find it so
    for address in addresses:
        if _too_many(*segments[address.segment_ord]):
            yield analyze(from_bytes(searcher.doc(address)["document"][0]), schema)


def _counts(segment: dict[str, object]) -> tuple[int, int]:
    """How many documents of a segment are deleted, and how many it has with them."""
    deletes = segment["deletes"]
    deleted = deletes["num_deleted_docs"] if isinstance(deletes, dict) else 0
    return int(deleted), int(str(segment["max_doc"]))


def _too_many(deleted: int, whole: int) -> bool:
    return deleted > MOST * whole
