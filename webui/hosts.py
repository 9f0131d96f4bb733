"""Is a request answered under the name that it asks for? Else no page comes of it, but a 421."""

from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.exceptions import MisdirectedRequest

from search.listening.names import host_name, is_answered


def check_hosts(app: Flask, base_url: str) -> None:
    """Answer 421 to every request of an app whose Host is not one that `is_answered` allows."""
    public = host_name(urlsplit(base_url).netloc)

    @app.before_request
    def _check() -> None:
        bound, host = request.environ["SERVER_NAME"], request.environ.get("HTTP_HOST")
        if host is not None and not is_answered(host_name(host), bound, public):
            raise MisdirectedRequest(
                "This service does not answer under this name. "
                "Whoever runs it can set its public address as site.base_url."
            )
