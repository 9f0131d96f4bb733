"""A document as the body of a request to OpenSearch."""

from base64 import b64encode, urlsafe_b64encode
from hashlib import blake2b
from typing import Any

from search.analyzed import AnalyzedDocument
from search.calendar import BEGINNING, END, DayRange, Interval, parse_range
from search.engines.fields import stems_field, words_field
from search.engines.opensearch.mapping import NO_STEM, SPANS
from search.facets.dates import containing_bucket
from search.schema import TEXT, WORDS, Schema

LARGEST_VALUE = 32_000
"""Bytes of a value to count or sort by: Lucene refuses a document with a longer one."""

_KEY_BYTES = 16


def key_of(doc_id: str) -> str:
    """The key of a document in OpenSearch, which refuses ids of more than 512 bytes."""
    return urlsafe_b64encode(blake2b(doc_id.encode(), digest_size=_KEY_BYTES).digest()).decode().rstrip("=")


def document_body(analyzed: AnalyzedDocument, schema: Schema) -> dict[str, Any]:
    """The values of one document by field."""
    values: dict[str, Any] = {
        "id": analyzed.id,
        TEXT: " ".join([" ".join([stems] * weight) for stems, weight in analyzed.weighted_stems]) or NO_STEM,
        WORDS: [*analyzed.all_words()],
        "title_length": analyzed.title_stems,
        "title_key": keyword(analyzed.title),
        "indexed": analyzed.indexed,
        "document": b64encode(analyzed.stored).decode("ascii"),
    }
    for name in schema.indexed_fields:
        if words := analyzed.words[name]:
            values[words_field(name)] = words
    for name in schema.query_fields:
        if stems := analyzed.stems[name]:
            values[stems_field(name)] = stems
    for name in schema.facets:
        if found := analyzed.facets.get(name):
            values[name] = [keyword(value) for value in found]
    return values | _dates(analyzed.days)


def keyword(value: str) -> str:
    """A value to count, filter or sort by as it is stored: cut at LARGEST_VALUE bytes."""
    if len(value) * 4 <= LARGEST_VALUE:
        return value
    return value.encode()[:LARGEST_VALUE].decode(errors="ignore")


def span_of(days: DayRange, interval: Interval) -> str:
    """The bucket of an interval that contains these days, as `read_span` reads it; else the days."""
    inside = containing_bucket(days, interval)
    whole = (inside and parse_range(inside)) or days
    return f"{whole.earliest}:{whole.latest}"


def read_span(text: str) -> DayRange:
    """The days that `span_of` wrote."""
    earliest, _, latest = text.partition(":")
    return DayRange(int(earliest), int(latest))


def _dates(days: DayRange | None) -> dict[str, Any]:
    if days is None:
        return {}
    values: dict[str, Any] = {"earliest": days.earliest, "latest": days.latest}
    if known := [day for day in (days.earliest, days.latest) if BEGINNING < day < END]:
        values |= {"first_edge": known[0], "last_edge": known[-1]}
    return values | {field: span_of(days, interval) for interval, field in SPANS.items()}
