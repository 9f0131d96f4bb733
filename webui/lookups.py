"""Facet names and document ids in a URL's path: unknown ones get 404, documents that moved a redirect."""

from flask import redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from search.api.urls import document_url
from search.request import DATE
from search.schema import Schema
from search.searcher import Searcher


def facet_or_404(name: str, schema: Schema) -> str:
    """The name, if the schema has a facet of that name. Raises NotFound otherwise."""
    if name != DATE and name not in schema.facets:
        raise NotFound(f"There is no facet {name!r}; there are {', '.join([*schema.facets, DATE])}.")
    return name


def redirect_or_404(searcher: Searcher, doc_id: str, prefix: str = "", suffix: str = "") -> Response:
    """A permanent redirect to a document whose id has changed, with the query string of this request.

    `prefix` and `suffix` are put before and after the document's path. Raises NotFound if no document ever
    had this id.
    """
    if (new_id := searcher.moved_to(doc_id)) is None:
        raise NotFound(f"There is no document {doc_id!r}.")
    query = request.query_string.decode("utf-8", "replace")
    return redirect(prefix + document_url(new_id) + suffix + (f"?{query}" if query else ""), 301)
