"""A listing of a facet's values as JSON: the body of the facet endpoint."""

from dataclasses import replace

from search.answer import FacetAnswer
from search.api.facet_parameters import first_page
from search.api.payload import Json, facet_payload, filter_payload, index_payload, query_payload
from search.api.urls import listing_api_url, listing_url
from search.results import Facet


def listing_payload(answer: FacetAnswer) -> Json:
    """The keys that the search endpoint has for a facet, the page of values, and the search."""
    listing, facet = answer.listing, answer.facet
    initials = facet.initials if isinstance(facet, Facet) else ()
    return {
        "field": listing.field,
        **facet_payload(facet),
        "initials": [{"initial": initial, "count": count} for initial, count in initials],
        "total": facet.total,
        "page": listing.page,
        "per_page": listing.per_page,
        "pages": answer.pages,
        "query": query_payload(answer.query),
        "filters": [filter_payload(item) for item in listing.question.filters],
        "index": index_payload(answer.index),
        "links": _links(answer),
    }


def _links(answer: FacetAnswer) -> dict[str, str | None]:
    listing = answer.listing

    def page(number: int) -> str | None:
        return listing_api_url(replace(listing, page=number)) if 1 <= number <= answer.pages else None

    return {
        "self": listing_api_url(listing),
        "next": page(listing.page + 1),
        "prev": page(listing.page - 1),
        "html": listing_url(first_page(listing)),
    }
