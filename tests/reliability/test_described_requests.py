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
    case.call_and_validate(headers=plain, additional_checks=[refused_for_what_no_schema_says])
