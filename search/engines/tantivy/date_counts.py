"""The date facet in Tantivy, from the years, months or days of documents and from dates of several."""

from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

import tantivy

from search.calendar import BEGINNING, END, DayRange, Interval, bucket, parse_range
from search.engines.tantivy.buckets import Found, buckets, by_value, counts, is_complete
from search.engines.tantivy.compiler import Compiled
from search.engines.tantivy.fields import read_span
from search.errors import EngineError
from search.facets.dates import DateCounts, Division, containing_bucket, date_facet, divide
from search.request import DateFacetRequest
from search.results import DateFacet

_KNOWN = 20_000  # spans
_EARLIEST = attrgetter("earliest")

Ranges = Mapping[DayRange, int]


class DateCounter:
    """Counts the date facets of one commit."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher

    def aggregations(self, among: int, documents: int | None) -> dict[str, Any]:
        """What to ask for a date facet over so many documents, if that is known."""
        asked = {"year": by_value("year", among), "span": by_value("span", among)}
        return asked if documents is not None else asked | {"documents": {"value_count": {"field": "id"}}}

    def facet(
        self, request: DateFacetRequest, query: Compiled, found: Found, documents: int | None
    ) -> DateFacet:
        """The facet, from what was found for its `aggregations`."""
        years = _whole(found["year"], "year")
        spans = {
            _read_span(text): number
            for text, number in counts(self._searcher, query, "span", found["span"]).items()
        }
        dated = sum(years.values()) + sum(_outside(spans, "year").values())
        division = self._division(request, query, years, spans)
        level = "year" if division.detail == "decade" else division.detail
        if level != "year":
            years = _whole(self._searcher.aggregate(query, {level: by_value(level)})[level], level)
        if documents is None:
            documents = int(found["documents"]["value"])
        ranges = years | _outside(spans, level)  # a span inside a bucket is in its count
        return date_facet(request, DateCounts(ranges, documents - dated), division)

    def _division(self, request: DateFacetRequest, query: Compiled, years: Ranges, spans: Ranges) -> Division:
        """The intervals of the facet, from the outermost known days.

        The years say within a year which days these are. If the widest and the narrowest time that they
        allow are divided alike, so are those between.
        """
        edges = [edge for days in spans for edge in (days.earliest, days.latest) if BEGINNING < edge < END]
        if not years and not edges:
            return divide(request, None)
        outermost = (min(years, key=_EARLIEST), max(years, key=_EARLIEST)) if years else ()
        first = min([*(year.earliest for year in outermost), *edges])
        last = max([*(year.latest for year in outermost), *edges])
        latest_first = min([*(year.latest for year in outermost), *edges])
        earliest_last = max([*(year.earliest for year in outermost), *edges])
        widest = divide(request, DayRange(first, last))
        is_certain = latest_first <= earliest_last
        if is_certain and widest == divide(request, DayRange(latest_first, earliest_last)):
            return widest
        asked = {"first": {"min": {"field": "first_edge"}}, "last": {"max": {"field": "last_edge"}}}
        found = self._searcher.aggregate(query, asked)
        return divide(request, DayRange(int(found["first"]["value"]), int(found["last"]["value"])))


def _whole(found: Found, level: Interval) -> dict[DayRange, int]:
    """The documents in each bucket of a level, by the days of the bucket."""
    if not is_complete(found):
        raise EngineError(f"The documents of a date facet have more {level}s than can be counted.")
    return {_bucket_of(int(item["key"]), level): item["doc_count"] for item in buckets(found)}


def _outside(spans: Ranges, level: Interval) -> dict[DayRange, int]:
    """The spans that are in no bucket of a level."""
    return {days: number for days, number in spans.items() if not containing_bucket(days, level)}


@lru_cache(maxsize=_KNOWN)
def _bucket_of(day: int, level: Interval) -> DayRange:
    days = parse_range(bucket(day, level))
    assert days is not None  # noqa: S101 - it is the name of a bucket
    return days


_read_span = lru_cache(maxsize=_KNOWN)(read_span)
