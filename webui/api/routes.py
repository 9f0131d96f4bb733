"""The routes of the JSON API: search, suggestions and documents."""

import msgspec
from flask import Blueprint, Response, request

from search.api.document_payload import document_payload
from search.api.endpoints import JSON, SUGGESTIONS_JSON
from search.api.payload import answer_payload, browser_suggestions, suggestions_payload
from search.api.receipt import receipt_now
from search.api.urls import API, RECEIPT, SEARCH, SUGGESTIONS, search_api_url
from search.parameters.parameter import ParameterTable
from search.parameters.question import MAX_PER_PAGE, parse_parameters, parse_suggest
from search.parameters.receipt import parse_receipt
from search.receipt.receipt import Receipt
from search.receipt.text import receipt_text
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Site
from webui.api.etag import json_with_etag, with_etag
from webui.log.searched import noted
from webui.lookups import document_or_404


def api_blueprint(searcher: Searcher, site: Site) -> Blueprint:
    """The routes under /api/v1. Unlike the pages they refuse invalid parameters (ParameterError)."""
    api = Blueprint("api", __name__, url_prefix=API)

    def generation() -> str:
        """The generation for the ETag. Read before the data, so that the tag is never newer than the body."""
        return searcher.info().generation

    @api.get(SEARCH)
    def search() -> Response:
        question = parse_parameters(request.args.items(multi=True), searcher.schema)
        return json_with_etag(
            site,
            generation(),
            search_api_url(question),
            lambda: answer_payload(noted(searcher.search(question)), site.base_url),
        )

    @api.get(SEARCH + RECEIPT)
    def receipt() -> Response:
        question, form = parse_receipt(request.args.items(multi=True), searcher.schema)
        with searcher.reading():
            found = receipt_now(noted(searcher.search(question)), searcher.date_certainty(question), site)
        return _receipt(found, form, searcher.schema)

    @api.get(SUGGESTIONS)
    def suggest() -> Response:
        text, limit, form = parse_suggest(request.args.items(multi=True))
        for_browsers = form == "opensearch"

        def body() -> bytes:
            found = searcher.suggest(text, limit)
            if for_browsers:
                return msgspec.json.encode(browser_suggestions(text, found, site.base_url))
            return msgspec.json.encode(suggestions_payload(found, site.base_url))

        resource = f"suggest {form} {limit} {text}"
        return with_etag(site, generation(), resource, body, SUGGESTIONS_JSON if for_browsers else JSON)

    @api.get("/documents/<doc_id>")
    def document(doc_id: str) -> Response:
        ParameterTable().read(request.args.items(multi=True))
        tagged = generation()
        shown = document_or_404(searcher, doc_id, API)
        return json_with_etag(
            site,
            tagged,
            doc_id,
            lambda: document_payload(shown, searcher.parts(shown, MAX_PER_PAGE), site.base_url),
        )

    return api


def _receipt(found: Receipt, form: str, schema: Schema) -> Response:
    if form == "text":
        response = Response(receipt_text(found, schema), content_type="text/plain; charset=utf-8")
    else:
        response = Response(msgspec.json.encode(found), content_type=JSON)
    response.cache_control.no_store = True  # it states the time of this very search
    return response
