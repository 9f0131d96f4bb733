"""The JSON API: the same answers as the pages, for programs."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from search.api.facet_parameters import api_path, parse_listing
from search.api.facet_payload import listing_payload
from search.api.parameters import parse_parameters, parse_suggest, query_string
from search.api.payload import answer_payload, document_payload, suggestions_payload
from search.errors import ParameterError
from search.searcher import Searcher
from webui.api.etag import tagged_json
from webui.pages.facet import facet_named
from webui.pages.routes import moved


def api_blueprint(searcher: Searcher) -> Blueprint:
    """The routes under /api/v1. Unlike the pages they are strict: nothing asked is silently changed."""
    api = Blueprint("api", __name__, url_prefix="/api/v1")

    def generation() -> str:
        """Asked before reading, so that a tag is never newer than what is read."""
        return searcher.engine.info().generation

    @api.get("/search")
    def search() -> Response:
        question = parse_parameters(request.args.items(multi=True), searcher.engine.schema)
        return tagged_json(
            generation(), query_string(question), lambda: answer_payload(searcher.search(question))
        )

    @api.get("/suggest")
    def suggest() -> Response:
        text, limit = parse_suggest(request.args.items(multi=True))
        asked = f"suggest {limit} {text}"
        return tagged_json(generation(), asked, lambda: suggestions_payload(searcher.suggest(text, limit)))

    @api.get("/facets/<name>")
    def facet(name: str) -> Response:
        schema = searcher.engine.schema
        listing = parse_listing(facet_named(name, schema), request.args.items(multi=True), schema)
        return tagged_json(
            generation(), api_path(listing), lambda: listing_payload(searcher.list_facet(listing))
        )

    @api.get("/documents/<doc_id>")
    def document(doc_id: str) -> AnyResponse:
        for name in request.args:
            raise ParameterError(name, f"There is no parameter {name!r} here.")
        read = generation()
        found = searcher.document(doc_id)
        if found is None:
            return moved(searcher, doc_id, "/api/v1")
        return tagged_json(read, doc_id, lambda: document_payload(found))

    return api
