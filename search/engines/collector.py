"""From all that matched to the page: filters, facet counts, order, paging. Shared by the embedded engines.

One pass over the matches: a document that passes every filter is a hit and counts in every facet;
one that fails the filters on a single field alone counts in that field's facet, whose counts ignore
its own selection.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from search.calendar import DayRange
from search.engines.dates import date_facet
from search.engines.values import value_facet
from search.request import DATE, DateFilter, FacetRequest, FieldFilter, SearchRequest, Sort
from search.results import Facet, Hit, IndexInfo, SearchResults

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The documents' values in order of document number.

    `values` holds, for each facet field, each document's values; `titles` their sort keys.
    """

    ids: Sequence[str]
    titles: Sequence[str]
    days: Sequence[DayRange | None]
    values: Mapping[str, Sequence[tuple[str, ...]]]


def collect(
    matches: Mapping[int, float], request: SearchRequest, columns: Columns, index: IndexInfo
) -> SearchResults:
    """The results for these matches (document number -> score) in one commit of an index."""
    passing, scopes = select(matches, request, columns)
    ranked = order(passing, matches, request.sort, columns)
    page = ranked[request.offset : request.offset + request.limit]
    return SearchResults(
        hits=tuple(Hit(columns.ids[doc], matches[doc]) for doc in page),
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


def order(docs: Sequence[int], scores: Mapping[int, float], sort: Sort, columns: Columns) -> list[int]:
    """The documents in the order asked for, ties by id; undated ones last in both orders of date."""
    ids, titles, days = columns.ids, columns.titles, columns.days

    def by_date(doc: int) -> Key:
        when = days[doc]
        return (when is None, when.earliest if when else 0, ids[doc])

    def by_date_descending(doc: int) -> Key:
        when = days[doc]
        return (when is None, -when.latest if when else 0, ids[doc])

    keys: dict[Sort, Callable[[int], Key]] = {
        "relevance": lambda doc: (-scores[doc], ids[doc]),
        "title": lambda doc: (titles[doc], ids[doc]),
        "date": by_date,
        "-date": by_date_descending,
    }
    return sorted(docs, key=keys[sort])


def _test(item: FieldFilter | DateFilter, columns: Columns) -> Callable[[int], bool]:
    if isinstance(item, DateFilter):
        return partial(_dated, item, columns.days)
    return partial(_valued, item, columns.values[item.field])


def _dated(item: DateFilter, days: Sequence[DayRange | None], doc: int) -> bool:
    return item.accepts(days[doc])


def _valued(item: FieldFilter, values: Sequence[tuple[str, ...]], doc: int) -> bool:
    return item.accepts(values[doc])


def _facet(wanted: FacetRequest, docs: Sequence[int], columns: Columns) -> Facet:
    if wanted.field == DATE:
        return date_facet(wanted, [columns.days[doc] for doc in docs])
    values = columns.values[wanted.field]
    counts: Counter[str] = Counter()
    missing = 0
    for doc in docs:
        if found := values[doc]:
            counts.update(found)
        else:
            missing += 1
    return value_facet(wanted, counts, missing)
