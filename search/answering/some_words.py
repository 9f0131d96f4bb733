"""Which documents have some of a query's words, those with most of them first?

The documents with a certain number of the words are a tier. Each tier is a search of its own, so that engines
need no other score; only the tiers that a page shows are asked for.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from search.query.relaxation import at_least, between, optional_words
from search.query.tree import And, Not, Query
from search.request import DateFilter, FieldFilter, SearchRequest
from search.results import Hit, SearchResults

Ask = Callable[[SearchRequest], SearchResults]
"""`Engine.search`."""

MAX_COUNTED = 6
"""Words of a query up to which every number of them is a tier.

A longer query is a sentence, most words of which say little: only documents that lack at most a quarter of
them are in tiers, and the score decides among the others (docs/adr/013-some-of-the-words.md).
"""


def tiers(relaxed: Query) -> list[int]:
    """The least number of words of each tier of a relaxed query, rising from 1."""
    words = optional_words(relaxed)
    lowest = 2 if words <= MAX_COUNTED else 3 * words // 4 + 1
    return [1, *range(lowest, words)]


@dataclass(frozen=True)
class SomeWords:
    """The documents that match a relaxed query and pass the filters, but do not match `all_words`.

    `relaxed` has been expanded. `all_words` is None where no document has all the words. Methods raise
    EngineError alone.
    """

    ask: Ask
    relaxed: Query
    all_words: Query | None
    filters: tuple[FieldFilter | DateFilter, ...]
    _totals: dict[int, int] = field(default_factory=dict, init=False, repr=False)

    @property
    def query(self) -> Query:
        """The query for all of them."""
        return self._without_all_words(self.relaxed)

    @property
    def total(self) -> int:
        """How many there are."""
        return self._total(1)

    @cached_property
    def tiers(self) -> list[int]:
        """The least number of words of each tier, rising from 1."""
        return tiers(self.relaxed)

    def hits(self, offset: int, limit: int) -> list[Hit]:
        """Those with most words first, then by score and id: at most `limit`, from `offset` on."""
        found: list[Hit] = []
        for tier in reversed(range(self._tier_at(offset) + 1)):
            if len(found) == limit:
                break
            above = self._total(self.tiers[tier + 1]) if tier + 1 < len(self.tiers) else 0
            found += self._tier(tier, max(offset - above, 0), limit - len(found))
        return found

    @property
    def requests(self) -> list[SearchRequest]:
        """A request for each tier, that with most words first."""
        return [self._request(tier) for tier in reversed(range(len(self.tiers)))]

    def _tier_at(self, offset: int) -> int:
        """The tier of the hit at an offset: the highest such that more documents are in it or above it."""
        higher = self.tiers[1:]
        return bisect_left(higher, True, key=lambda words: self._total(words) <= offset)

    def _total(self, words: int) -> int:
        """How many documents have at least this number of the words."""
        if words not in self._totals:
            query = self._without_all_words(at_least(self.relaxed, words))
            self._totals[words] = self.ask(SearchRequest(query, self.filters, limit=0)).total
        return self._totals[words]

    def _tier(self, tier: int, offset: int, limit: int) -> tuple[Hit, ...]:
        return self.ask(replace(self._request(tier), offset=offset, limit=limit)).hits

    def _request(self, tier: int) -> SearchRequest:
        least, *higher = self.tiers[tier:]
        query = between(self.relaxed, least, higher[0]) if higher else at_least(self.relaxed, least)
        return SearchRequest(self._without_all_words(query), self.filters)

    def _without_all_words(self, query: Query) -> Query:
        return query if self.all_words is None else And((query, Not(self.all_words)))
