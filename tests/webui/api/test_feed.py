"""Feeds as they are served.

1. A feed is found by the pages and the JSON of its search, and lists what that finds, newest first.
2. It takes the parameters of a search, and refuses others as the API does.
3. It is answered with 304 while the index is the same, and links to the address at which it was asked for.
4. Crawlers are told to leave it alone.
"""

import pytest
from flask.testing import FlaskClient

from search.settings import Settings, Site
from tests.archive import document
from tests.atom_feed import parsed
from tests.webui.conftest import app_with
from tests.webui.html_page import Get

DOCUMENTS = [
    document("old", "The armistice.", authors=["Anna Berg"], date="1951", indexed=1_600_000_000),
    document("new", "The armistice talks.", authors=["Karl Holm"], date="1871", indexed=1_700_000_000),
    document("first", "A letter.", indexed=1_500_000_000),
]


@pytest.fixture(scope="module")
def archive() -> FlaskClient:
    return app_with(DOCUMENTS).test_client()


def titles(client: FlaskClient, address: str) -> list[str]:
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "application/atom+xml"), response.text
    return [entry.title for entry in parsed(response.data).entries]


def test_1_pages_and_payloads_lead_to_it(archive: FlaskClient, get: Get) -> None:
    home = get("/", client=archive)
    (link,) = home.all("link", rel="alternate")
    assert (link["type"], link["href"]) == ("application/atom+xml", "/search.atom")
    results = get("/search?q=armistice&sort=title&page=1&per_page=25", client=archive)
    (link,) = results.all("link", rel="alternate")
    assert (link["href"], link["title"]) == ("/search.atom?q=armistice", "armistice")
    assert titles(archive, link["href"]) == ["new", "old"]
    assert "/search.atom?q=armistice" in results.links()
    assert "/search.atom?q=zeppelin" in get("/search?q=zeppelin", client=archive).links()
    links = archive.get("/api/v1/search?q=armistice&page=2&fields=id").get_json()["links"]
    assert links["atom"] == "/search.atom?q=armistice"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["new", "old", "first"]),
        ("sort=title&page=3&per_page=1&facet=author&fields=id&highlight=false", ["new", "old", "first"]),
        ("sort=date", ["new", "old", "first"]),
        ("author=Anna+Berg&author=Karl+Holm", ["new", "old"]),
        ("q=armistice&not.author=Karl+Holm", ["old"]),
        ("date_from=1950", ["old"]),
        ("undated=only", ["first"]),
        ("q=armistice+letter", []),
        ("q=armistice+letter&match=any", ["new", "old", "first"]),
        ("q=%22armistice+talks", ["new"]),
    ],
)
def test_2_it_takes_the_parameters_of_a_search(archive: FlaskClient, query: str, expected: list[str]) -> None:
    assert titles(archive, f"/search.atom?{query}") == expected


@pytest.mark.parametrize("query", ["utm_source=x", "sort=up", "date_from=12+March", "q=a&q=b", "page=100000"])
def test_2_it_refuses_others(archive: FlaskClient, query: str) -> None:
    response = archive.get(f"/search.atom?{query}")
    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert response.get_json()["parameter"] == query.partition("=")[0]
    assert archive.post("/search.atom").status_code == 405


def test_3_it_is_sent_once(archive: FlaskClient) -> None:
    first = archive.get("/search.atom?q=armistice")
    again = archive.get("/search.atom?q=armistice", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = archive.get("/search.atom?q=talks", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    assert archive.head("/search.atom").status_code == 200


@pytest.fixture(params=["", "https://archive.example/papers"])
def address(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param, request.param or "http://localhost"


def test_3_links_are_absolute(address: tuple[str, str]) -> None:
    base_url, expected = address
    client = app_with(DOCUMENTS, Settings(site=Site(base_url=base_url))).test_client()
    feed = parsed(client.get("/search.atom?q=armistice").data)
    assert {link.href for link in feed.feed.links} == {
        f"{expected}/search.atom?q=armistice",
        f"{expected}/search?q=armistice",
    }
    assert feed.entries[0].link == f"{expected}/documents/new"


def test_4_crawlers_leave_it_alone(archive: FlaskClient) -> None:
    assert "Disallow: /search.atom\n" in archive.get("/robots.txt").text
