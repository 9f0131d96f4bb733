"""Facets from Tantivy's aggregations.

A terms aggregation is exact only if it returns all values, so all are counted and the requested ones chosen
from them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

import tantivy

from search.calendar import DayRange, bucket, parse_range
from search.engines.tantivy.fields import read_span
from search.errors import EngineError
from search.facets.dates import DateCounts, Division, containing_bucket, date_facet, divide
from search.facets.values import value_facet
from search.request import DateFacetRequest, FacetRequest
from search.results import DateFacet, Facet

ALL_VALUES = 60_000
"""The most values of a facet: Tantivy refuses to count more than 65,000 in one aggregation."""

_NONE = "\0"  # stands for documents without a value; no value of a document


def count_facets(
    searcher: tantivy.Searcher, query: tantivy.Query, requests: Sequence[FacetRequest | DateFacetRequest]
) -> list[Facet | DateFacet]:
    """The facets of these requests, over the documents that the query matches."""
    aggregations: dict[str, Any] = {}
    for facet in requests:
        is_date = isinstance(facet, DateFacetRequest)
        aggregations |= _date_aggregations("year") if is_date else {facet.field: _terms(facet.field)}
    found = searcher.aggregate(query, aggregations) if aggregations else {}
    return [
        _dates(searcher, query, facet, found)
        if isinstance(facet, DateFacetRequest)
        else _values(facet, found[facet.field])
        for facet in requests
    ]


def _values(request: FacetRequest, found: Mapping[str, Any]) -> Facet:
    buckets = _buckets(found)
    missing = next((item["doc_count"] for item in buckets if item["key"] == _NONE), 0)
    if request.order == "count" and not (request.pinned or request.prefixes):
        return _most_frequent(request, buckets, missing)
    counts = {item["key"]: item["doc_count"] for item in buckets if item["key"] != _NONE}
    return value_facet(request, counts, missing)


def _most_frequent(request: FacetRequest, buckets: Sequence[Mapping[str, Any]], missing: int) -> Facet:
    """As `value_facet`, from buckets ordered by count: those below the last listed one are skipped."""
    end = request.offset + request.limit + bool(missing)
    least = buckets[end - 1]["doc_count"] if end <= len(buckets) else 0
    counts = {
        item["key"]: item["doc_count"]
        for item in takewhile(lambda item: item["doc_count"] >= least, buckets)
        if item["key"] != _NONE
    }
    distinct = len(buckets) - bool(missing)
    return replace(value_facet(request, counts, missing), distinct=distinct, total=distinct)


def _dates(
    searcher: tantivy.Searcher, query: tantivy.Query, request: DateFacetRequest, found: Mapping[str, Any]
) -> DateFacet:
    """The date facet, from the documents' years, or from their months or days where buckets are finer."""
    first, last = found["first"]["value"], found["last"]["value"]
    division = divide(request, None if first is None else DayRange(int(first), int(last)))
    if division.detail in {"month", "day"}:
        found = searcher.aggregate(query, _date_aggregations(division.detail))
    return date_facet(request, _date_counts(found, division), division)


def _date_counts(found: Mapping[str, Any], division: Division) -> DateCounts:
    level = "year" if division.detail == "decade" else division.detail
    ranges: dict[DayRange, int] = {}
    for first_day, number in _counts(found["bucket"]).items():
        whole = parse_range(bucket(int(first_day), level))
        if whole:
            ranges[whole] = number
    for text, number in _counts(found["span"]).items():
        span = read_span(text)
        if not containing_bucket(span, level):  # else it is in its bucket's count
            ranges[span] = ranges.get(span, 0) + number
    undated = int(found["documents"]["value"]) - int(found["dated"]["value"])
    return DateCounts(ranges, undated)


def _date_aggregations(level: str) -> dict[str, Any]:
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
