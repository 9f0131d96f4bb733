"""The description of the API as OpenAPI 3.1, made of the endpoints, their parameters and their Structs.

https://spec.openapis.org/oas/v3.1.0. Its schemas are JSON Schema 2020-12, from the types of the payloads.
"""

import re
from collections.abc import Iterable
from http import HTTPStatus
from inspect import cleandoc
from typing import Any

import msgspec

import search
from search.api.endpoints import DESCRIPTION, ENDPOINTS, JSON, PROBLEM_JSON, Endpoint, UnavailablePayload
from search.api.facet_payload import DateFacetPayload, FacetPayload
from search.api.hit import HitPayload
from search.api.problems import ALWAYS, PROBLEMS, ProblemPayload, ProblemType
from search.api.urls import HEALTH, problem_url
from search.parameters.parameter import JsonSchema, Parameter, without_links
from search.schema import Schema
from search.settings import Site

_REF = "#/components/schemas/{name}"
_NAMED_IN_SCHEMAS = (HitPayload, FacetPayload, DateFacetPayload)  # which refer to them by name
_INTRODUCTION = """\
Every request is a `GET` and needs no key. Unknown parameters and values out of range are refused with 400, \
never changed silently; errors are problem details (RFC 9457) with a stable `code`. Answers carry an `ETag`: \
send it back as `If-None-Match`, and an unchanged answer is a 304. Keys may be added to answers, and none is \
ever changed."""


def openapi(schema: Schema, site: Site) -> dict[str, Any]:
    """The description of the API of a site over an index of this schema."""
    bodies, components = _schemas()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": site.title,
            "summary": site.intro or DESCRIPTION,
            "description": _INTRODUCTION,
            "version": search.__version__,
        },
        "servers": [{"url": site.base_url or "/"}],
        "paths": {
            endpoint.path: {"get": _operation(endpoint, schema, bodies, site.base_url)}
            for endpoint in ENDPOINTS
        },
        "components": {"schemas": components},
    }


def _schemas() -> tuple[dict[Any, JsonSchema], dict[str, JsonSchema]]:
    """The schema of each type of body, and the components that these refer to."""
    structs = {kind for endpoint in ENDPOINTS for kind in endpoint.answers.values() if kind is not str}
    structs |= {ProblemPayload, UnavailablePayload, *_NAMED_IN_SCHEMAS}
    kinds = sorted(structs, key=str)
    schemas, components = _without_suffix(msgspec.json.schema_components(kinds, ref_template=_REF))
    for component in components.values():  # a docstring's indented lines would be code in Markdown
        component["description"] = cleandoc(component.get("description", ""))
    return dict(zip(kinds, schemas, strict=True)), components


def _without_suffix(schemas: Any) -> Any:
    """Schemas by the names that users know: `Hit`, where the Struct is HitPayload."""
    text = msgspec.json.encode(schemas).decode()
    return msgspec.json.decode(re.sub(r"\b([A-Z]\w+)Payload\b", r"\1", text))


def _operation(
    endpoint: Endpoint, schema: Schema, bodies: dict[Any, JsonSchema], site: str
) -> dict[str, Any]:
    parameters = [
        *(_parameter(item, "path") for item in endpoint.path_parameters(schema)),
        *(_parameter(item, "query") for item in endpoint.parameters(schema).parameters),
    ]
    return {
        "operationId": endpoint.name,
        "summary": _sentence(endpoint.summary).rstrip("."),
        "parameters": parameters,
        "responses": _success(endpoint, bodies) | _failures(endpoint, bodies, site),
    }


def _parameter(parameter: Parameter, place: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": place,
        "description": _sentence(parameter.meaning) + _without(parameter),
        "required": parameter.required,
        "schema": parameter.schema(),
    }
    if parameter.example:
        described["example"] = [parameter.example] if parameter.repeated else parameter.example
    return described


def _without(parameter: Parameter) -> str:
    """What holds without a parameter, where that depends on others."""
    if not parameter.otherwise:
        return ""
    return f" Without it: {without_links(parameter.otherwise)}."


def _success(endpoint: Endpoint, bodies: dict[Any, JsonSchema]) -> dict[str, Any]:
    ok: dict[str, Any] = {
        "description": _sentence(endpoint.summary),
        "content": {
            media_type: {"schema": {"type": "string"} if kind is str else bodies[kind]}
            for media_type, kind in endpoint.answers.items()
        },
    }
    meanings = dict(endpoint.headers)
    if endpoint.cached:
        meanings["ETag"] = "identifies this state of the answer"
    if meanings:
        ok["headers"] = {
            name: {"description": _sentence(meaning), "schema": {"type": "string"}}
            for name, meaning in meanings.items()
        }
    if not endpoint.cached:
        return {"200": ok}
    return {"200": ok, "304": {"description": "The answer that `If-None-Match` names has not changed."}}


def _failures(endpoint: Endpoint, bodies: dict[Any, JsonSchema], site: str) -> dict[str, Any]:
    if endpoint.path == HEALTH:
        unavailable = {"schema": bodies[UnavailablePayload]}
        return {"503": _with_retry({"description": "It would not.", "content": {JSON: unavailable}})}
    responses: dict[str, Any] = {}
    if "{id}" in endpoint.path:
        moved = {"description": "Where the document is now.", "schema": {"type": "string"}}
        responses["301"] = {"description": "The document has another id now.", "headers": {"Location": moved}}
    by_status: dict[int, list[ProblemType]] = {}
    for code in (*endpoint.errors, *ALWAYS):
        by_status.setdefault(PROBLEMS[code].status, []).append(PROBLEMS[code])
    for status, problems in sorted(by_status.items()):
        response = {
            "description": "; ".join(f"{item.title} (`{item.code}`)" for item in problems) + ".",
            "content": {
                PROBLEM_JSON: {"schema": bodies[ProblemPayload], "examples": _examples(problems, site)}
            },
        }
        responses[str(status)] = (
            _with_retry(response) if status == HTTPStatus.SERVICE_UNAVAILABLE else response
        )
    return responses


def _examples(problems: Iterable[ProblemType], site: str) -> dict[str, Any]:
    return {
        item.code: {
            "value": {
                "type": site + problem_url(item.code),
                "title": str(item.title),
                "status": item.status,
                "detail": str(item.example),
                "code": item.code,
            }
        }
        for item in problems
    }


def _with_retry(response: dict[str, Any]) -> dict[str, Any]:
    seconds = {"description": "Seconds after which to ask again.", "schema": {"type": "integer"}}
    return response | {"headers": {"Retry-After": seconds}}


def _sentence(text: str) -> str:
    plain = without_links(text)
    return f"{plain[:1].upper()}{plain[1:]}."
