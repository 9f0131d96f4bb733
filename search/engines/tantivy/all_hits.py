"""All hits of a query in order, a batch at a time, so that memory does not grow with their number.

A batch in the order of a field begins behind the last one by the field's values: Tantivy looks up the text of
all values that it passes over, which takes much longer than the order itself. By score it may pass over hits.
"""

import re
from collections.abc import Callable, Iterator
from itertools import groupby

import tantivy
from tantivy import Occur, Order

from search.engines.tantivy.compiler import Compiled
from search.engines.tantivy.hits import ROUNDING
from search.engines.tantivy.titles import Address, ScoredAddress, TitleScores, address_key

BATCH = 10_000
"""Hits that are held at once, and all that score the same or whose titles hold a word of the query."""

_PLAIN = re.compile(r"[\w.~][\w.~-]*")  # what the syntax of queries takes for one word


class AllHits:
    """All hits of one query of an index; `titles` scores them, `id_of` reads a document's id."""

    def __init__(
        self,
        index: tantivy.Index,
        searcher: tantivy.Searcher,
        query: Compiled,
        titles: TitleScores,
        id_of: Callable[[Address], str],
    ) -> None:
        self._index, self._searcher, self._query = index, searcher, query
        self._titles, self._id_of = titles, id_of

    def by_field(self, field: str) -> Iterator[Address]:
        """Their addresses in the order of a field, of which no two documents have the same value.

        Where the values of more than a batch begin alike, as titles do, a batch is as large as all before it.
        """
        begin, passed = "", 0  # hits from the value `begin` on that were given already
        while True:
            size = max(BATCH, passed)
            found = self._searcher.search(
                self._from(field, begin), size, order_by_field=field, order=Order.Asc, offset=passed
            ).hits
            yield from (address for _, address in found)
            if len(found) < size:
                return
            further = _begin_of(str(found[-1][0]))
            if further > begin:
                begin, passed = further, sum(value >= further for value, _ in found)
            else:
                passed += len(found)

    def by_score(self) -> Iterator[Address]:
        """Their addresses by score, ties by id. Where many are tied, a batch is as large as they are."""
        waiting: list[ScoredAddress] = []  # those that may score less than one that is yet to come
        given: set[tuple[int, int]] = set()
        offset, most = 0, 1.0  # what those to come score at most
        while most > 0:
            size = max(BATCH, len(waiting))
            found = self._searcher.search(self._titles.bound, size, offset=offset).hits
            offset += len(found)
            most = found[-1][0] * ROUNDING if len(found) == size else 0.0
            waiting += self._titles.exact(found)
            waiting.sort(key=lambda hit: -hit[0])
            ready = sum(score > most for score, _ in waiting)
            for address in self._ties_by_id(waiting[:ready]):
                yield address
                given.add(address_key(address))
            waiting = waiting[ready:]
        if waiting:  # these score nothing, nor do those to come
            for address in self.by_field("id"):
                if address_key(address) not in given:
                    yield address

    def _from(self, field: str, begin: str) -> Compiled:
        """The query for hits whose value of a field is `begin` or comes after it."""
        if not begin:
            return self._query
        after = tantivy.Query.const_score_query(self._index.parse_query(f"{field}:>={begin}"), 0.0)
        return tantivy.Query.boolean_query([(Occur.Must, self._query), (Occur.Must, after)])

    def _ties_by_id(self, hits: list[ScoredAddress]) -> Iterator[Address]:
        for _, tied in groupby(hits, key=lambda hit: hit[0]):
            addresses = [address for _, address in tied]
            yield from addresses if len(addresses) == 1 else sorted(addresses, key=self._id_of)


def _begin_of(value: str) -> str:
    """The longest beginning of a value that can be written in a query: the whole of an id or a date's key."""
    found = _PLAIN.match(value)
    return found[0] if found else ""
