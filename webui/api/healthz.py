"""Whether the service can answer, for whatever watches over it."""

import msgspec
from flask import Blueprint, Response

from search.errors import EngineError
from search.searcher import Searcher


def health_blueprint(searcher: Searcher) -> Blueprint:
    """`/healthz`: 200 while a search would work, else 503 and why."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        try:
            searcher.ping()
            info = searcher.info()
        except EngineError as error:
            body: dict[str, object] = {"status": "unavailable", "detail": str(error)}
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
