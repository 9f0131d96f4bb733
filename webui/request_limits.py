"""What may a request take? Those above a server's capacity are turned away; each other one has its time."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask, request

from search.engines.deadline import time_limit
from search.errors import Overloaded, RateLimited
from search.messages import Message

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

OVERLOADED = "opis.overloaded"
"""The key of the WSGI environment by which a server says that it has no capacity for a request."""
RATE_LIMITED = "opis.rate_limited"
"""The key by which it says in how many seconds a client that asks too often may ask again; 0 for others."""

_CLIENT_LEFT = "waitress.client_disconnected"  # a function in the environment; other servers have none


def limit_requests(app: Flask, seconds: float) -> None:
    """Turn away the requests that the server marks, and give each other one `seconds` for its searches.

    What is streamed after the response has begun has no limit.
    """

    @app.before_request
    def _turn_away() -> None:
        if seconds := request.environ.get(RATE_LIMITED):
            raise RateLimited(seconds)
        if request.environ.get(OVERLOADED):
            raise Overloaded(Message("Too many searches are under way. Please try again in a few seconds."))

    inner = app.wsgi_app

    def limited(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        has_left: Callable[[], bool] = environ.get(_CLIENT_LEFT, lambda: False)
        with time_limit(seconds, has_left):
            return inner(environ, start_response)

    app.wsgi_app = limited  # type: ignore[method-assign]
