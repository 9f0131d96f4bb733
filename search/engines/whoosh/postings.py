"""A term's postings in one segment, read block by block.

Whoosh's matchers step from posting to posting, at a microsecond each; their blocks (128 postings) hold
ids, weights and values as sequences. This is the one place that knows that, and the reason why the
version of Whoosh is fixed.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from whoosh.reading import TermNotFound

Block = tuple[Sequence[int], Any]


class Postings:
    """The postings of a segment. `deleted` documents are left out."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.deleted = frozenset(doc for doc in range(reader.doc_count_all()) if reader.is_deleted(doc))

    def docs(self, field: str, term: str) -> set[int]:
        """The documents that have a term."""
        found: set[int] = set()
        for ids, _ in self._blocks(field, term, ""):
            found.update(ids)
        return found - self.deleted if self.deleted else found

    def weights(self, field: str, term: str) -> Iterator[Block]:
        """The documents that have a term and its weight in each, a block at a time, with those deleted."""
        return self._blocks(field, term, "_weights")

    def values(self, field: str, term: str, docs: Collection[int]) -> Iterator[tuple[int, bytes]]:
        """What the postings of a term hold, of those `docs` that have it."""
        for ids, values in self._blocks(field, term, "_values"):
            yield from ((doc, value) for doc, value in zip(ids, values, strict=True) if doc in docs)

    def going_forward(self, field: str, term: str) -> "Forward":
        """The values of a term, asked for in the order of documents."""
        return Forward(self._matcher(field, term))

    def _blocks(self, field: str, term: str, what: str) -> Iterator[Block]:
        matcher = self._matcher(field, term)
        while matcher is not None and matcher.is_active():
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
        return getattr(matcher, "child", matcher)  # the one inside a filter of deleted documents


class Forward:
    """One term's values; blocks without a wanted document are skipped unread."""

    def __init__(self, matcher: Any) -> None:
        self._matcher = matcher

    def value(self, doc: int) -> bytes:
        """What the posting of a document holds, empty if it has none; `doc` is not before the last asked."""
        matcher = self._matcher
        while matcher is not None and matcher.is_active() and matcher.block_max_id() < doc:
            matcher._next_block()
        if matcher is None or not matcher.is_active():
            return b""
        matcher.id()
        at = bisect_left(matcher._ids, doc)
        if matcher._ids[at] != doc:
            return b""
        matcher.value()
        found: bytes = matcher._values[at]
        return found
