"""Facets from Tantivy's aggregations: all that have the same scope in one call, and few values of many.

Tantivy makes a Python object of every value that it returns, and returns no more than 65,000 in one call.
"""

from collections.abc import Sequence
from typing import Any

import tantivy

from search.engines.tantivy.compiler import Compiled, Compiler
from search.engines.tantivy.date_counts import DateCounter
from search.engines.tantivy.value_counts import ValueCounter
from search.request import DateFacetRequest, FacetRequest
from search.results import DateFacet, Facet


class FacetCounter:
    """Counts the facets of one commit."""

    def __init__(self, searcher: tantivy.Searcher, compiler: Compiler) -> None:
        self._searcher = searcher
        self._dates = DateCounter(searcher)
        self._values = ValueCounter(searcher, compiler)

    def count(
        self, query: Compiled, requests: Sequence[FacetRequest | DateFacetRequest], documents: int | None
    ) -> list[Facet | DateFacet]:
        """The facets of these requests over so many documents of a query (None: not known)."""
        among = len(requests) + 1  # the date facet has two aggregations
        aggregations: dict[str, Any] = {}
        for facet in requests:
            if isinstance(facet, DateFacetRequest):
                aggregations |= self._dates.aggregations(among, documents)
            else:
                aggregations |= self._values.aggregations(facet, among, documents)
        found = self._searcher.aggregate(query, aggregations)
        return [
            self._dates.facet(facet, query, found, documents)
            if isinstance(facet, DateFacetRequest)
            else self._values.facet(facet, query, found)
            for facet in requests
        ]
