"""A term's postings in one segment, read block by block.

Whoosh's matchers step from posting to posting, at a microsecond each; blocks are read whole, as sequences.
This module alone reads private attributes of Whoosh's readers, for which its version is pinned.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from whoosh.reading import TermNotFound

from search.engines.deadline import check_time
from search.engines.whoosh.codec import Block, read_blocks


class Postings:
    """The postings of a segment, with the numbers of its `deleted` documents."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.deleted = frozenset(doc for doc in range(reader.doc_count_all()) if reader.is_deleted(doc))

    def docs(self, field: str, term: str) -> set[int]:
        """The live documents with a term."""
        found: set[int] = set()
        for block in self.blocks(field, term):
            found.update(block.docs)
        return found - self.deleted if self.deleted else found

    def weights(self, field: str, term: str) -> Iterator[tuple[Iterable[int], Iterable[float]]]:
        """The documents with a term and its weights, block by block; deleted documents are included."""
        return ((block.docs, block.all_weights) for block in self.blocks(field, term))

    def values(self, field: str, term: str, docs: Collection[int]) -> Iterator[tuple[int, bytes]]:
        """The values of a term's postings in those `docs` that have it."""
        for block in self.blocks(field, term):
            postings = zip(block.docs, block.values or (), strict=True)
            yield from ((doc, value) for doc, value in postings if doc in docs)

    def blocks(self, field: str, term: str) -> Iterator[Block]:
        """The postings of a term, none if no document has it; deleted documents are included."""
        terms = self._reader._terms
        try:
            place, (size,) = terms.term_info(field, term.encode()).extent()  # a tuple, by a slip of Whoosh
        except TermNotFound:
            return
        for block in read_blocks(terms._postfile.get(place, size)):
            check_time()
            yield block
