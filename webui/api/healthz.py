"""The health check for load balancers and monitoring."""

import msgspec
from flask import Blueprint, Response, current_app

from search.errors import EngineError
from search.searcher import Searcher

_UNAVAILABLE = "The index cannot be searched; the log of the service says why."


def health_blueprint(searcher: Searcher) -> Blueprint:
    """`/healthz`: 200 while the index can be searched, else 503; the reason is in the log."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        try:
            searcher.ping()
            info = searcher.info()
        except EngineError as error:
            current_app.logger.error("healthz: %s", error)
            body: dict[str, object] = {"status": "unavailable", "detail": _UNAVAILABLE}
            return Response(
                msgspec.json.encode(body), 503, {"Retry-After": "30"}, content_type="application/json"
            )
        body = {
            "status": "ok",
            "engine": info.engine,
            "documents": info.documents,
            "generation": info.generation,
            "updated": info.updated,
        }
        return Response(msgspec.json.encode(body), content_type="application/json")

    return health
