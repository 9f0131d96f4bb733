"""What crawlers and browsers ask of every site.

1. /sitemap.xml has all documents where the public address is set, else it is a 404 that says so.
2. /robots.txt names the sitemap that there is.
3. /opensearch.xml is found in the head of each page, and its addresses work.
4. /favicon.ico is the icon.
"""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import etree

import search.discovery.sitemap
from search.settings import Site
from tests.webui.conftest import DOCUMENTS, SETTINGS, app_with
from tests.webui.html_page import Get

BASE = "https://example.org"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def public() -> FlaskClient:
    return app_with(DOCUMENTS, replace(SETTINGS, site=replace(SETTINGS.site, base_url=BASE))).test_client()


def locations(client: FlaskClient, path: str) -> list[str]:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (200, "application/xml; charset=utf-8")
    return [str(element.text) for element in etree.fromstring(response.data).iter(f"{SITEMAP}loc")]


def test_1_all_documents_are_listed_and_their_pages_are_there(public: FlaskClient) -> None:
    addresses = locations(public, "/sitemap.xml")
    assert addresses == [
        f"{BASE}/",
        *(f"{BASE}/documents/{doc.id}" for doc in sorted(DOCUMENTS, key=lambda d: d.id)),
    ]
    for address in addresses:
        assert public.get(address.removeprefix(BASE)).status_code == 200


def test_1_more_are_listed_in_parts(public: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = locations(public, "/sitemap.xml")
    monkeypatch.setattr(search.discovery.sitemap, "MOST", 2)
    parts = locations(public, "/sitemap.xml")
    assert parts == [f"{BASE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    assert [found for part in parts for found in locations(public, part.removeprefix(BASE))] == whole


@pytest.mark.parametrize("part", ["0", "2", "01", "-1", "x", "9" * 5000, "٢"])
def test_1_there_is_no_other_part(public: FlaskClient, part: str) -> None:
    response = public.get(f"/sitemap-{part}.xml")
    assert (response.status_code, response.get_json()["code"]) == (404, "not_found")
    assert "the last one is 1" in response.get_json()["detail"]


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-1.xml"])
def test_1_without_a_public_address_there_is_none(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    assert "site.base_url" in response.get_json()["detail"]


def test_1_it_is_sent_once(public: FlaskClient) -> None:
    tag = public.get("/sitemap.xml").headers["ETag"]
    again = public.get("/sitemap.xml", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert public.head("/sitemap.xml").headers["ETag"] == tag
    assert public.get("/sitemap-1.xml").headers["ETag"] != tag


def test_2_crawlers_are_told_where_it_is(public: FlaskClient, client: FlaskClient) -> None:
    assert f"\n\nSitemap: {BASE}/sitemap.xml\n" in public.get("/robots.txt").text
    robots = client.get("/robots.txt").text
    assert "Sitemap" not in robots
    assert "Disallow: /search?" in robots


@pytest.mark.parametrize("path", ["/", "/search?q=armistice", "/documents/note", "/facets/author", "/help"])
def test_3_each_page_names_the_description(get: Get, path: str) -> None:
    (link,) = get(path).all("link", rel="search")
    assert (link["type"], link["href"]) == ("application/opensearchdescription+xml", "/opensearch.xml")
    assert link["title"] == SETTINGS.site.title


@pytest.mark.parametrize(
    ("base_url", "host", "address"),
    [("", "localhost:8000", "http://localhost:8000"), (BASE, "localhost:8000", BASE)],
)
def test_3_its_addresses_are_absolute_and_work(base_url: str, host: str, address: str) -> None:
    client = app_with(DOCUMENTS, replace(SETTINGS, site=Site(base_url=base_url))).test_client()
    response = client.get("/opensearch.xml", headers={"Host": host})
    assert response.content_type == "application/opensearchdescription+xml"
    root = etree.fromstring(response.data)
    templates = [url.get("template", "") for url in root.iter(f"{OPENSEARCH}Url")]
    for found in [*templates, root.findtext(f"{OPENSEARCH}Image", "")]:
        assert found.startswith(f"{address}/")
        path = found.removeprefix(address).replace("{searchTerms}", "armistice")
        assert client.get(path, buffered=True).status_code == 200


def test_3_a_browser_completes_what_is_typed(client: FlaskClient, public: FlaskClient) -> None:
    response = client.get("/api/v1/suggest?q=kuz&format=opensearch")
    assert response.content_type == "application/x-suggestions+json"
    typed, completions, descriptions, addresses = response.get_json(force=True)
    assert (typed, completions[0], descriptions[0]) == ("kuz", "Kuznetsov", "1 document")
    assert len(completions) == len(set(completions)) == len(descriptions) == len(addresses)
    assert addresses[0] == "/search?q=Kuznetsov"
    assert client.get(addresses[0]).status_code == 200
    absolute = public.get("/api/v1/suggest?q=kuz&format=opensearch").get_json(force=True)[3]
    assert absolute == [BASE + address for address in addresses]
    assert client.get("/api/v1/suggest?q=zzzz&format=opensearch").get_json(force=True) == ["zzzz", [], [], []]
    assert client.get("/api/v1/suggest?q=kuz&format=xml").get_json()["parameter"] == "format"


def test_4_the_icon_is_where_browsers_look_for_it(client: FlaskClient) -> None:
    icon = client.get("/favicon.ico", buffered=True)
    assert icon.content_type == "image/svg+xml; charset=utf-8"
    assert icon.data == client.get("/static/favicon.svg", buffered=True).data
    assert icon.headers["Cache-Control"] == "public, max-age=86400"
    again = client.get("/favicon.ico", buffered=True, headers={"If-None-Match": icon.headers["ETag"]})
    assert again.status_code == 304
