"""How many documents has each value of a field? Exact, and of any number of values.

An aggregation by value is exact only if each shard gives all of its values, so all are asked for. Of more
values than OpenSearch returns at once, those of one part are asked for at a time.
"""

from collections.abc import Callable
from math import ceil
from typing import Any

from search.engines.opensearch.reading.clauses import Clause

Body = dict[str, Any]
Found = dict[str, Any]
Counts = dict[str, int]

MOST_VALUES = 65_000
"""The most values that are asked for at once: OpenSearch allows 65,535 of all aggregations of a search."""

_FULL = 0.6  # of MOST_VALUES in each part, of which some are larger than others


class TooManyValues(Exception):
    """A search has more values than OpenSearch returns at once."""


def by_value(field: str, part: int = 0, parts: int = 1) -> Body:
    """The aggregation that counts the values of a field, or of one part of them."""
    asked: Body = {"field": field, "size": MOST_VALUES, "shard_size": MOST_VALUES}
    return {"terms": asked | ({"include": {"partition": part, "num_partitions": parts}} if parts > 1 else {})}


def counts_of(found: Found) -> Counts:
    """The documents of each value, from what was found for `by_value`. Raises TooManyValues."""
    if found["sum_other_doc_count"] or found["doc_count_error_upper_bound"]:
        raise TooManyValues
    return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}


class ValueCounter:
    """Counts the values of fields of one index; `ask` gives the answer to a search, or raises TooManyValues.

    It remembers how many values the fields have, so that nothing is asked for in vain twice.
    """

    def __init__(self, ask: Callable[[Body], Found]) -> None:
        self.ask = ask
        self._known: dict[str, int] = {}

    def values(self, field: str) -> int:
        """How many values of a field have been seen at once, in the whole index at most."""
        return self._known.get(field, 0)

    def note(self, field: str, values: int) -> None:
        """Remember that a field has so many values at least."""
        if values > self.values(field):
            self._known[field] = values

    def counts(self, query: Clause, field: str) -> Counts:
        """The documents of a query with each value of a field, in as many searches as it takes."""
        parts = max(1, ceil(self.values(field) / (_FULL * MOST_VALUES)))
        while True:
            try:
                counted = [self._part(query, field, part, parts) for part in range(parts)]
            except TooManyValues:
                parts *= 2
                self.note(field, int(parts * _FULL * MOST_VALUES))
            else:
                counts = {value: number for part in counted for value, number in part.items()}
                self.note(field, len(counts))
                return counts

    def _part(self, query: Clause, field: str, part: int, parts: int) -> Counts:
        body = {"size": 0, "query": query, "aggs": {field: by_value(field, part, parts)}}
        return counts_of(self.ask(body)["aggregations"][field])
