"""A term's postings in one segment, read block by block.

Whoosh's matchers step from posting to posting, at a microsecond each; their blocks hold ids, weights and
values as sequences. This module alone reads their private attributes, for which Whoosh's version is pinned.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from whoosh.reading import TermNotFound

from search.engines.deadline import check_time

Block = tuple[Sequence[int], Any]


class Postings:
    """The postings of a segment, with the numbers of its `deleted` documents."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.deleted = frozenset(doc for doc in range(reader.doc_count_all()) if reader.is_deleted(doc))

    def docs(self, field: str, term: str) -> set[int]:
        """The live documents with a term."""
        found: set[int] = set()
        for ids, _ in self._blocks(field, term, ""):
            found.update(ids)
        return found - self.deleted if self.deleted else found

    def weights(self, field: str, term: str) -> Iterator[Block]:
        """The documents with a term and its weights, block by block; deleted documents are included."""
        return self._blocks(field, term, "_weights")

    def values(self, field: str, term: str, docs: Collection[int]) -> Iterator[tuple[int, bytes]]:
        """The values of a term's postings in those `docs` that have it."""
        for ids, values in self._blocks(field, term, "_values"):
            yield from ((doc, value) for doc, value in zip(ids, values, strict=True) if doc in docs)

    def _blocks(self, field: str, term: str, what: str) -> Iterator[Block]:
        matcher = self._matcher(field, term)
        while matcher is not None and matcher.is_active():
            check_time()
            matcher.id()
            if what:
                (matcher.weight if what == "_weights" else matcher.value)()
            yield matcher._ids, getattr(matcher, what) if what else ()
            matcher._next_block()

    def _matcher(self, field: str, term: str) -> Any:
        try:
            matcher = self._reader.postings(field, term.encode())
        except TermNotFound:
            return None
        return getattr(matcher, "child", matcher)  # without the filter of deleted documents
