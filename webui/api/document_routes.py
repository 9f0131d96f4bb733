"""The routes of the JSON API below a document: the search within it, and similar documents."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from search.api.document_payload import in_document_payload, similar_payload
from search.api.parameters import MAX_PER_PAGE, parse_parameters, whole_number
from search.api.urls import API, SEARCH, SIMILAR, in_document_api_url
from search.errors import ParameterError
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from search.suggestions.similar import DEFAULT_SIMILAR, MAX_SIMILAR
from webui.api.etag import json_with_etag
from webui.lookups import redirect_or_404

_WITHIN_PARAMETERS = ("q", "match", "expand", "page", "per_page")


def document_blueprint(searcher: Searcher) -> Blueprint:
    """The routes under /api/v1/documents/<id>/. They refuse every invalid parameter (ParameterError, 400)."""
    api = Blueprint("document", __name__, url_prefix=f"{API}/documents/<doc_id>")

    @api.get(SEARCH)
    def within(doc_id: str) -> AnyResponse:
        question = _parse_within(searcher.schema)
        generation = searcher.info().generation  # before the document: never newer than the body
        document = searcher.document(doc_id)
        if document is None:
            return redirect_or_404(searcher, doc_id, API, SEARCH)
        return json_with_etag(
            generation,
            in_document_api_url(doc_id, question),
            lambda: in_document_payload(searcher.search_in(document, question), question),
        )

    @api.get(SIMILAR)
    def similar_documents(doc_id: str) -> AnyResponse:
        limit = _parse_limit()
        generation = searcher.info().generation
        document = searcher.document(doc_id)
        if document is None:
            return redirect_or_404(searcher, doc_id, API, SIMILAR)
        return json_with_etag(
            generation,
            f"{doc_id} similar {limit}",
            lambda: similar_payload(searcher.similar(document, limit), searcher.schema),
        )

    return api


def _parse_within(schema: Schema) -> Question:
    _refuse_others(_WITHIN_PARAMETERS)
    default = [] if "per_page" in request.args else [("per_page", str(MAX_PER_PAGE))]
    question = parse_parameters([*request.args.items(multi=True), *default], schema)
    if not question.text.strip():
        raise ParameterError("q", "Say with q what to look for in the document.")
    return question


def _parse_limit() -> int:
    _refuse_others(("limit",))
    limits = request.args.getlist("limit")
    if len(limits) > 1:
        raise ParameterError("limit", "The parameter 'limit' can be given only once.")
    return whole_number(MAX_SIMILAR)("limit", limits[0]) if limits else DEFAULT_SIMILAR


def _refuse_others(known: tuple[str, ...]) -> None:
    for name in request.args:
        if name not in known:
            raise ParameterError(name, f"There is no parameter {name!r} here; there are {', '.join(known)}.")
