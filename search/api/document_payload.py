"""The search in one document, and the documents similar to one, as JSON."""

from collections.abc import Iterator
from dataclasses import asdict, replace

from search.answer import DocumentHit
from search.api.parameters import MAX_WINDOW
from search.api.payload import Json, hit_payload, index_payload, query_payload
from search.api.urls import document_url, in_document_api_url
from search.highlighting.highlighter import highlights
from search.highlighting.in_document import BodyHit, InDocumentAnswer, body_hits
from search.query.tree import MatchAll
from search.request import Question
from search.schema import Schema
from search.suggestions.similar import Similar


def in_document_payload(answer: InDocumentAnswer, question: Question) -> Json:
    """A page of the hits of a question in a document, and how often each of its terms matches."""
    matches = answer.matches.body
    offset = (question.page - 1) * question.per_page
    page = document_url(answer.document.id, replace(question, page=1, per_page=10))
    hits = body_hits(answer.document, matches, offset, question.per_page)
    return {
        "query": query_payload(answer.query),
        "total": len(matches),
        "page": question.page,
        "per_page": question.per_page,
        "pages": -(-len(matches) // question.per_page),
        "hits": [_body_hit(hit, page) for hit in hits],
        "fields": {name: [list(span) for span in spans] for name, spans in answer.matches.fields.items()},
        "terms": [asdict(term) for term in answer.terms],
        "index": index_payload(answer.index),
        "links": dict(_links(answer, question)) | {"html": page},
    }


def similar_payload(similar: Similar, schema: Schema) -> Json:
    """Similar documents: the keys of a hit, the similarity, and the words that both share."""
    return {
        "hits": [
            hit_payload(DocumentHit(hit.document, hit.score, highlights(hit.document, MatchAll(), schema)))
            | {"share": round(hit.similarity, 3), "shared": list(hit.words), "same_text": hit.same_text}
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


def _links(answer: InDocumentAnswer, question: Question) -> Iterator[tuple[str, str | None]]:
    def page(number: int) -> str | None:
        before = (number - 1) * question.per_page
        if number < 1 or before >= len(answer.matches.body) or number * question.per_page > MAX_WINDOW:
            return None
        return in_document_api_url(answer.document.id, replace(question, page=number))

    yield "self", in_document_api_url(answer.document.id, question)
    yield "next", page(question.page + 1)
    yield "prev", page(question.page - 1)
