"""Which other sites' pages may read the API in a browser? Those that the setting `api.allow_origins` names.

Cross-Origin Resource Sharing: https://fetch.spec.whatwg.org/#http-cors-protocol.
"""

from collections.abc import Collection

from flask import Flask, Response, request

from search.api.urls import is_for_programs

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_ANSWER = {
    "Access-Control-Expose-Headers": "ETag, Retry-After, Content-Disposition, Opis-Generation, "
    "Opis-Relaxed, Opis-Total"
}


def allow_origins(app: Flask, origins: Collection[str]) -> None:
    """Let pages of these origins (`*`: of all) read the API; without any, those of no other site."""

    @app.after_request
    def _allow(response: Response) -> Response:
        if not origins or not is_for_programs(request.path):
            return response
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        allowed = "*" if "*" in origins else origin if origin in origins else ""
        if allowed:
            response.headers["Access-Control-Allow-Origin"] = allowed
            response.headers.update(_PREFLIGHT if request.method == "OPTIONS" else _ANSWER)
        return response
