"""The answer as JSON: the body of `GET /api/v1/search` and of `opis-search --json`.

Payloads are msgspec Structs, from which /openapi.json has its schemas. `site` is the address of the site that
their links begin with; without it, links are paths.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from search.answer import Answer, MoreHits, Offer, OfferKind, ZeroExplanation
from search.api.facet_payload import facet_payload
from search.api.hit import Hits
from search.api.hit_payload import IndexPayload, hit_payloads, index_payload
from search.api.page_links import PageLinks, Url, page_links
from search.api.query_payload import QueryPayload, query_payload
from search.api.urls import document_url, export_url, feed_url, receipt_api_url, search_api_url, search_url
from search.parameters.export import MEDIA_TYPES
from search.parameters.question import MAX_WINDOW
from search.request import Filter
from search.results import TermCount
from search.suggestions.completion import Kind, Suggestion
from search.wording.counts import plural


class SearchLinks(PageLinks, frozen=True, gc=False):
    """Addresses of a search in other forms, too: its receipt, a feed, and all documents in each format."""

    receipt: Url
    atom: Url
    csv: Url
    jsonl: Url
    ris: Url
    bibtex: Url
    csl: Url


class MorePayload(Struct, frozen=True):
    """Documents with some of the words, where few have all: how many, the best of them, and their page."""

    total: int
    url: Url
    hits: Hits


class FilterCountPayload(Struct, frozen=True, gc=False):
    """A filter, and the number of documents that would be found without it."""

    field: str
    value: str
    count_without: int


class OfferPayload(Struct, frozen=True, gc=False):
    """A search that changes one thing and finds something: the kind of change, and what it changes."""

    kind: OfferKind
    what: str
    count: int
    url: Url


class ExplainZeroPayload(Struct, frozen=True):
    """Why no document has all the words.

    How many documents has each term alone, how many would be found without each of the filters, how many
    `together`, by the whole query without any filter, and which other searches find some.
    """

    terms: tuple[TermCount, ...]
    filters: list[FilterCountPayload]
    together: int
    offers: list[OfferPayload]


class SimilarSpellingsPayload(Struct, frozen=True, gc=False):
    """The same search in similar spellings of its words, which finds more."""

    text: str
    count: int
    url: Url


class AnswerPayload(Struct, frozen=True):
    """A page of the documents that a search finds."""

    query: QueryPayload
    suggestion: Annotated[str | None, Meta(description="A likelier spelling, which finds more.")]
    filters: tuple[Filter, ...]
    total: Annotated[int, Meta(description="The exact number of documents found.")]
    page: int
    per_page: int
    pages: int
    took_ms: float
    hits: Hits
    facets: Annotated[
        dict[str, Any],
        Meta(
            description="The facets that were asked for, by name.",
            extra_json_schema={
                "properties": {"date": {"$ref": "#/components/schemas/DateFacet"}},
                "additionalProperties": {"$ref": "#/components/schemas/Facet"},
            },
        ),
    ]
    more: MorePayload | None
    explain_zero: ExplainZeroPayload | None
    similar_spellings: SimilarSpellingsPayload | None
    index: IndexPayload
    links: SearchLinks


class SuggestionPayload(Struct, frozen=True, gc=False):
    """A completion of the text, and the page of the documents that it leads to, `count` of them."""

    text: str
    kind: Kind
    count: int
    url: Url


class SuggestionsPayload(Struct, frozen=True):
    """Completions of a text that is being typed."""

    suggestions: list[SuggestionPayload]


def answer_payload(answer: Answer, site: str = "") -> AnswerPayload:
    """The body of the search endpoint (documented in docs/api.md)."""
    question = answer.question
    return AnswerPayload(
        query=query_payload(answer.query, site),
        suggestion=answer.suggestion,
        filters=question.filters,
        total=answer.total,
        page=question.page,
        per_page=question.per_page,
        pages=answer.pages,
        took_ms=round(answer.took_ms, 1),
        hits=hit_payloads(answer.hits, question.fields, site),
        facets={facet.field: facet_payload(facet, question, site) for facet in answer.facets},
        more=_more(answer.more, question.fields, site) if answer.more else None,
        explain_zero=_zero(answer.explain_zero, site) if answer.explain_zero else None,
        similar_spellings=_similar_spellings(answer.similar_spellings, site),
        index=index_payload(answer.index),
        links=_links(answer, site),
    )


def suggestions_payload(suggestions: Sequence[Suggestion], site: str = "") -> SuggestionsPayload:
    """The body of the suggest endpoint; its URLs are those of pages."""
    return SuggestionsPayload(
        [SuggestionPayload(item.text, item.kind, item.count, site + _suggested(item)) for item in suggestions]
    )


BrowserSuggestions = list[str | list[str]]
"""The typed text, a list of its completions, and for each what it leads to, in words and as an address."""


def browser_suggestions(text: str, suggestions: Sequence[Suggestion], site: str) -> BrowserSuggestions:
    """Suggestions as browsers read them: the extension Suggestions 1.1 of OpenSearch.

    Browsers search for the text of what is chosen: a name that is a word, too, is there once, as the word.
    """
    each = {item.text: item for item in suggestions}
    return [
        text,
        list(each),
        [plural(item.count, "document") for item in each.values()],
        [site + _suggested(item) for item in each.values()],
    ]


def _suggested(item: Suggestion) -> str:
    return document_url(item.doc_id) if item.doc_id else search_url(item.question)


def _more(more: MoreHits, keys: Sequence[str], site: str) -> MorePayload:
    return MorePayload(more.total, site + search_url(more.question), hit_payloads(more.hits, keys, site))


def _zero(zero: ZeroExplanation, site: str) -> ExplainZeroPayload:
    return ExplainZeroPayload(
        terms=zero.terms,
        filters=[
            FilterCountPayload(item.filter.field, item.filter.value, item.count_without)
            for item in zero.filters
        ],
        together=zero.together,
        offers=[
            OfferPayload(item.kind, item.what, item.count, site + search_url(item.question))
            for item in zero.offers
        ],
    )


def _similar_spellings(offer: Offer | None, site: str) -> SimilarSpellingsPayload | None:
    if offer is None:
        return None
    return SimilarSpellingsPayload(offer.question.text, offer.count, site + search_url(offer.question))


def _links(answer: Answer, site: str) -> SearchLinks:
    question = answer.question
    links = page_links(
        lambda page: site + search_api_url(replace(question, page=page)),
        question.page,
        min(answer.pages, MAX_WINDOW // question.per_page),
        site + search_url(question),
    )
    exports = {form: site + export_url(question, form) for form in MEDIA_TYPES}
    return SearchLinks(
        **structs.asdict(links),
        receipt=site + receipt_api_url(question),
        atom=site + feed_url(question),
        **exports,
    )
