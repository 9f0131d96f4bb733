"""Facet names and document ids in a URL's path: unknown ones get 404, documents that moved a redirect."""

from flask import request
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from search.api.urls import document_url
from search.document import Document
from search.errors import ParameterError
from search.parameters.filters import facet_name
from search.schema import Schema
from search.searcher import Searcher


class Moved(RequestRedirect):
    """A permanent redirect (301) to the present address of what is asked for."""

    code = 301


def facet_or_404(name: str, schema: Schema) -> str:
    """The name, if the schema has a facet of that name. Raises NotFound otherwise."""
    try:
        return facet_name(schema).read("name", name)
    except ParameterError as error:
        raise NotFound(str(error)) from error


def document_or_404(searcher: Searcher, doc_id: str, prefix: str = "", suffix: str = "") -> Document:
    """The document of an id.

    Raises Moved if its id has changed, to its path with `prefix` before and `suffix` behind it and the query
    string of this request; NotFound if no document ever had this id.
    """
    if document := searcher.document(doc_id):
        return document
    if (new_id := searcher.moved_to(doc_id)) is None:
        raise NotFound(f"There is no document {doc_id!r}.")
    query = request.query_string.decode("utf-8", "replace")
    raise Moved(prefix + document_url(new_id) + suffix + (f"?{query}" if query else ""))
