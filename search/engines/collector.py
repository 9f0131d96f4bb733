"""From all that matched to the page: filters, facet counts, order, paging. Shared by the embedded engines.

One pass over the matches: a document that passes every filter is a hit and counts in every facet;
one that fails the filters on a single field alone counts in that field's facet, whose counts ignore
its own selection.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from search.calendar import DayRange
from search.engines.top_hits import NO_PROXIMITY_BONUS, ProximityBonus, ordered, places
from search.facets.date_column import DateColumn
from search.facets.values import value_facet
from search.request import DateFacetRequest, DateFilter, FacetRequest, FieldFilter, SearchRequest, Sort
from search.results import DateFacet, Facet, Hit, IndexInfo, SearchResults


@dataclass(frozen=True)
class Columns:
    """The documents' values in order of document number.

    `values` holds, for each facet field, each document's values; `titles` their sort keys.
    """

    ids: Sequence[str]
    titles: Sequence[str]
    days: Sequence[DayRange | None]
    values: Mapping[str, Sequence[tuple[str, ...]]]
    _places: dict[Sort, Sequence[int]] = field(default_factory=dict, repr=False)

    @cached_property
    def dates(self) -> DateColumn:
        """The days, ready to be counted."""
        return DateColumn(self.days)

    def places(self, sort: Sort) -> Sequence[int]:
        """The place of each document in an order of all of them; worked out once."""
        if sort not in self._places:
            self._places[sort] = places(sort, self)
        return self._places[sort]


def collect(
    matches: Mapping[int, float],
    request: SearchRequest,
    columns: Columns,
    index: IndexInfo,
    proximity: ProximityBonus = NO_PROXIMITY_BONUS,
) -> SearchResults:
    """The results for these matches (document number -> score) in one commit of an index."""
    passing, scopes = select(matches, request, columns)
    wanted = request.offset + request.limit if request.limit else 0
    ranked = ordered(passing, matches, request.sort, columns, proximity, wanted)
    return SearchResults(
        hits=tuple(Hit(columns.ids[doc], score) for doc, score in ranked[request.offset :]),
        total=len(passing),
        facets=tuple(_facet(wanted, scopes[wanted.field], columns) for wanted in request.facets),
        index=index,
    )


def select(
    matches: Iterable[int], request: SearchRequest, columns: Columns
) -> tuple[list[int], dict[str, list[int]]]:
    """The documents that pass all filters, and for each facet asked those that it counts."""
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
        return partial(_dated, item, columns.days)
    return partial(_valued, item, columns.values[item.field])


def _dated(item: DateFilter, days: Sequence[DayRange | None], doc: int) -> bool:
    return item.accepts(days[doc])


def _valued(item: FieldFilter, values: Sequence[tuple[str, ...]], doc: int) -> bool:
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
