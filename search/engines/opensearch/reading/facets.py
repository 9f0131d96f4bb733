"""The facets of a request, counted by its one search in aggregations, unless these have too many values.

A filter that a facet ignores is a `post_filter` of the hits, and a `filter` of every other facet. Without
any, all facets count what the search matches.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from search.calendar import DayRange, Interval
from search.engines.opensearch.documents import read_span
from search.engines.opensearch.mapping import SPANS
from search.engines.opensearch.reading.clauses import Clause, filtering
from search.engines.opensearch.reading.compiler import filters
from search.engines.opensearch.reading.hits import total_of
from search.engines.opensearch.reading.value_counts import (
    MOST_VALUES,
    Body,
    Counts,
    Found,
    TooManyValues,
    ValueCounter,
    by_value,
    counts_of,
)
from search.facets.dates import DateCounts, Division, date_facet, divide
from search.facets.values import value_facet
from search.request import DateFacetRequest, FacetRequest, SearchRequest
from search.results import DateFacet, Facet

_KNOWN = 20_000  # dates

AnyFacetRequest = FacetRequest | DateFacetRequest


class FacetSearch:
    """The part of one search that counts facets.

    `query` only says which documents match, without filters: what is counted by itself asks for it.
    """

    def __init__(self, request: SearchRequest, query: Clause, counter: ValueCounter) -> None:
        self._request, self._query, self._counter = request, query, counter
        counted = {facet.field for facet in request.facets}
        self.common = [item for item in request.filters if item.field not in counted]
        """The filters that no facet ignores."""
        self._own = [item for item in request.filters if item.field in counted]
        self._together = list(self._few(request.facets))

    def _few(self, facets: Iterable[AnyFacetRequest]) -> Iterable[AnyFacetRequest]:
        """The facets that do not have too many values together, as far as is known."""
        room = MOST_VALUES
        for facet in facets:
            values = self._counter.values(_column(facet))
            if values < room:
                room -= values
                yield facet

    @property
    def body(self) -> Body:
        """What the body of the search has for its facets."""
        body: Body = {"post_filter": filtering(filters(self._own))} if self._own else {}
        counted: Body = {}
        for facet in self._together:
            counted |= self._scoped(facet) if self._own else _aggregations(facet)
        return body | ({"aggs": counted} if counted else {})

    @property
    def alone(self) -> Body:
        """The same for a search that counts no facet: each of them is counted by itself."""
        self._together = []
        return self.body

    def facets(self, found: Found) -> tuple[Facet | DateFacet, ...]:
        """The facets, from what was found."""
        return tuple(self._facet(facet, found) for facet in self._request.facets)

    def _scoped(self, facet: AnyFacetRequest) -> Body:
        """The aggregations of a facet under its name, over the documents that pass the other filters."""
        return {facet.field: {"filter": filtering(self._others(facet)), "aggs": _aggregations(facet)}}

    def _others(self, facet: AnyFacetRequest) -> list[Clause]:
        return filters(item for item in self._own if item.field != facet.field)

    def _facet(self, facet: AnyFacetRequest, found: Found) -> Facet | DateFacet:
        if facet in self._together:
            aggregated = found["aggregations"]
            if self._own:
                aggregated = aggregated[facet.field]
            documents = aggregated["doc_count"] if self._own else total_of(found)
            try:
                return self._counted(facet, aggregated, documents)
            except TooManyValues:
                self._counter.note(_column(facet), MOST_VALUES)
        return self._by_itself(facet)

    def _counted(self, facet: AnyFacetRequest, found: Found, documents: int) -> Facet | DateFacet:
        """A facet of so many documents, from its aggregations."""
        column = _column(facet)
        counts = counts_of(found[column])
        self._counter.note(column, len(counts))
        if isinstance(facet, FacetRequest):
            return value_facet(facet, counts, found[_missing(facet)]["doc_count"])
        division = _division(facet, found)
        if _level(division) != _level(divide(facet, None)):
            counts = self._counter.counts(self._scope(facet), SPANS[_level(division)])
        return date_facet(facet, _date_counts(counts, documents), division)

    def _by_itself(self, facet: AnyFacetRequest) -> Facet | DateFacet:
        """A facet of which the values come in searches of their own, and everything else in one."""
        query = self._scope(facet)
        rest = {name: asked for name, asked in _aggregations(facet).items() if name != _column(facet)}
        body = {"size": 0, "query": query, "track_total_hits": True, "aggs": rest}
        found = self._counter.ask(body)
        aggregated = found["aggregations"]
        if isinstance(facet, FacetRequest):
            counts = self._counter.counts(query, facet.field)
            return value_facet(facet, counts, aggregated[_missing(facet)]["doc_count"])
        division = _division(facet, aggregated)
        counts = self._counter.counts(query, SPANS[_level(division)])
        return date_facet(facet, _date_counts(counts, total_of(found)), division)

    def _scope(self, facet: AnyFacetRequest) -> Clause:
        """The query for the documents that a facet counts."""
        return filtering([self._query, *filters(self.common), *self._others(facet)])


def _column(facet: AnyFacetRequest) -> str:
    """The field that is counted for a facet; of dates, the most likely one."""
    return facet.field if isinstance(facet, FacetRequest) else SPANS[_level(divide(facet, None))]


def _aggregations(facet: AnyFacetRequest) -> Body:
    counted: Body = {_column(facet): by_value(_column(facet))}
    if isinstance(facet, FacetRequest):
        return counted | {_missing(facet): {"missing": {"field": facet.field}}}
    edges = {"min": "first_edge", "max": "last_edge"}
    return counted | {field: {outermost: {"field": field}} for outermost, field in edges.items()}


def _missing(facet: FacetRequest) -> str:
    """The name of the number of documents without a value."""
    return f"{facet.field} missing"


def _division(facet: DateFacetRequest, found: Mapping[str, Found]) -> Division:
    """The intervals of the date facet, from the outermost known days."""
    first, last = found["first_edge"]["value"], found["last_edge"]["value"]
    return divide(facet, None if first is None else DayRange(int(first), int(last)))


def _level(division: Division) -> Interval:
    """The interval by which dates are counted: decades by years."""
    return "year" if division.detail == "decade" else division.detail


def _date_counts(counts: Counts, documents: int) -> DateCounts:
    """The dates of so many documents, each of which has one or none."""
    ranges = {_read_span(text): number for text, number in counts.items()}
    return DateCounts(ranges, documents - sum(counts.values()))


_read_span = lru_cache(maxsize=_KNOWN)(read_span)
