"""The collection statistics that Tantivy ranks with, read from its own explanation of a score."""

import json
from collections.abc import Iterator
from typing import Any

import tantivy

from search.ranking import Collection
from search.schema import TEXT

_DOCUMENTS, _AVERAGE_LENGTH = "N, total number of docs", "avgdl, average length of field"


def read_statistics(searcher: tantivy.Searcher, schema: tantivy.Schema, known: str = "") -> Collection:
    """The number of documents, those deleted but still in a segment included, and their average length.

    `known` is a stem that a document has; without one, the most frequent is found, which reads all terms.
    """
    terms = [known] if known else [term for term, _ in searcher.terms_with_prefix(TEXT, "", limit=1)]
    if not terms:
        return Collection(0, 0.0)
    query = tantivy.Query.term_query(schema, TEXT, terms[0], index_option="freq")
    hits = searcher.search(query, limit=1).hits
    if not hits:  # all documents with the term are deleted
        return read_statistics(searcher, schema) if known else Collection(0, 0.0)
    explanation = json.loads(query.explain(searcher, hits[0][1]).to_json())
    values = dict(_values(explanation))
    return Collection(int(values[_DOCUMENTS]), values[_AVERAGE_LENGTH])


def _values(explanation: dict[str, Any]) -> Iterator[tuple[str, float]]:
    yield explanation["description"], explanation["value"]
    for detail in explanation.get("details", ()):
        yield from _values(detail)
