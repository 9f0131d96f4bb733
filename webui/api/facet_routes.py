"""The routes for the values of a facet: a page of them as JSON, or all of them as a CSV file."""

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from search.answer import FacetAnswer
from search.api.facet_payload import listing_payload
from search.api.urls import API, listing_api_url
from search.export import facet_values_csv, file_name
from search.parameters.export import MEDIA_TYPES
from search.parameters.facet_listing import parse_values
from search.request import DATE
from search.searcher import Searcher
from search.settings import Site
from webui.api.attachment import attachment
from webui.api.etag import json_with_etag
from webui.lookups import facet_or_404


def facet_blueprint(searcher: Searcher, site: Site) -> Blueprint:
    """The routes /api/v1/facets/<name>. They refuse invalid parameters (ParameterError)."""
    api = Blueprint("facets", __name__, url_prefix=f"{API}/facets")

    @api.get(f"/{DATE}", defaults={"name": DATE})
    @api.get("/<name>")
    def facet(name: str) -> Response:
        schema, pairs = searcher.schema, request.args.items(multi=True)
        listing, form = parse_values(facet_or_404(name, schema), pairs, schema)
        if form == "csv":
            return _file(searcher.list_facet(listing), site.base_url)
        generation = searcher.info().generation  # before the values: the tag is never newer than they are
        return json_with_etag(
            site,
            generation,
            listing_api_url(listing),
            lambda: listing_payload(searcher.list_facet(listing), site.base_url),
        )

    return api


def _file(answer: FacetAnswer, site: str) -> Response:
    listing = answer.listing
    response = Response(facet_values_csv(answer, site), content_type=MEDIA_TYPES["csv"])
    name = f"{listing.field}-{file_name(listing.question, datetime.now(UTC).date(), 'csv')}"
    response.headers["Content-Disposition"] = attachment(name)
    response.cache_control.no_store = True
    return response
