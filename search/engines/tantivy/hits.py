"""Hits in order, with ties by id, which Tantivy leaves to chance; only documents on the page are read."""

from collections.abc import Callable, Sequence
from typing import Any

import tantivy
from tantivy import Occur, Order

from search.engines.tantivy.compiler import Compiled, Compiler
from search.engines.tantivy.titles import Address, ScoredAddress, TitleScores, address_key
from search.request import Sort

_ORDERS: dict[Sort, str] = {
    "date": "date_order",
    "-date": "date_descending",
    "title": "title_order",
    "-indexed": "indexed_order",
}
ROUNDING = 1 + 1e-6
"""Of Tantivy's scores, which have 24 bits."""

_BEYOND = 32  # hits looked at after the page: its last one may be tied with them
_MORE = 8  # times as many hits are looked at where these were too few
_FETCHED = 336  # hits fetched at least: they cost little, a second search as much as the first


def total_of(found: tantivy.SearchResult) -> int:
    """The number of all documents that a search matched."""
    return int(found.count)  # type: ignore[attr-defined] # missing in the library's stubs


def order_field(sort: Sort, compiler: Compiler) -> str:
    """The field of a sort order; of one that the index does not have, only the ids are known."""
    return _ORDERS[sort] if compiler.has(_ORDERS[sort]) else "id"


class Hits:
    """The hits of one query; `titles` scores them, `id_of` reads a document's id."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        query: Compiled,
        titles: TitleScores,
        compiler: Compiler,
        id_of: Callable[[Address], str],
    ) -> None:
        self._searcher, self._query, self._titles = searcher, query, titles
        self._compiler, self._id_of = compiler, id_of

    def count(self) -> int:
        """The number of all hits."""
        return total_of(self._searcher.search(self._query, limit=1, count=True))

    def page(self, sort: Sort, offset: int, limit: int) -> tuple[list[ScoredAddress], int]:
        """At most `limit` hits from `offset` on, and the number of all hits."""
        if not limit:
            return [], self.count()
        if sort != "relevance":
            return self._sorted_page(sort, offset, limit)
        hits, total = self._best(offset + limit)
        page = hits[offset : offset + limit]
        if not page:
            return [], total
        best, least = page[0][0], page[-1][0]
        begin = next(at for at, hit in enumerate(hits) if hit[0] == best)
        tied = [hit for hit in hits[begin:] if hit[0] >= least]
        tied.sort(key=lambda hit: (-hit[0], self._id_of(hit[1])))
        return tied[offset - begin : offset - begin + limit], total

    def _best(self, count: int) -> tuple[list[ScoredAddress], int]:
        """The first `count` hits and all that score as the last of them, best first; the number of all hits.

        Hits that were not looked at score at most what the last one that was could have scored.
        """
        wanted, total = count + _BEYOND, -1
        fetched: list[ScoredAddress] = []
        while True:
            if wanted > len(fetched) != total:
                found = self._searcher.search(self._titles.bound, limit=max(wanted, _FETCHED), count=True)
                total, fetched = total_of(found), found.hits
            some = fetched[:wanted]
            hits = sorted(self._titles.exact(some), key=lambda hit: -hit[0])
            if len(some) == total or hits[count - 1][0] > some[-1][0] * ROUNDING:
                return hits, total
            if some[-1][0] <= 0:
                return self._with_those_without_score(hits, count), total
            wanted = min(total, wanted * _MORE)

    def _with_those_without_score(self, hits: list[ScoredAddress], count: int) -> list[ScoredAddress]:
        """The hits that score, and as many others as `count` hits need, by their ids."""
        above = [hit for hit in hits if hit[0] > 0]
        known = {address_key(address) for _, address in above}
        rest = self._ordered("id", count + len(above))
        return above + [(0.0, address) for _, address in rest if address_key(address) not in known]

    def _sorted_page(self, sort: Sort, offset: int, limit: int) -> tuple[list[ScoredAddress], int]:
        found = self._searcher.search(
            self._query,
            limit,
            count=True,
            order_by_field=order_field(sort, self._compiler),
            offset=offset,
            order=Order.Asc,
        )
        addresses = [address for _, address in found.hits]
        if not addresses:
            return [], total_of(found)
        these = self._only(addresses)
        both = tantivy.Query.boolean_query([(Occur.Must, self._titles.bound), (Occur.Must, these)])
        scored = self._titles.exact(self._searcher.search(both, limit).hits)
        scores = {address_key(address): score for score, address in scored}
        return [(scores[address_key(address)], address) for address in addresses], total_of(found)

    def _only(self, addresses: Sequence[Address]) -> Compiled:
        """The documents of these addresses, by their keys; in an index of an early format, by their ids."""
        if self._compiler.has("key"):
            return self._titles.only(addresses)
        return self._compiler.with_ids([self._id_of(address) for address in addresses])

    def _ordered(self, field: str, limit: int) -> list[tuple[Any, Address]]:
        found = self._searcher.search(self._query, limit, order_by_field=field, order=Order.Asc)
        return list(found.hits)
