"""What Tantivy returns for an aggregation by value: its buckets, and whether there are more."""

from collections.abc import Mapping, Sequence
from typing import Any

import tantivy

from search.engines.tantivy.compiler import Compiled

Found = Mapping[str, Any]  # an aggregation's part of what `Searcher.aggregate` returns
Bucket = Mapping[str, Any]  # a value as `key`, its number of documents as `doc_count`


MOST_BUCKETS = 60_000
"""The most values that are asked of Tantivy in one call."""


def by_value(field: str, among: int = 1, **options: object) -> dict[str, Any]:
    """The aggregation that counts the values of a field, as one of so many in a call."""
    return {"terms": {"field": field, "size": MOST_BUCKETS // among, **options}}


def is_complete(found: Found) -> bool:
    """Whether no value was left out, and every count is exact."""
    return not found["sum_other_doc_count"] and not found["doc_count_error_upper_bound"]


def buckets(found: Found) -> Sequence[Bucket]:
    """The values that were returned, the most frequent first."""
    counted: Sequence[Bucket] = found["buckets"]
    return counted


def counts(searcher: tantivy.Searcher, query: Compiled, field: str, found: Found) -> dict[str, int]:
    """The documents of each value of a field: from its aggregation, else from the inverted index."""
    if is_complete(found):
        return {item["key"]: item["doc_count"] for item in buckets(found)}
    return dict(searcher.terms_with_prefix(field, "", filter_query=query))
