"""The routes that tell a program what there is: the table of contents at /api/v1, and /openapi.json."""

from hashlib import sha256

import msgspec
from flask import Blueprint, Response, request

from search.api.endpoints import contents_payload
from search.api.openapi import openapi
from search.api.urls import API, OPENAPI
from search.parameters.parameter import ParameterTable
from search.schema import Schema
from search.settings import Site
from webui.api.etag import json_with_etag


def description_blueprint(schema: Schema, site: Site) -> Blueprint:
    """Both change with the program and the settings alone, so they are made once."""
    blueprint = Blueprint("description", __name__)
    for path, body in ((API, contents_payload(site)), (OPENAPI, openapi(schema, site))):
        _serve(blueprint, site, path, msgspec.json.encode(body))
    return blueprint


def _serve(blueprint: Blueprint, site: Site, path: str, body: bytes) -> None:
    version = sha256(body).hexdigest()

    def answer() -> Response:
        ParameterTable().read(request.args.items(multi=True))
        return json_with_etag(site, version, path, lambda: msgspec.Raw(body))

    blueprint.add_url_rule(
        path, endpoint=path.strip("/").replace("/", "_").replace(".", "_"), view_func=answer
    )
