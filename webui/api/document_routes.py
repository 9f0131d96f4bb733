"""The routes of the JSON API below a document: the search within it, and similar documents."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from search.api.document_parameters import parse_similar, parse_within
from search.api.document_payload import in_document_payload, similar_payload
from search.api.urls import API, SEARCH, SIMILAR, in_document_api_url
from search.searcher import Searcher
from search.settings import Site
from webui.api.etag import json_with_etag
from webui.lookups import redirect_or_404


def document_blueprint(searcher: Searcher, site: Site) -> Blueprint:
    """The routes under /api/v1/documents/<id>/. They refuse every invalid parameter (ParameterError, 400)."""
    api = Blueprint("document", __name__, url_prefix=f"{API}/documents/<doc_id>")

    @api.get(SEARCH)
    def within(doc_id: str) -> AnyResponse:
        question = parse_within(request.args.items(multi=True), searcher.schema)
        generation = searcher.info().generation  # before the document: never newer than the body
        document = searcher.document(doc_id)
        if document is None:
            return redirect_or_404(searcher, doc_id, API, SEARCH)
        return json_with_etag(
            generation,
            in_document_api_url(doc_id, question),
            lambda: in_document_payload(searcher.search_in(document, question), question, site.base_url),
        )

    @api.get(SIMILAR)
    def similar_documents(doc_id: str) -> AnyResponse:
        limit = parse_similar(request.args.items(multi=True))
        generation = searcher.info().generation
        document = searcher.document(doc_id)
        if document is None:
            return redirect_or_404(searcher, doc_id, API, SIMILAR)
        return json_with_etag(
            generation,
            f"{doc_id} similar {limit}",
            lambda: similar_payload(searcher.similar(document, limit), searcher.schema, site.base_url),
        )

    return api
