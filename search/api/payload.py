"""The answer as JSON: the body of `GET /api/v1/search` and of `opis-search --json`."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import msgspec

from search.answer import Answer, DocumentHit, Highlight, MoreHits, Offer, UnderstoodQuery, ZeroExplanation
from search.api.parameters import MAX_WINDOW, SUMMARY_KEYS
from search.api.urls import document_url, search_api_url, search_url
from search.document import ArchivalDate, Document
from search.request import Filter
from search.results import DateFacet, Facet, FacetValue, IndexInfo
from search.suggestions.completion import Suggestion

Json = dict[str, Any]


def answer_payload(answer: Answer) -> Json:
    """The body of the search endpoint (documented in docs/api.md)."""
    return {
        "query": query_payload(answer.query),
        "suggestion": answer.suggestion,
        "filters": [filter_payload(item) for item in answer.question.filters],
        "total": answer.total,
        "page": answer.question.page,
        "per_page": answer.question.per_page,
        "pages": answer.pages,
        "took_ms": round(answer.took_ms, 1),
        "hits": [hit_payload(found, answer.question.fields) for found in answer.hits],
        "facets": {facet.field: facet_payload(facet) for facet in answer.facets},
        "more": _more(answer.more, answer.question.fields),
        "explain_zero": _zero(answer.explain_zero),
        "similar_spellings": _similar_spellings(answer.similar_spellings),
        "index": index_payload(answer.index),
        "links": _links(answer),
    }


def document_payload(document: Document, parts: Sequence[Document] = ()) -> Json:
    """The body of the document endpoint; `parts` are the documents that are parts of it."""
    return {
        **_summary(document),
        "body": document.body,
        "blocks": [msgspec.structs.asdict(block) for block in document.blocks],
        "citation": document.citation,
        "credits": document.credits,
        "source_url": document.source_url,
        "reference": asdict(document.reference) if document.reference else None,
        "classification": document.classification,
        "place": document.place,
        "extra": dict(document.extra),
        "folder": document.folder,
        "files": list(document.files),
        "parent": document.parent or None,
        "parts": [{key: _summary_value(part, key) for key in ("id", "url", "title")} for part in parts],
    }


def suggestions_payload(suggestions: Sequence[Suggestion]) -> Json:
    """The body of the suggest endpoint; its URLs are those of pages."""
    return {
        "suggestions": [
            {"text": item.text, "kind": item.kind, "count": item.count, "url": _suggested(item)}
            for item in suggestions
        ]
    }


def _suggested(item: Suggestion) -> str:
    return document_url(item.doc_id) if item.doc_id else search_url(item.question)


def _summary(document: Document) -> Json:
    return {key: _summary_value(document, key) for key in SUMMARY_KEYS}


def _summary_value(document: Document, key: str) -> Any:
    match key:
        case "url":
            return document_url(document.id)
        case "date":
            return _date(document.date)
        case _:
            value = getattr(document, key)
            return list(value) if isinstance(value, tuple) else value


def index_payload(index: IndexInfo) -> Json:
    """The commit that answered."""
    return {
        "generation": index.generation,
        "documents": index.documents,
        "engine": index.engine,
        "updated": index.updated,
    }


def _date(date: ArchivalDate | None) -> Json | None:
    if date is None:
        return None
    return {
        "text": date.text,
        "earliest": date.earliest_iso,
        "latest": date.latest_iso,
        "certainty": date.certainty,
    }


def hit_payload(found: DocumentHit, keys: Sequence[str] = ()) -> Json:
    """A hit with these keys, by default with all."""
    hit = _summary(found.document) | {
        "score": round(found.score, 4),
        "highlights": [highlight_payload(highlight) for highlight in found.highlights],
    }
    return {key: hit[key] for key in keys} if keys else hit


def highlight_payload(highlight: Highlight) -> Json:
    """A highlight: its field, its text, the ranges that matched, and both as HTML."""
    return {
        "field": highlight.field,
        "text": highlight.text,
        "ranges": [list(span) for span in highlight.ranges],
        "html": highlight.html,
    }


def query_payload(query: UnderstoodQuery) -> Json:
    """How a query was understood."""
    return {
        "text": query.text,
        "understood": query.understood,
        "match": query.match,
        "relaxed": query.relaxed,
        "diagnostics": [asdict(diagnostic) for diagnostic in query.diagnostics],
        "expanded": [{"from": item.source, "to": list(item.to)} for item in query.expanded],
        "interpretations": [
            {
                "kind": item.kind,
                "text": item.text,
                "filter": _parameters(item.filters),
                "count": item.count,
                "url": search_url(item.question),
            }
            for item in query.interpretations
        ],
    }


def _parameters(filters: Sequence[Filter]) -> Json:
    """Filters by field: a value, or a list where there are several."""
    values: dict[str, list[str]] = {}
    for item in filters:
        values.setdefault(item.field, []).append(item.value)
    return {field: found[0] if len(found) == 1 else found for field, found in values.items()}


def filter_payload(item: Filter) -> Json:
    """A filter."""
    return {"field": item.field, "op": item.op, "value": item.value}


def facet_payload(facet: Facet | DateFacet) -> Json:
    """A facet; the date facet has other keys."""
    values = [_value(value, dated=isinstance(facet, DateFacet)) for value in facet.values]
    if isinstance(facet, DateFacet):
        return {"interval": facet.interval, "values": values, "missing": facet.missing}
    return {"values": values, "distinct": facet.distinct, "missing": facet.missing}


def _value(value: FacetValue, *, dated: bool) -> Json:
    shown: Json = {"value": value.value, "count": value.count}
    if dated:
        return shown | {"possible": value.possible, "selected": value.selected}
    return shown | {"selected": value.selected, "excluded": value.excluded}


def _more(more: MoreHits | None, keys: Sequence[str]) -> Json | None:
    if more is None:
        return None
    hits = [hit_payload(found, keys) for found in more.hits]
    return {"total": more.total, "url": search_url(more.question), "hits": hits}


def _zero(zero: ZeroExplanation | None) -> Json | None:
    if zero is None:
        return None
    return {
        "terms": [asdict(term) for term in zero.terms],
        "filters": [
            {"field": item.filter.field, "value": item.filter.value, "count_without": item.count_without}
            for item in zero.filters
        ],
        "together": zero.together,
        "offers": [
            {
                "kind": item.kind,
                "what": item.what,
                "count": item.count,
                "url": search_url(item.question),
            }
            for item in zero.offers
        ],
    }


def _similar_spellings(offer: Offer | None) -> Json | None:
    if offer is None:
        return None
    return {"text": offer.question.text, "count": offer.count, "url": search_url(offer.question)}


def _links(answer: Answer) -> dict[str, str | None]:
    question = answer.question

    def page(number: int) -> str | None:
        if not 1 <= number <= answer.pages or number * question.per_page > MAX_WINDOW:
            return None
        return search_api_url(replace(question, page=number))

    return {
        "self": search_api_url(question),
        "next": page(question.page + 1),
        "prev": page(question.page - 1),
        "html": search_url(question),
        "atom": None,
        "csv": None,
    }
