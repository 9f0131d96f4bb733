"""What a program finds out by itself.

1. /api/v1 has the address of everything, and each address answers.
2. The type of every error leads to its explanation on a page of this service.
3. Links are absolute where the public address is set, and paths where it is not.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

import search
from search.api.problems import PROBLEMS
from search.settings import Site
from tests.webui.conftest import DOCUMENTS, SETTINGS, app_with
from tests.webui.html_page import Get

BASE = "https://example.org/letters"


def test_1_the_table_of_contents(client: FlaskClient) -> None:
    body = client.get("/api/v1").get_json()
    assert (body["title"], body["version"]) == (SETTINGS.site.title, search.__version__)
    assert body["description"] == SETTINGS.site.intro
    assert {"self", "search", "suggest", "openapi_json", "html"} <= set(body["links"])
    for link in body["links"].values():
        address = link.replace("{id}", "molotov").replace("{name}", "author")
        needs = {"search": "?q=armistice", "export": "?format=csv"}.get(address.rpartition("/")[2], "")
        assert client.get(address + needs).status_code == 200


def test_1_it_is_kept_by_clients(client: FlaskClient) -> None:
    for path in ("/api/v1", "/openapi.json"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_2_every_error_is_explained(client: FlaskClient, get: Get) -> None:
    page = get("/help/errors")
    headings = {attrs["id"] for tag, attrs in page.tags if tag == "h2"}
    assert headings - {"shortcuts-title"} == set(PROBLEMS)
    for path in ("/api/v1/search?page=0", "/api/v1/documents/none", "/openapi.json?v=1"):
        problem = client.get(path).get_json()
        assert problem["type"] == f"/help/errors#{problem['code']}"
        assert problem["code"] in PROBLEMS


def addresses(body: Any) -> Iterator[str]:
    """Every link in a body."""
    if isinstance(body, dict):
        for key, value in body.items():
            if key == "url" or (key == "type" and "status" in body):
                yield value
            elif key == "links":
                yield from filter(None, value.values())
            else:
                yield from addresses(value)
    elif isinstance(body, list):
        for item in body:
            yield from addresses(item)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1",
        "/api/v1/search?q=armistice+4+July+1953&facet=author&facet=date&per_page=1",
        "/api/v1/search?q=armistice+talks+korean",
        "/api/v1/search?q=zeppelin+armistice&author=Kuznetsov&match=all",
        "/api/v1/search?page=0",
        "/api/v1/documents/molotov",
        "/api/v1/documents/molotov/search?q=armistice&per_page=1",
        "/api/v1/documents/molotov/similar",
        "/api/v1/facets/author?per_page=1",
        "/api/v1/facets/date",
        "/api/v1/suggest?q=kuz",
    ],
)
def test_3_links_are_absolute_where_the_public_address_is_set(client: FlaskClient, path: str) -> None:
    public = app_with(DOCUMENTS, replace(SETTINGS, site=replace(SETTINGS.site, base_url=BASE))).test_client()
    found = list(addresses(public.get(path).get_json()))
    assert found or "similar" in path
    assert not [address for address in found if not address.startswith(f"{BASE}/")]
    paths = list(addresses(client.get(path).get_json()))
    assert paths == [address.removeprefix(BASE) for address in found]


def test_3_pages_have_paths(client: FlaskClient) -> None:
    public = app_with(DOCUMENTS, replace(SETTINGS, site=Site(base_url=BASE))).test_client()
    links = re.findall(r'<a [^>]*href="(.*?)"', public.get("/search?q=armistice").text)
    assert links
    assert not [link for link in links if link.startswith(BASE)]
