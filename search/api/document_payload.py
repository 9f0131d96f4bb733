"""A document being read, as JSON: what a query finds in it, and what else is like it."""

from collections.abc import Iterator
from dataclasses import asdict, replace

from search.api.parameters import MAX_WINDOW
from search.api.payload import Json, hit_payload, index_payload, query_payload
from search.api.urls import document_url, in_document_api_url
from search.highlighting.highlighter import passages
from search.highlighting.in_document import BodyHit, Within, body_hits
from search.query.tree import MatchAll
from search.request import Question
from search.results import DocumentHit
from search.schema import Schema
from search.suggestions.similar import Similar


def within_payload(within: Within, question: Question) -> Json:
    """The keys of the in-document search: the page of hits that the question asks for."""
    matches = within.reading.body
    offset = (question.page - 1) * question.per_page
    page = document_url(within.document.id, replace(question, page=1, per_page=10))
    hits = body_hits(within.document, matches, offset, question.per_page)
    return {
        "query": query_payload(within.query),
        "total": len(matches),
        "page": question.page,
        "per_page": question.per_page,
        "pages": -(-len(matches) // question.per_page),
        "hits": [_body_hit(hit, page) for hit in hits],
        "fields": {name: [list(span) for span in spans] for name, spans in within.reading.fields.items()},
        "terms": [asdict(term) for term in within.terms],
        "index": index_payload(within.index),
        "links": dict(_links(within, question)) | {"html": page},
    }


def similar_payload(similar: Similar, schema: Schema) -> Json:
    """The keys of the similar documents, each those of a hit and why it is one."""
    return {
        "hits": [
            hit_payload(DocumentHit(hit.document, hit.score, passages(hit.document, MatchAll(), schema)))
            | {"share": round(hit.share, 3), "shared": list(hit.words), "same_text": hit.same_text}
            for hit in similar.hits
        ],
        "index": index_payload(similar.index),
    }


def _body_hit(hit: BodyHit, page: str) -> Json:
    context = hit.context
    return {
        "number": hit.number,
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "page": hit.page or None,
        "paragraph": hit.paragraph or None,
        "url": f"{page}#hit-{hit.number}",
        "context": {
            "text": context.text,
            "ranges": [list(span) for span in context.ranges],
            "html": context.html,
        },
    }


def _links(within: Within, question: Question) -> Iterator[tuple[str, str | None]]:
    def page(number: int) -> str | None:
        before = (number - 1) * question.per_page
        if number < 1 or before >= len(within.reading.body) or number * question.per_page > MAX_WINDOW:
            return None
        return in_document_api_url(within.document.id, replace(question, page=number))

    yield "self", in_document_api_url(within.document.id, question)
    yield "next", page(question.page + 1)
    yield "prev", page(question.page - 1)
