"""The health check for load balancers and monitoring."""

import msgspec
from flask import Blueprint, Response, current_app

import search
from search.api.endpoints import JSON, HealthPayload, UnavailablePayload
from search.api.urls import HEALTH
from search.errors import EngineError
from search.searcher import Searcher

_UNAVAILABLE = "The index cannot be searched; the log of the service says why."


def health_blueprint(searcher: Searcher) -> Blueprint:
    """`/healthz`: 200 while the index can be searched, else 503; the reason is in the log."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get(HEALTH)
    def healthz() -> Response:
        try:
            searcher.ping()
            info = searcher.info()
        except EngineError as error:
            current_app.logger.error("healthz: %s", error)
            body = msgspec.json.encode(UnavailablePayload("unavailable", _UNAVAILABLE))
            return Response(body, 503, {"Retry-After": "30"}, content_type=JSON)
        health = HealthPayload(
            "ok", info.engine, info.documents, info.generation, info.updated, search.__version__
        )
        return Response(msgspec.json.encode(health), content_type=JSON)

    return blueprint
