"""Facets by aggregation: every value's count over all segments, so that none is an estimate.

Terms aggregations are exact only if they return all values; the values asked for are chosen from them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

import tantivy

from search.calendar import DayRange, bucket, parse_range
from search.engines.tantivy.fields import read_span
from search.errors import EngineError
from search.facets.dates import Dates, Division, date_facet, divide, wholly_in
from search.facets.values import value_facet
from search.request import DATE, FacetRequest
from search.results import Facet

ALL_VALUES = 60_000
"""Values of a facet that Tantivy counts in one aggregation: it refuses more than 65,000."""

_NONE = "\0"  # no value of a document: stands for its having none

Counts = Mapping[Any, int]


def count_facets(
    searcher: tantivy.Searcher, query: tantivy.Query, wanted: Sequence[FacetRequest]
) -> list[Facet]:
    """The facets asked for, over the documents that the query matches."""
    asked: dict[str, Any] = {}
    for facet in wanted:
        asked |= _parts_of_dates("year") if facet.field == DATE else {facet.field: _terms(facet.field)}
    found = searcher.aggregate(query, asked) if asked else {}
    return [
        _dates(searcher, query, facet, found) if facet.field == DATE else _values(facet, found[facet.field])
        for facet in wanted
    ]


def _values(wanted: FacetRequest, found: Mapping[str, Any]) -> Facet:
    buckets = _buckets(found)
    missing = next((item["doc_count"] for item in buckets if item["key"] == _NONE), 0)
    if wanted.order == "count" and not (wanted.keep or wanted.parts):
        return _most_frequent(wanted, buckets, missing)
    counts = {item["key"]: item["doc_count"] for item in buckets if item["key"] != _NONE}
    return value_facet(wanted, counts, missing)


def _most_frequent(wanted: FacetRequest, buckets: Sequence[Mapping[str, Any]], missing: int) -> Facet:
    """As `value_facet`, of buckets that come by count: those below the last one listed are not looked at."""
    end = wanted.offset + wanted.limit + bool(missing)
    least = buckets[end - 1]["doc_count"] if end <= len(buckets) else 0
    counts = {
        item["key"]: item["doc_count"]
        for item in takewhile(lambda item: item["doc_count"] >= least, buckets)
        if item["key"] != _NONE
    }
    distinct = len(buckets) - bool(missing)
    return replace(value_facet(wanted, counts, missing), distinct=distinct, total=distinct)


def _dates(
    searcher: tantivy.Searcher, query: tantivy.Query, wanted: FacetRequest, found: Mapping[str, Any]
) -> Facet:
    """The date facet from the years of documents, or their months or days where it is divided finer."""
    first, last = found["first"]["value"], found["last"]["value"]
    division = divide(wanted, None if first is None else DayRange(int(first), int(last)))
    if division.detail in {"month", "day"}:
        found = searcher.aggregate(query, _parts_of_dates(division.detail))
    return date_facet(wanted, _gathered(found, division), division)


def _gathered(found: Mapping[str, Any], division: Division) -> Dates:
    level = "year" if division.detail == "decade" else division.detail
    spans: dict[DayRange, int] = {}
    for first_day, number in _counts(found["bucket"]).items():
        whole = parse_range(bucket(int(first_day), level))
        if whole:
            spans[whole] = number
    for text, number in _counts(found["span"]).items():
        span = read_span(text)
        if not wholly_in(span, level):  # else it is in its bucket's count
            spans[span] = spans.get(span, 0) + number
    undated = int(found["documents"]["value"]) - int(found["dated"]["value"])
    return Dates(spans, undated)


def _parts_of_dates(level: str) -> dict[str, Any]:
    return {
        "first": {"min": {"field": "first_edge"}},
        "last": {"max": {"field": "last_edge"}},
        "dated": {"value_count": {"field": "earliest"}},
        "documents": {"value_count": {"field": "id"}},
        "bucket": {"terms": {"field": level, "size": ALL_VALUES}},
        "span": {"terms": {"field": "span", "size": ALL_VALUES}},
    }


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": ALL_VALUES, "missing": _NONE}}


def _counts(found: Mapping[str, Any]) -> dict[Any, int]:
    return {item["key"]: item["doc_count"] for item in _buckets(found)}


def _buckets(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    if found["sum_other_doc_count"] or found["doc_count_error_upper_bound"]:
        raise EngineError(
            f"A facet of this index has more than {ALL_VALUES:,} values, more than can be counted exactly."
        )
    buckets: Sequence[Mapping[str, Any]] = found["buckets"]
    return buckets
