"""The service does what /openapi.json says of it, whatever is asked.

Requests are made from the description, valid and invalid ones; every answer has a status, a media type,
headers and a schema that the description declares, and what is invalid is refused. The environment variable
OPENAPI_EXAMPLES sets how many are made for each endpoint; `make soak` makes many.
"""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings

from index.indexer import Indexer
from search.api.openapi import openapi
from search.engines import open_engine
from search.settings import Settings
from tests.archive import SEEDS
from webui import create_app

CONFIG = Path(__file__).parents[2] / "schemathesis.toml"
EXAMPLES = int(os.environ.get("OPENAPI_EXAMPLES", "0"))  # 0: a few, and always the same


@cache
def seeds() -> Flask:
    engine = open_engine("memory:", Settings().schema)
    Indexer(engine, engine.schema).run([str(SEEDS)])
    return create_app(Settings(), engine)


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The application over seeds/, made for the first request."""
    return seeds()(environ, start_response)


DESCRIBED = schemathesis.openapi.from_dict(
    openapi(Settings().schema, Settings().site), config=schemathesis.Config.from_path(CONFIG)
)
DESCRIBED.app = application


BEYOND_SCHEMAS = (
    "results can be paged through",  # page and per_page together
    "filters at most",  # all filters together
    "date_to lies before date_from",
    "is no date",  # a range that ends before it begins, or a 29 February of another year
    "q must have a word",  # white space that \s is not
    "leave out page and per_page",  # of a CSV file, which has all values
)
"""What is refused though its parameters are valid each by itself."""


def refused_for_what_no_schema_says(
    context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """A refusal of a valid request is a fault, but for these; in place of `positive_data_acceptance`."""
    assert case.meta is not None
    if response.status_code == 400 and case.meta.generation.mode.is_positive:
        assert any(reason in response.json()["detail"] for reason in BEYOND_SCHEMAS), response.json()


def accepted_against_the_description(
    context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """An invalid request that is accepted is a fault; in place of `negative_data_rejection`.

    What counts is what was sent: a number in place of a list of names is a name once it is in a URL.
    """
    assert case.meta is not None
    if response.status_code < 400 and case.meta.generation.mode.is_negative:
        described = {p.name: p.definition["schema"] for p in case.operation.query}
        sent = parse_qs(urlsplit(str(response.request.url)).query, keep_blank_values=True)
        for name, values in sent.items():
            assert name in described, name
            assert jsonschema_rs.is_valid(described[name], _decoded(values, described[name])), (name, values)


def _decoded(values: list[str], schema: dict[str, Any]) -> Any:
    """The values of a parameter as its schema speaks of them."""
    if schema["type"] == "array" or len(values) > 1:
        return values
    [value] = values
    match schema["type"]:
        case "integer" if value.lstrip("-").isdecimal():
            return int(value)
        case "boolean":
            return {"true": True, "false": False}.get(value, value)
    return value


@pytest.mark.slow
@DESCRIBED.parametrize()
@settings(
    max_examples=EXAMPLES or 15,
    derandomize=not EXAMPLES,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case: schemathesis.Case[Any]) -> None:
    # Asked for within the process, a compressed answer is not unpacked.
    plain = {"Accept-Encoding": "identity"}
    checks: list[Any] = [refused_for_what_no_schema_says, accepted_against_the_description]
    case.call_and_validate(headers=plain, additional_checks=checks)
