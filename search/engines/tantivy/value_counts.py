"""The facet of a field's values in Tantivy, counted by their numbers where their names are known already.

To return a value, Tantivy reads its text from the dictionary of each segment: of thousands that are counted,
ten are shown. Numbers take a third of the time. Of the values in one document each, it is enough to know how
many there are, unless the page shows some of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

import tantivy
from tantivy import Occur

from search.engines.tantivy.buckets import Bucket, Found, buckets, by_value, counts, is_complete
from search.engines.tantivy.compiler import Compiled, Compiler
from search.engines.tantivy.fields import NO_VALUE, number_of, numbers_field
from search.facets.values import value_facet
from search.request import FacetRequest
from search.results import Facet

_NONE = "\0"  # stands for documents without a value; no value of a document
FEW = 2_000
"""Documents of whose values even those in one document are returned."""
_KNOWN_NAMES = 50_000


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
            if (facet := self._by_number(request, found)) is not None:
                return facet
            found = self._searcher.aggregate(query, {request.field: by_value(request.field, missing=_NONE)})
        return self._by_value(request, query, found[request.field])

    def _can_count_numbers(self, request: FacetRequest) -> bool:
        """Whether only the most frequent values are asked for."""
        chosen = request.pinned or request.prefixes or request.order != "count"
        return not chosen and self._compiler.has(numbers_field(request.field))

    def _by_number(self, request: FacetRequest, found: Found) -> Facet | None:
        """The facet; None if it shows values that are in one document, or whose names are not known."""
        counted, every = found[request.field], found[numbers_field(request.field)]
        if not is_complete(counted):
            return None
        missing = sum(item["doc_count"] for item in buckets(counted) if item["key"] == NO_VALUE)
        missing = missing or int(every["min"] == NO_VALUE)
        listed = [item for item in buckets(counted) if item["key"] != NO_VALUE]
        others = int(every["count"]) - missing - sum(item["doc_count"] for item in listed)
        end = request.offset + request.limit
        if others and len(listed) < end:
            return None
        shown = {self._names.get(item["key"]): item["doc_count"] for item in _first(listed, end)}
        if None in shown:
            return None
        named = {name: number for name, number in shown.items() if name is not None}
        return _of_all(value_facet(request, named, missing), len(listed) + others)

    def _by_value(self, request: FacetRequest, query: Compiled, found: Found) -> Facet:
        if not is_complete(found):
            every = counts(self._searcher, query, request.field, found)
            return value_facet(request, every, self._missing(request.field, query))
        if self._can_count_numbers(request) and len(self._names) < _KNOWN_NAMES:
            self._names |= {number_of(item["key"]): item["key"] for item in buckets(found)}
        missing = next((item["doc_count"] for item in buckets(found) if item["key"] == _NONE), 0)
        listed = [item for item in buckets(found) if item["key"] != _NONE]
        if request.order != "count" or request.pinned or request.prefixes:
            return value_facet(request, {item["key"]: item["doc_count"] for item in listed}, missing)
        shown = {item["key"]: item["doc_count"] for item in _first(listed, request.offset + request.limit)}
        return _of_all(value_facet(request, shown, missing), len(listed))

    def _missing(self, field: str, query: Compiled) -> int:
        """The number of documents without a value."""
        lacking = [(Occur.Must, query), (Occur.Must, self._compiler.lacking(field))]
        found = self._searcher.search(tantivy.Query.boolean_query(lacking), limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined] # missing in the library's stubs


def _first(listed: Sequence[Bucket], end: int) -> list[Bucket]:
    """The first `end` values by count, and all that are in as many documents as the last of them."""
    least = listed[end - 1]["doc_count"] if 0 < end <= len(listed) else 0
    return list(takewhile(lambda item: item["doc_count"] >= least, listed))


def _of_all(facet: Facet, distinct: int) -> Facet:
    """The facet of the most frequent of so many values."""
    return replace(facet, distinct=distinct, total=distinct)
