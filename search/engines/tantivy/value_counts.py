"""The facet of a field's values in Tantivy, counted by their numbers where their names are known already.

To return a value, Tantivy reads its text from the dictionary of each segment: of thousands that are counted,
ten are shown. Numbers take a third of the time. Of the values in one document each, it is enough to know how
many there are, unless the page shows some of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from operator import itemgetter
from typing import Any

import tantivy
from tantivy import Occur

from search.engines.tantivy.buckets import Bucket, Found, buckets, by_value, counts, is_complete
from search.engines.tantivy.compiler import Compiled, Compiler
from search.engines.tantivy.fields import NO_VALUE, facet_value, number_of, numbers_field
from search.engines.tantivy.hits import total_of
from search.facets.values import value_facet
from search.request import FacetRequest
from search.results import Facet

_NONE = "\0"  # stands for documents without a value; no value of a document
FEW = 2_000
"""Documents of whose values even those in one document are returned."""
_KNOWN_NAMES = 50_000
_DOCUMENTS = itemgetter("doc_count")


class ValueCounter:
    """Counts the facets of values of one commit. An index of an earlier format has no numbers of values."""

    def __init__(self, searcher: tantivy.Searcher, compiler: Compiler) -> None:
        self._searcher, self._compiler = searcher, compiler
        self._names: dict[int, str] = {}

    def aggregations(self, request: FacetRequest, among: int, documents: int | None) -> dict[str, Any]:
        """What to ask for a facet over so many documents, if that is known."""
        if not self._can_count_numbers(request):
            return {request.field: by_value(request.field, among, missing=_NONE)}
        column, least = numbers_field(request.field), 1 if documents is not None and documents <= FEW else 2
        return {
            request.field: by_value(column, among, min_doc_count=least),
            column: {"stats": {"field": column}},
        }

    def facet(self, request: FacetRequest, query: Compiled, found: Found) -> Facet:
        """The facet, from what was found for its `aggregations`."""
        if self._can_count_numbers(request):
            if (facet := self._by_number(request, query, found)) is not None:
                return facet
            found = self._searcher.aggregate(query, {request.field: by_value(request.field, missing=_NONE)})
        return self._by_value(request, query, found[request.field])

    def _can_count_numbers(self, request: FacetRequest) -> bool:
        return _is_by_count(request) and self._compiler.has(numbers_field(request.field))

    def _by_number(self, request: FacetRequest, query: Compiled, found: Found) -> Facet | None:
        """The facet; None if it shows values that are in one document, or whose names are not known."""
        counted, every = found[request.field], found[numbers_field(request.field)]
        if not is_complete(counted):
            return None
        listed = buckets(counted)
        in_listed = sum(map(_DOCUMENTS, listed))
        missing = int(every["min"] == NO_VALUE)
        if missing and (without := [item for item in listed if item["key"] == NO_VALUE]):
            [missing] = map(_DOCUMENTS, without)
            listed = [item for item in listed if item["key"] != NO_VALUE]
            in_listed -= missing
        others = int(every["count"]) - missing - in_listed
        if others and len(listed) < _end(request):
            return None
        shown = {item["key"]: item["doc_count"] for item in _first(listed, _end(request))}
        if not shown.keys() <= self._names.keys():
            return None
        named = {self._names[key]: number for key, number in shown.items()}
        return _of_all(request, named | self._pinned(request, query, listed), missing, len(listed) + others)

    def _pinned(self, request: FacetRequest, query: Compiled, listed: Sequence[Bucket]) -> dict[str, int]:
        """The pinned values that documents have, with their number."""
        if not request.pinned:
            return {}
        numbers = {item["key"]: item["doc_count"] for item in listed}
        found = {
            value: numbers.get(number_of(facet_value(value))) or self._count(query, request.field, value)
            for value in request.pinned
        }
        return {value: number for value, number in found.items() if number}

    def _by_value(self, request: FacetRequest, query: Compiled, found: Found) -> Facet:
        if not is_complete(found):
            every = counts(self._searcher, query, request.field, found)
            return value_facet(request, every, self._missing(query, request.field))
        if self._can_count_numbers(request) and len(self._names) < _KNOWN_NAMES:
            self._names |= {number_of(item["key"]): item["key"] for item in buckets(found)}
        missing = next((item["doc_count"] for item in buckets(found) if item["key"] == _NONE), 0)
        listed = [item for item in buckets(found) if item["key"] != _NONE]
        every = {item["key"]: item["doc_count"] for item in listed}
        if not _is_by_count(request):
            return value_facet(request, every, missing)
        shown = {item["key"]: item["doc_count"] for item in _first(listed, _end(request))}
        shown |= {value: every[value] for value in request.pinned if value in every}
        return _of_all(request, shown, missing, len(listed))

    def _missing(self, query: Compiled, field: str) -> int:
        """The number of documents without a value."""
        return self._number(query, self._compiler.lacking(field))

    def _count(self, query: Compiled, field: str, value: str) -> int:
        """The number of documents with a value."""
        return self._number(query, self._compiler.term(field, facet_value(value)))

    def _number(self, query: Compiled, other: Compiled) -> int:
        both = tantivy.Query.boolean_query([(Occur.Must, query), (Occur.Must, other)])
        return total_of(self._searcher.search(both, limit=1, count=True))


def _is_by_count(request: FacetRequest) -> bool:
    """Whether the most frequent values are asked for, not those of some name."""
    return request.order == "count" and not request.prefixes


def _end(request: FacetRequest) -> int:
    """How many of the most frequent values decide what is listed: pinned ones may be among them."""
    return request.offset + request.limit + len(request.pinned)


def _first(listed: Sequence[Bucket], end: int) -> list[Bucket]:
    """The first `end` values by count, and all that are in as many documents as the last of them."""
    least = listed[end - 1]["doc_count"] if 0 < end <= len(listed) else 0
    return list(takewhile(lambda item: item["doc_count"] >= least, listed))


def _of_all(request: FacetRequest, counts: Mapping[str, int], missing: int, distinct: int) -> Facet:
    """The facet of so many values, from the counts of all that may be listed."""
    facet = value_facet(request, counts, missing)
    without = sum(value not in counts for value in dict.fromkeys(request.pinned))
    return replace(facet, distinct=distinct, total=distinct + without)
