"""A list of a facet's values as JSON: the body of `GET /api/v1/facets/{name}`."""

from dataclasses import replace

from search.api.facet_parameters import api_path, first_page, page_path
from search.api.payload import Json, facet_payload, filter_payload, index_payload, query_payload
from search.results import FacetAnswer


def listing_payload(answer: FacetAnswer) -> Json:
    """The keys of a facet in the search endpoint, how far the list goes, and what was searched."""
    listing, facet = answer.listing, answer.facet
    return {
        "field": listing.field,
        **facet_payload(facet),
        "initials": [{"initial": initial, "count": count} for initial, count in facet.initials],
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
        return api_path(replace(listing, page=number)) if 1 <= number <= answer.pages else None

    return {
        "self": api_path(listing),
        "next": page(listing.page + 1),
        "prev": page(listing.page - 1),
        "html": page_path(first_page(listing)),
    }
