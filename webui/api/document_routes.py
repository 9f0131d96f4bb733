"""The JSON API of a document being read: the search in it, and what is like it."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from search.api.document_payload import similar_payload, within_payload
from search.api.parameters import MAX_PER_PAGE, parse_parameters, whole_number
from search.api.urls import API, SEARCH, SIMILAR, in_document_api_url
from search.errors import ParameterError
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from search.suggestions.similar import DEFAULT_SIMILAR, MAX_SIMILAR
from webui.api.etag import tagged_json
from webui.pages.routes import moved

_WITHIN = ("q", "match", "expand", "page", "per_page")


def reading_blueprint(searcher: Searcher) -> Blueprint:
    """The routes below the endpoint of a document. Strict, as all of the API."""
    api = Blueprint("reading", __name__, url_prefix=f"{API}/documents/<doc_id>")

    @api.get(SEARCH)
    def within(doc_id: str) -> AnyResponse:
        question = _parse_within(searcher.schema)
        generation = searcher.info().generation  # before reading: never newer than what is read
        document = searcher.document(doc_id)
        if document is None:
            return moved(searcher, doc_id, API, SEARCH)
        asked = in_document_api_url(doc_id, question)
        return tagged_json(
            generation, asked, lambda: within_payload(searcher.within(document, question), question)
        )

    @api.get(SIMILAR)
    def like(doc_id: str) -> AnyResponse:
        limit = _parse_limit()
        generation = searcher.info().generation
        document = searcher.document(doc_id)
        if document is None:
            return moved(searcher, doc_id, API, SIMILAR)
        return tagged_json(
            generation,
            f"{doc_id} similar {limit}",
            lambda: similar_payload(searcher.similar(document, limit), searcher.schema),
        )

    return api


def _parse_within(schema: Schema) -> Question:
    _refuse_unless(_WITHIN)
    sized = [] if "per_page" in request.args else [("per_page", str(MAX_PER_PAGE))]
    question = parse_parameters([*request.args.items(multi=True), *sized], schema)
    if not question.text.strip():
        raise ParameterError("q", "Say with q what to look for in the document.")
    return question


def _parse_limit() -> int:
    _refuse_unless(("limit",))
    given = request.args.getlist("limit")
    if len(given) > 1:
        raise ParameterError("limit", "The parameter 'limit' can be given only once.")
    return whole_number(MAX_SIMILAR)("limit", given[0]) if given else DEFAULT_SIMILAR


def _refuse_unless(known: tuple[str, ...]) -> None:
    for name in request.args:
        if name not in known:
            raise ParameterError(name, f"There is no parameter {name!r} here; there are {', '.join(known)}.")
