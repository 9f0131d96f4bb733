"""From all matches to a page of results: filters, facet counts, order. Shared by memory and Whoosh.

One pass over the matches: a document that passes every filter is a hit and counts in every facet;
one that fails the filters on a single field alone counts in that field's facet, whose counts ignore
its own selection.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from search.calendar import DayRange
from search.engines.top_hits import ordinals, top_hits
from search.facets.date_column import DateColumn
from search.facets.values import value_facet
from search.request import DateFacetRequest, DateFilter, FacetRequest, FieldFilter, SearchRequest, Sort
from search.results import DateFacet, Facet, Hit, IndexInfo, SearchResults


@dataclass(frozen=True)
class Columns:
    """The documents' values by document number.

    `titles` holds sort keys, `indexed` the documents' own; `values` maps each facet field to the values of
    each document.
    """

    ids: Sequence[str]
    titles: Sequence[str]
    days: Sequence[DayRange | None]
    indexed: Sequence[int]
    values: Mapping[str, Sequence[tuple[str, ...]]]

    @cached_property
    def dates(self) -> DateColumn:
        """The days, from which the date facet is counted."""
        return DateColumn(self.days)

    def ordinals(self, sort: Sort) -> Sequence[int]:
        """Each document's position in a sort order of all documents; computed once."""
        match sort:
            case "date":
                return self._by_date
            case "-date":
                return self._by_date_descending
            case "-indexed":
                return self._by_time
            case _:
                return self._by_title

    @cached_property
    def _by_date(self) -> Sequence[int]:
        return ordinals("date", self)

    @cached_property
    def _by_date_descending(self) -> Sequence[int]:
        return ordinals("-date", self)

    @cached_property
    def _by_time(self) -> Sequence[int]:
        return ordinals("-indexed", self)

    @cached_property
    def _by_title(self) -> Sequence[int]:
        return ordinals("title", self)


def collect(
    matches: Mapping[int, float],
    request: SearchRequest,
    columns: Columns,
    index: IndexInfo,
) -> SearchResults:
    """The results for these matches (document number -> score) in one commit of an index."""
    passing, scopes = _select(matches, request, columns)
    count = request.offset + request.limit if request.limit else 0
    ranked = top_hits(passing, matches, request.sort, columns, count)
    return SearchResults(
        hits=tuple(Hit(columns.ids[doc], score) for doc, score in ranked[request.offset :]),
        total=len(passing),
        facets=tuple(_facet(facet, scopes[facet.field], columns) for facet in request.facets),
        index=index,
    )


def collect_all(
    matches: Mapping[int, float],
    request: SearchRequest,
    columns: Columns,
) -> list[int]:
    """The numbers of all matches that pass the filters, in the request's order."""
    passing, _ = _select(matches, replace(request, facets=()), columns)
    return [doc for doc, _ in top_hits(passing, matches, request.sort, columns, len(passing))]


def _select(
    matches: Iterable[int], request: SearchRequest, columns: Columns
) -> tuple[list[int], dict[str, list[int]]]:
    """The documents that pass all filters, and for each facet field the documents that it counts."""
    fields = {facet.field for facet in request.facets}
    filters = [(item.field, _test(item, columns)) for item in request.filters]
    if not filters:
        passing = list(matches)
        return passing, dict.fromkeys(fields, passing)
    passing = []
    scopes: dict[str, list[int]] = {field: [] for field in fields}
    for doc in matches:
        failed = {field for field, test in filters if not test(doc)}
        if not failed:
            passing.append(doc)
        elif len(failed) == 1 and (field := failed.pop()) in scopes:
            scopes[field].append(doc)
    return passing, {field: passing + scopes[field] for field in fields}


def _test(item: FieldFilter | DateFilter, columns: Columns) -> Callable[[int], bool]:
    if isinstance(item, DateFilter):
        return partial(_accepts_date, item, columns.days)
    return partial(_accepts_values, item, columns.values[item.field])


def _accepts_date(item: DateFilter, days: Sequence[DayRange | None], doc: int) -> bool:
    return item.accepts(days[doc])


def _accepts_values(item: FieldFilter, values: Sequence[tuple[str, ...]], doc: int) -> bool:
    return item.accepts(values[doc])


def _facet(
    request: FacetRequest | DateFacetRequest, docs: Sequence[int], columns: Columns
) -> Facet | DateFacet:
    if isinstance(request, DateFacetRequest):
        return columns.dates.facet(request, docs)
    values = columns.values[request.field]
    counts: Counter[str] = Counter()
    missing = 0
    for doc in docs:
        if found := values[doc]:
            counts.update(found)
        else:
            missing += 1
    return value_facet(request, counts, missing)
