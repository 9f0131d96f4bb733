"""Hits in order, with ties by id, which Tantivy leaves to chance; only documents on the page are read."""

from collections.abc import Callable, Iterator
from typing import Any

import tantivy
from tantivy import Occur, Order

from search.engines.tantivy.compiler import Compiled, Compiler
from search.request import Sort

Address = Any  # tantivy.DocAddress
ScoredAddress = tuple[float, Address]  # score and address, as Tantivy returns them

_ORDERS: dict[Sort, str] = {"date": "date_order", "-date": "date_descending", "title": "title_order"}
_BEYOND = 32  # hits fetched after the page: its last one may be tied with them


def address_key(address: Address) -> tuple[int, int]:
    """A document's address as a hashable key: segment ordinal, number in the segment."""
    return address.segment_ord, address.doc


def total_of(found: tantivy.SearchResult) -> int:
    """The number of all documents that a search matched."""
    return int(found.count)  # type: ignore[attr-defined] # missing in the library's stubs


class Hits:
    """The hits of one query; `id_of` reads a document's id."""

    def __init__(
        self, searcher: tantivy.Searcher, query: Compiled, compiler: Compiler, id_of: Callable[[Address], str]
    ) -> None:
        self._searcher, self._query, self._compiler, self._id_of = searcher, query, compiler, id_of

    def count(self) -> int:
        """The number of all hits."""
        return total_of(self._searcher.search(self._query, limit=1, count=True))

    def page(self, sort: Sort, offset: int, limit: int) -> tuple[list[ScoredAddress], int]:
        """At most `limit` hits from `offset` on, and the number of all hits."""
        if not limit:
            return [], self.count()
        if sort != "relevance":
            return self._sorted_page(sort, offset, limit)
        end = offset + limit
        found = self._searcher.search(self._query, limit=end + _BEYOND, count=True)
        hits, total = found.hits, total_of(found)
        page = hits[offset:end]
        if not page:
            return [], total
        best, least = page[0][0], page[-1][0]
        if len(hits) < total and hits[-1][0] == least:
            hits = self._with_ties(hits, least, end, total)
        begin = next(at for at, hit in enumerate(hits) if hit[0] == best)
        tied = [hit for hit in hits[begin:] if hit[0] >= least]
        tied.sort(key=lambda hit: (-hit[0], self._id_of(hit[1])))
        return tied[offset - begin : end - begin], total

    def all(self, sort: Sort) -> Iterator[Address]:
        """The addresses of all hits in a sort order."""
        total = self.count()
        if not total:
            return
        if sort != "relevance":
            yield from (address for _, address in self._ordered(_ORDERS[sort], total))
            return
        scores = {
            address_key(address): score for score, address in self._searcher.search(self._query, total).hits
        }
        by_id = [address for _, address in self._ordered("id", total)]
        yield from sorted(by_id, key=lambda address: -scores[address_key(address)])  # stable: ties stay by id

    def _with_ties(
        self, hits: list[ScoredAddress], least: float, end: int, total: int
    ) -> list[ScoredAddress]:
        """The hits with the score `least` of the page's last one included, as far as the page needs them."""
        if least > 0:
            return list(self._searcher.search(self._query, limit=total).hits)
        above = [hit for hit in hits if hit[0] > least]
        known = {address_key(address) for _, address in above}
        rest = self._ordered("id", end + len(above))
        return above + [(least, address) for _, address in rest if address_key(address) not in known]

    def _sorted_page(self, sort: Sort, offset: int, limit: int) -> tuple[list[ScoredAddress], int]:
        found = self._searcher.search(
            self._query, limit, count=True, order_by_field=_ORDERS[sort], offset=offset, order=Order.Asc
        )
        addresses = [address for _, address in found.hits]
        if not addresses:
            return [], total_of(found)
        these = self._compiler.with_ids([self._id_of(address) for address in addresses])
        both = tantivy.Query.boolean_query([(Occur.Must, self._query), (Occur.Must, these)])
        scores = {address_key(address): score for score, address in self._searcher.search(both, limit).hits}
        return [(scores[address_key(address)], address) for address in addresses], total_of(found)

    def _ordered(self, field: str, limit: int) -> list[tuple[Any, Address]]:
        found = self._searcher.search(self._query, limit, order_by_field=field, order=Order.Asc)
        return list(found.hits)
