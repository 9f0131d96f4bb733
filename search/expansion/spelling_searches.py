"""Do documents have a spelling? The searches that tell: so many for each query, and kept for later ones."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from search.cache import GenerationCache
from search.document import Document
from search.engines import Engine
from search.query.tree import Query
from search.request import SearchRequest

MAX_SEARCHES = 10
"""Searches of a query that ask whether documents have a spelling."""
SAMPLE = 24
"""Documents whose text is read to see how they write a spelling that may be a coincidence."""
CACHED_SPELLINGS = 10_000
"""Answers that are cached for one generation of the index."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query, and the least number of documents that must match it."""

    query: Query
    least: float


@dataclass
class SpellingSearches:
    """The searches of one query; `left` are those that it may still ask. `cache` has those of all queries.

    An answer from the cache counts as a search, so that a query means the same whatever was asked before.
    """

    engine: Engine
    cache: GenerationCache
    left: int = MAX_SEARCHES

    def __post_init__(self) -> None:
        self._generation = self.engine.info().generation

    def kept(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """The value of a key, computed once for each generation."""
        return self.cache.get(self._generation, key, compute)

    def match(self, wanted: Wanted) -> bool:
        """Whether so many documents match a query; false where the searches are used up."""
        return self._may_ask() and self.kept(wanted, lambda: self._total(wanted.query) >= wanted.least)

    def judged(
        self, key: Hashable, query: Query, judge: Callable[[Sequence[Document]], Sequence[Value]]
    ) -> Sequence[Value]:
        """What `judge` finds in some documents that match; nothing where the searches are used up.

        They are the first by title: by id or date, they would be those of one time, and of its spelling.
        `key` says all that it depends on but the documents.
        """
        return self.kept((key, query), lambda: judge(self._sample(query))) if self._may_ask() else ()

    def _sample(self, query: Query) -> list[Document]:
        hits = self.engine.search(SearchRequest(query, sort="title", limit=SAMPLE)).hits
        return [found for found in self.engine.get_many([hit.id for hit in hits]) if found]

    def _total(self, query: Query) -> int:
        return self.engine.search(SearchRequest(query, limit=0)).total

    def _may_ask(self) -> bool:
        self.left -= 1
        return self.left >= 0
