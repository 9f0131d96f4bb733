"""The routes of the API below a document: the search within it, similar documents, and its citation."""

from datetime import UTC, datetime

from flask import Blueprint, Response, request

from search.api.citing import citation_of
from search.api.document_payload import in_document_payload, similar_payload
from search.api.urls import API, CITATION, SEARCH, SIMILAR, citation_api_url, in_document_api_url
from search.citation.formats import FORMATS
from search.parameters.document import parse_citation, parse_similar, parse_within
from search.searcher import Searcher
from search.settings import Site
from webui.api.etag import json_with_etag, with_etag
from webui.lookups import document_or_404


def document_blueprint(searcher: Searcher, site: Site) -> Blueprint:
    """The routes under /api/v1/documents/<id>/. They refuse every invalid parameter (ParameterError, 400)."""
    api = Blueprint("document", __name__, url_prefix=f"{API}/documents/<doc_id>")

    @api.get(SEARCH)
    def within(doc_id: str) -> Response:
        question = parse_within(request.args.items(multi=True))
        generation = searcher.info().generation  # before the document: never newer than the body
        document = document_or_404(searcher, doc_id, API, SEARCH)
        return json_with_etag(
            site,
            generation,
            in_document_api_url(doc_id, question),
            lambda: in_document_payload(searcher.search_in(document, question), question, site.base_url),
        )

    @api.get(SIMILAR)
    def similar_documents(doc_id: str) -> Response:
        limit = parse_similar(request.args.items(multi=True))
        generation = searcher.info().generation
        document = document_or_404(searcher, doc_id, API, SIMILAR)
        return json_with_etag(
            site,
            generation,
            f"{doc_id} similar {limit}",
            lambda: similar_payload(searcher.similar(document, limit), searcher.schema, site.base_url),
        )

    @api.get(CITATION)
    def citation(doc_id: str) -> Response:
        name = parse_citation(request.args.items(multi=True))
        generation = searcher.info().generation
        document = document_or_404(searcher, doc_id, API, CITATION)
        parent = searcher.document(document.parent) if document.parent else None
        form = FORMATS[name]
        response = with_etag(
            site,
            generation,
            f"{citation_api_url(doc_id, name)} {datetime.now(UTC).date()}",  # the day of access is in it
            lambda: form.write(citation_of(document, parent, site)).encode(),
            f"{form.media_type}; charset=utf-8",
        )
        if name != "text":
            response.headers.set("Content-Disposition", "attachment", filename=f"{doc_id}.{form.suffix}")
        return response

    return api
