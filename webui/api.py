"""The JSON API: the same answers as the pages, for programs."""

from hashlib import sha256

import msgspec
from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from search.errors import ParameterError
from search.facet_list import api_path, parse_listing
from search.facet_payload import listing_payload
from search.parameters import parse_parameters, parse_suggest, query_string
from search.payload import answer_payload, document_payload, suggestions_payload
from search.searcher import Searcher
from webui.facet_page import facet_named
from webui.pages import moved


def api_blueprint(searcher: Searcher) -> Blueprint:
    """The routes under /api/v1. Unlike the pages they are strict: nothing asked is silently changed."""
    api = Blueprint("api", __name__, url_prefix="/api/v1")

    @api.get("/search")
    def search() -> Response:
        question = parse_parameters(request.args.items(multi=True), searcher.engine.schema)
        asked = query_string(question)
        tag = _tag(searcher.engine.info().generation, asked)
        if request.if_none_match.contains_weak(tag):
            return _tagged(Response(status=304), tag)
        answer = searcher.search(question)
        return _tagged(_json(answer_payload(answer)), _tag(answer.index.generation, asked))

    @api.get("/suggest")
    def suggest() -> Response:
        text, limit = parse_suggest(request.args.items(multi=True))
        tag = _tag(searcher.engine.info().generation, f"suggest {limit} {text}")
        if request.if_none_match.contains_weak(tag):
            return _tagged(Response(status=304), tag)
        return _tagged(_json(suggestions_payload(searcher.suggest(text, limit))), tag)

    @api.get("/facets/<name>")
    def facet(name: str) -> Response:
        schema = searcher.engine.schema
        listing = parse_listing(facet_named(name, schema), request.args.items(multi=True), schema)
        asked = api_path(listing)
        tag = _tag(searcher.engine.info().generation, asked)
        if request.if_none_match.contains_weak(tag):
            return _tagged(Response(status=304), tag)
        answer = searcher.list_facet(listing)
        return _tagged(_json(listing_payload(answer)), _tag(answer.index.generation, asked))

    @api.get("/documents/<doc_id>")
    def document(doc_id: str) -> AnyResponse:
        for name in request.args:
            raise ParameterError(name, f"There is no parameter {name!r} here.")
        tag = _tag(searcher.engine.info().generation, doc_id)  # before reading: never newer than what is read
        found = searcher.document(doc_id)
        if found is None:
            return moved(searcher, doc_id, "/api/v1")
        if request.if_none_match.contains_weak(tag):
            return _tagged(Response(status=304), tag)
        return _tagged(_json(document_payload(found)), tag)

    return api


def _json(payload: object) -> Response:
    return Response(msgspec.json.encode(payload), content_type="application/json")


def _tag(generation: str, asked: str) -> str:
    """Changes with the index and with what is asked of it, and with nothing else."""
    return sha256(f"{generation} {asked}".encode()).hexdigest()[:24]


def _tagged(response: Response, tag: str) -> Response:
    # Weak: the time a search took stands in the body, and differs between equal answers.
    response.set_etag(tag, weak=True)
    return response
