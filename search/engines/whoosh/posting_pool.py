"""The postings of a segment that is being written, grouped by term, in memory and in sorted runs on disk.

Whoosh keeps a tuple for each posting, sorts all of them and takes them apart again: 61 % of the time of
indexing. Here a posting is two entries of its term's list.
"""

import marshal
import struct
from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from whoosh.util import random_name

LIMIT = 2_000_000
"""Postings in memory, about 100 MB, before they are written to a run."""
_SIZE = struct.Struct("!I")

Payload = int | float | bytes
Term = tuple[str, str, list[Any]]
"""A field, a term, and its postings: document numbers, which increase, each followed by its payload."""


class PostingPool:
    """Takes the postings of documents in the order of their numbers, and gives them back by field and term.

    The payload of a posting is its weight, in a field with positions their bytes. Runs are files of a
    temporary Whoosh storage.
    """

    def __init__(self, storage: Any, limit: int = LIMIT) -> None:
        self._storage, self._limit = storage, limit
        self._fields: dict[str, dict[str, list[Any]]] = {}
        self._count = 0
        self._runs: list[str] = []

    def add(self, field: str, doc: int, payloads: Mapping[str, Payload]) -> None:
        """Add a document's postings in a field: term -> payload."""
        terms = self._fields.setdefault(field, {})
        known = terms.get
        for term, payload in payloads.items():
            postings = known(term)
            if postings is None:
                terms[term] = [doc, payload]
            else:
                postings += (doc, payload)
        self._count += len(payloads)
        if self._count >= self._limit:
            self._save()

    def iter_postings(self) -> Iterator[Term]:
        """Every term with all its postings, by field and term, each once."""
        runs = [self._read(name) for name in self._runs]
        for (field, term), found in groupby(merge(*runs, self._sorted(), key=_place), key=_place):
            parts = [postings for _, _, postings in found]
            yield field, term, parts[0] if len(parts) == 1 else [item for part in parts for item in part]

    def cleanup(self) -> None:
        """Nothing to do: runs go with the storage that they are in."""

    def _sorted(self) -> Iterator[Term]:
        """What is in memory, which it empties: code points of terms sort as their UTF-8 does."""
        for field in sorted(self._fields):
            terms = self._fields[field]
            for term in sorted(terms):
                yield field, term, terms.pop(term)

    def _save(self) -> None:
        name = f"{random_name()}.run"
        with self._storage.create_file(name).raw_file() as file:
            for term in self._sorted():
                data = marshal.dumps(term)
                file.write(_SIZE.pack(len(data)) + data)
        self._runs.append(name)
        self._count = 0

    def _read(self, name: str) -> Iterator[Term]:
        with self._storage.open_file(name).raw_file() as file:
            while size := file.read(_SIZE.size):
                yield marshal.loads(file.read(*_SIZE.unpack(size)))  # noqa: S302 - written by this process


_place = itemgetter(0, 1)
