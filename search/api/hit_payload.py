"""A document as a hit, and the commit of the index that found it, as JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from search.answer import DocumentHit, Highlight
from search.api.hit import DatePayload, HighlightPayload, HitPayload
from search.api.urls import document_url
from search.document import ArchivalDate, Document
from search.results import IndexInfo


class IndexPayload(Struct, frozen=True, gc=False):
    """The commit of the index that answered, its time in RFC 3339."""

    generation: str
    documents: int
    engine: str
    updated: str


def summary(document: Document, site: str = "") -> dict[str, Any]:
    """The values of a `SummaryPayload`. `site` is the address that links begin with; empty for paths."""
    return {
        "id": document.id,
        "url": site + document_url(document.id),
        "title": document.title,
        "authors": document.authors,
        "recipients": document.recipients,
        "subjects": document.subjects,
        "collection": document.collection,
        "language": document.language,
        "text_language": document.text_language,
        "type": document.type,
        "summary": document.summary,
        "source": document.source,
        "date": _date(document.date),
        "indexed": document.indexed_at,
    }


def hit_payload(found: DocumentHit, site: str = "") -> HitPayload:
    """A hit with all its keys."""
    return HitPayload(
        **summary(found.document, site),
        score=round(found.score, 4),
        highlights=tuple(map(highlight_payload, found.highlights)),
    )


def hit_payloads(
    hits: Iterable[DocumentHit], keys: Sequence[str] = (), site: str = ""
) -> list[HitPayload] | list[dict[str, Any]]:
    """Hits; with `keys`, objects of these keys alone, in this order."""
    whole = [hit_payload(found, site) for found in hits]
    return [{key: getattr(hit, key) for key in keys} for hit in whole] if keys else whole


def highlight_payload(highlight: Highlight) -> HighlightPayload:
    """A highlight: its field, its text, the ranges that matched, and both as HTML."""
    return HighlightPayload(highlight.field, highlight.text, highlight.ranges, highlight.html)


def index_payload(index: IndexInfo) -> IndexPayload:
    """The commit that answered."""
    return IndexPayload(index.generation, index.documents, index.engine, index.updated)


def _date(date: ArchivalDate | None) -> DatePayload | None:
    if date is None:
        return None
    return DatePayload(date.text, date.earliest_iso, date.latest_iso, date.certainty)
