"""One document as JSON, the search in it, and the documents similar to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from msgspec import Meta, Struct, structs

from search.answer import DocumentHit, Highlight
from search.api.hit import HitPayload, Names, SummaryPayload
from search.api.hit_payload import IndexPayload, hit_payload, index_payload, summary
from search.api.page_links import PageLinks, Url, page_links
from search.api.query_payload import QueryPayload, query_payload
from search.api.urls import document_url, in_document_api_url
from search.document import Block, Document, Reference
from search.highlighting.highlighter import Highlighter
from search.highlighting.in_document import BodyHit, InDocumentAnswer, body_hits
from search.parameters.question import MAX_WINDOW
from search.query.tree import MatchAll
from search.request import Question
from search.results import CharRange, TermCount
from search.schema import Schema
from search.suggestions.similar import Similar


class PartPayload(Struct, frozen=True, gc=False):
    """A document that is a part of another."""

    id: str
    url: Url
    title: str


class DocumentPayload(SummaryPayload, frozen=True):
    """One document, whole. `blocks` lie in order over `body`, which is plain text."""

    body: str
    blocks: tuple[Block, ...]
    citation: str
    credits: str
    source_url: str
    reference: Reference | None
    classification: str
    place: str
    extra: Annotated[Mapping[str, str], Meta(description="What else the source states, by its own names.")]
    folder: Annotated[str, Meta(description="The path of its folder below SOURCE.")]
    files: Names
    parent: Annotated[str | None, Meta(description="The id of the document that it is a part of.")]
    parts: list[PartPayload]


class ContextPayload(Struct, frozen=True, gc=False):
    """The passage around a hit, the range of the hit in it, and both as HTML."""

    text: str
    ranges: tuple[CharRange, ...]
    html: str


class BodyHitPayload(Struct, frozen=True):
    """A match in the text of a document: its number from 1, and its characters in `body`, end excluded."""

    number: int
    start: int
    end: int
    text: str
    page: str | None
    paragraph: int | None
    url: Url
    context: ContextPayload


class InDocumentPayload(Struct, frozen=True):
    """A page of the matches in the text of a document.

    `fields` has the ranges that match in title, summary and citation, `terms` how often each term matches.
    """

    query: QueryPayload
    total: int
    page: int
    per_page: int
    pages: int
    hits: list[BodyHitPayload]
    fields: Mapping[str, Sequence[CharRange]]
    terms: tuple[TermCount, ...]
    index: IndexPayload
    links: PageLinks


class SimilarHitPayload(HitPayload, frozen=True):
    """A similar document, the words that both share, and whether the texts are the same.

    `share` is its score divided by that of the document itself.
    """

    share: float
    shared: Names
    same_text: bool


class SimilarPayload(Struct, frozen=True):
    """Documents similar to another, those of the same text first, then the most similar."""

    hits: list[SimilarHitPayload]
    index: IndexPayload


def document_payload(document: Document, parts: Sequence[Document] = (), site: str = "") -> DocumentPayload:
    """The body of the document endpoint; `parts` are the documents that are parts of it."""
    return DocumentPayload(
        **summary(document, site),
        body=document.body,
        blocks=document.blocks,
        citation=document.citation,
        credits=document.credits,
        source_url=document.source_url,
        reference=document.reference,
        classification=document.classification,
        place=document.place,
        extra=dict(document.extra),
        folder=document.folder,
        files=document.files,
        parent=document.parent or None,
        parts=[PartPayload(part.id, site + document_url(part.id), part.title) for part in parts],
    )


def in_document_payload(answer: InDocumentAnswer, question: Question, site: str = "") -> InDocumentPayload:
    """A page of the hits of a question in a document, and how often each of its terms matches."""
    matches = answer.matches.body
    offset = (question.page - 1) * question.per_page
    doc_id, pages = answer.document.id, -(-len(matches) // question.per_page)
    page = site + document_url(doc_id, replace(question, page=1, per_page=10))
    hits = body_hits(answer.document, matches, offset, question.per_page)
    return InDocumentPayload(
        query=query_payload(answer.query, site),
        total=len(matches),
        page=question.page,
        per_page=question.per_page,
        pages=pages,
        hits=[_body_hit(hit, page) for hit in hits],
        fields=answer.matches.fields,
        terms=answer.terms,
        index=index_payload(answer.index),
        links=page_links(
            lambda number: site + in_document_api_url(doc_id, replace(question, page=number)),
            question.page,
            min(pages, MAX_WINDOW // question.per_page),
            page,
        ),
    )


def similar_payload(similar: Similar, schema: Schema, site: str = "") -> SimilarPayload:
    """Similar documents: the keys of a hit, the similarity, and the words that both share."""
    highlights = Highlighter(MatchAll(), schema).highlights
    hits = ((hit, DocumentHit(hit.document, hit.score, highlights(hit.document))) for hit in similar.hits)
    return SimilarPayload(
        hits=[
            SimilarHitPayload(
                **structs.asdict(hit_payload(found, site)),
                share=round(hit.similarity, 3),
                shared=hit.words,
                same_text=hit.same_text,
            )
            for hit, found in hits
        ],
        index=index_payload(similar.index),
    )


def _body_hit(hit: BodyHit, page: str) -> BodyHitPayload:
    return BodyHitPayload(
        number=hit.number,
        start=hit.start,
        end=hit.end,
        text=hit.text,
        page=hit.page or None,
        paragraph=hit.paragraph or None,
        url=f"{page}#hit-{hit.number}",
        context=_context(hit.context),
    )


def _context(highlight: Highlight) -> ContextPayload:
    return ContextPayload(highlight.text, highlight.ranges, highlight.html)
