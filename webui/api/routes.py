"""The JSON API: the same answers as the pages, for programs."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from search.api.facet_parameters import parse_listing
from search.api.facet_payload import listing_payload
from search.api.parameters import parse_parameters, parse_suggest
from search.api.payload import answer_payload, document_payload, suggestions_payload
from search.api.urls import API, SEARCH, listing_api_url, search_api_url
from search.errors import ParameterError
from search.searcher import Searcher
from webui.api.etag import tagged_json
from webui.pages.facet import facet_named
from webui.pages.routes import moved


def api_blueprint(searcher: Searcher) -> Blueprint:
    """The routes below API. Unlike the pages they are strict: nothing asked is silently changed."""
    api = Blueprint("api", __name__, url_prefix=API)

    def generation() -> str:
        """Asked before reading, so that a tag is never newer than what is read."""
        return searcher.info().generation

    @api.get(SEARCH)
    def search() -> Response:
        question = parse_parameters(request.args.items(multi=True), searcher.schema)
        return tagged_json(
            generation(), search_api_url(question), lambda: answer_payload(searcher.search(question))
        )

    @api.get("/suggest")
    def suggest() -> Response:
        text, limit = parse_suggest(request.args.items(multi=True))
        asked = f"suggest {limit} {text}"
        return tagged_json(generation(), asked, lambda: suggestions_payload(searcher.suggest(text, limit)))

    @api.get("/facets/<name>")
    def facet(name: str) -> Response:
        schema = searcher.schema
        listing = parse_listing(facet_named(name, schema), request.args.items(multi=True), schema)
        return tagged_json(
            generation(), listing_api_url(listing), lambda: listing_payload(searcher.list_facet(listing))
        )

    @api.get("/documents/<doc_id>")
    def document(doc_id: str) -> AnyResponse:
        for name in request.args:
            raise ParameterError(name, f"There is no parameter {name!r} here.")
        read = generation()
        found = searcher.document(doc_id)
        if found is None:
            return moved(searcher, doc_id, API)
        return tagged_json(read, doc_id, lambda: document_payload(found))

    return api
