"""Conditional requests: answers with an ETag, and 304 Not Modified for a client that has one already."""

from collections.abc import Callable, Iterable
from hashlib import sha256

import msgspec
from flask import Response, request

import search
from search.settings import Site

_VERSION = search.__version__


def json_with_etag(site: Site, generation: str, resource: str, payload: Callable[[], object]) -> Response:
    """The payload as JSON, or 304 (see `with_etag`)."""
    return with_etag(site, generation, resource, lambda: msgspec.json.encode(payload()), "application/json")


def with_etag(
    site: Site, generation: str, resource: str, body: Callable[[], bytes | Iterable[bytes]], content_type: str
) -> Response:
    """The body, of which blocks are streamed; or 304, without computing it, if the client's copy is current.

    The ETag is a hash of the index generation, of `resource`, which identifies the request, of the settings
    of the site, whose address links begin with, and of the program's version, since another may answer with
    more keys. It is weak (RFC 9110, 8.8.1), because the body may contain the time that a search took.
    """
    tag = sha256(f"{_VERSION} {site} {generation} {resource}".encode()).hexdigest()[:24]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(body(), content_type=content_type)
    response.set_etag(tag, weak=True)
    return response
