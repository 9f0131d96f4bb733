"""Facets as JSON, in a search, and a listing of one facet's values: the body of the facet endpoint."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from msgspec import Meta, Struct, structs

from search.answer import FacetAnswer
from search.api.hit_payload import IndexPayload, index_payload
from search.api.page_links import PageLinks, Url, page_links
from search.api.query_payload import QueryPayload, query_payload
from search.api.urls import listing_api_url, listing_url, narrowing_urls, search_url
from search.calendar import Interval
from search.parameters.facet_listing import first_page
from search.request import Filter, Question
from search.results import DateFacet, Facet

ChoiceUrl = Annotated[
    Url, Meta(description="The page of the search with this value chosen, or without the filter on it.")
]


class ValuePayload(Struct, frozen=True, gc=False):
    """A value of a facet, and how many documents there are with it, whatever is chosen of its own facet."""

    value: str
    count: int
    selected: bool
    excluded: bool
    url: ChoiceUrl


class BucketPayload(Struct, frozen=True, gc=False):
    """A decade, year, month or day.

    `count` is of documents certainly in it, `possible` of those whose date only touches it.
    """

    value: str
    count: int
    possible: int
    selected: bool
    url: ChoiceUrl


class FacetPayload(Struct, frozen=True):
    """The values of a facet: `distinct` counts them all, `missing` the documents without one."""

    values: list[ValuePayload]
    distinct: int
    missing: int


class DateFacetPayload(Struct, frozen=True):
    """The dates of the documents, in the order of time; `missing` counts the undated documents."""

    interval: Interval
    values: list[BucketPayload]
    missing: int


class InitialPayload(Struct, frozen=True, gc=False):
    """An initial, and the number of values under it."""

    initial: str
    count: int


class ListingPayload(Struct, frozen=True):
    """A page of all values of a facet, over the documents that a search finds.

    `total` counts the values on all pages, `initials` those under each initial, in alphabetical order alone.
    """

    field: str
    values: list[ValuePayload]
    distinct: int
    missing: int
    initials: list[InitialPayload]
    total: int
    page: int
    per_page: int
    pages: int
    query: QueryPayload
    filters: tuple[Filter, ...]
    index: IndexPayload
    links: PageLinks


class DateListingPayload(Struct, frozen=True):
    """A page of all dates, over the documents that a search finds; `initials` is empty."""

    field: str
    interval: Interval
    values: list[BucketPayload]
    missing: int
    initials: list[InitialPayload]
    total: int
    page: int
    per_page: int
    pages: int
    query: QueryPayload
    filters: tuple[Filter, ...]
    index: IndexPayload
    links: PageLinks


def facet_payload(
    facet: Facet | DateFacet, question: Question, site: str = ""
) -> FacetPayload | DateFacetPayload:
    """A facet of a search; the date facet has other keys."""
    urls = _choices(facet, question, site)
    if isinstance(facet, DateFacet):
        buckets = [
            BucketPayload(item.value, item.count, item.possible, item.selected, url)
            for item, url in zip(facet.values, urls, strict=True)
        ]
        return DateFacetPayload(facet.interval, buckets, facet.missing)
    values = [
        ValuePayload(item.value, item.count, item.selected, item.excluded, url)
        for item, url in zip(facet.values, urls, strict=True)
    ]
    return FacetPayload(values, facet.distinct, facet.missing)


def listing_payload(answer: FacetAnswer, site: str = "") -> ListingPayload | DateListingPayload:
    """The keys that the search endpoint has for a facet, the page of values, and the search."""
    listing, facet = answer.listing, answer.facet
    page: dict[str, Any] = {
        "field": listing.field,
        "total": facet.total,
        "page": listing.page,
        "per_page": listing.per_page,
        "pages": answer.pages,
        "query": query_payload(answer.query, site),
        "filters": listing.question.filters,
        "index": index_payload(answer.index),
        "links": page_links(
            lambda number: site + listing_api_url(replace(listing, page=number)),
            listing.page,
            answer.pages,
            site + listing_url(first_page(listing)),
        ),
        **structs.asdict(facet_payload(facet, listing.question, site)),
    }
    if isinstance(facet, DateFacet):
        return DateListingPayload(initials=[], **page)
    return ListingPayload(initials=[InitialPayload(*pair) for pair in facet.initials], **page)


def _choices(facet: Facet | DateFacet, question: Question, site: str) -> Iterator[str]:
    """The `url` of each value."""
    narrowing = narrowing_urls(question, facet.field)
    for item in facet.values:
        if item.selected or item.excluded:
            chosen = Filter(facet.field, "is" if item.selected else "not", item.value)
            yield site + search_url(question.removing(chosen))
        else:
            yield site + narrowing(item.value)
