"""Hits in the order of every sort, ties by id, and what of a hit comes back with it."""

from collections.abc import Sequence
from typing import Any

from search.engines.opensearch.reading.clauses import Clause
from search.request import Sort
from search.results import Hit

Body = dict[str, Any]
Found = dict[str, Any]
"""What OpenSearch answers to a search, or a part of it."""

_SORTS: dict[Sort, Body] = {
    "relevance": {"_score": "desc"},
    "date": {"earliest": {"order": "asc", "missing": "_last"}},
    "-date": {"latest": {"order": "desc", "missing": "_last"}},
    "title": {"title_key": "asc"},
    "-indexed": {"indexed": "desc"},
}


def first_hits(query: Clause, sort: Sort, size: int, *, documents: bool) -> Body:
    """The search for the first documents of a query; `documents`: with what is stored of them."""
    return {
        "query": query,
        "size": size,
        "sort": [_SORTS[sort], {"id": "asc"}],
        "_source": False,
        "stored_fields": ["document"] if documents else "_none_",
    }


def hits_of(found: Found) -> Sequence[Found]:
    """The hits as OpenSearch gives them."""
    hits: Sequence[Found] = found["hits"]["hits"]
    return hits


def hit(found: Found, sort: Sort) -> Hit:
    """The id that a hit of this order was sorted by, and its score, which is null where nothing scores."""
    first, *_, doc_id = found["sort"]
    return Hit(doc_id, float((first if sort == "relevance" else found["_score"]) or 0.0))


def total_of(found: Found) -> int:
    """The number of all documents that a search matched."""
    return int(found["hits"]["total"]["value"])
