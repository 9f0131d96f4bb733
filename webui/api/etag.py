"""Answers that a client need not be sent twice: JSON with an ETag."""

from collections.abc import Callable
from hashlib import sha256

import msgspec
from flask import Response, request


def tagged_json(generation: str, asked: str, make: Callable[[], object]) -> Response:
    """What `make` gives, as JSON; or 304, without making it, where the client has this answer already.

    The tag changes with the index and with what is asked of it, and with nothing else. It is weak: the
    time a search took may stand in the body.
    """
    tag = sha256(f"{generation} {asked}".encode()).hexdigest()[:24]
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
    else:
        response = Response(msgspec.json.encode(make()), content_type="application/json")
    response.set_etag(tag, weak=True)
    return response
