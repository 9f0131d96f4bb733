"""The tables of search/api/endpoints.py and the routes of the application are the same.

An answer with an ETag has another one where the settings of the site, which it may hold, are others.
"""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.api.endpoints import ENDPOINTS, PAGES, Endpoint
from search.engines import open_engine
from search.schema import Schema
from search.settings import Settings, Site
from tests.archive import document, fill
from webui import create_app


def nameless(path: str) -> str:
    """A path without the names of its variable parts: a route may call them otherwise."""
    return re.sub(r"<.*?>|{.*?}", "{}", path)


def test_every_route_is_described_and_every_address_is_routed(app: Flask) -> None:
    described = [nameless(path) for path in (*PAGES, *(endpoint.path for endpoint in ENDPOINTS))]
    assert sorted(described) == sorted({nameless(rule.rule) for rule in app.url_map.iter_rules()})


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_an_unknown_parameter_is_refused(client: FlaskClient, endpoint: Endpoint) -> None:
    if endpoint.path == "/healthz":
        pytest.skip("a monitor may add what it likes to the address of a health check")
    address = re.sub("{id}", "molotov", endpoint.path).replace("{name}", "author")
    response = client.get(address, query_string={"colour": "red"})
    assert (response.status_code, response.get_json()["parameter"]) == (400, "colour")


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_a_parameter_says_what_it_means_and_reads_its_default(endpoint: Endpoint) -> None:
    schema = Schema()
    for parameter in (*endpoint.parameters(schema).parameters, *endpoint.path_parameters(schema)):
        assert parameter.meaning[0].islower() or parameter.meaning[0] in "`1"
        assert not parameter.meaning.endswith(".")
        for text in (parameter.example, *([] if parameter.default is None else [str(parameter.default)])):
            if text:
                parameter.kind.read(parameter.name, text.lower() if text in {"True", "False"} else text)


@pytest.fixture(scope="module")
def sites() -> list[FlaskClient]:
    """An archive at two public addresses, and with another title."""
    one, other = "https://one.example.org", "https://other.example.org"
    places = [Site(base_url=one), Site(base_url=other), Site(base_url=one, title="Papers")]
    engine = fill(open_engine("memory:", Schema()), [document("molotov", "Armistice talks.")])
    return [create_app(Settings(site=site), engine).test_client() for site in places]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.path)
def test_each_site_has_etags_of_its_own(sites: list[FlaskClient], endpoint: Endpoint) -> None:
    address = re.sub("{id}", "molotov", endpoint.path).replace("{name}", "author")
    asked = {item.name: item.example for item in endpoint.parameters(Schema()).parameters if item.required}
    tags = [site.get(address, query_string=asked, buffered=True).get_etag()[0] for site in sites]
    assert (len(set(tags)) == 3 and all(tags)) if endpoint.cached else tags == [None] * 3
