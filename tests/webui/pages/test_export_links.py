"""The links of a results page by which the search is taken away."""

from dataclasses import replace

from flask.testing import FlaskClient

from search.export import EXPORTS
from search.settings import Limits
from tests.webui.conftest import DOCUMENTS, SETTINGS, app_with
from tests.webui.html_page import Get, HtmlPage


def test_all_documents_of_the_search_as_files(get: Get, client: FlaskClient) -> None:
    page = get("/search?q=armistice&sort=title&page=2&per_page=2")
    [row] = page.root.find("details", "exports")
    files = {link.text: link.attrs for link in row.find("a")}
    assert list(files) == ["CSV", "JSON Lines", "RIS", "BibTeX", "CSL-JSON", "Feed", "Link to this search"]
    assert files["CSV"]["href"] == "/api/v1/export?format=csv&q=armistice&sort=title"
    assert files["Feed"]["href"] == "/search.atom?q=armistice"
    assert files["Link to this search"]["href"] == "/search?q=armistice&sort=title&page=2&per_page=2"
    for attrs in files.values():
        assert attrs["rel"] == "nofollow"
        assert client.get(attrs["href"]).status_code == 200


def test_a_limit_is_said_in_place_of_links(get: Get) -> None:
    client = app_with(DOCUMENTS, replace(SETTINGS, limits=Limits(export=3))).test_client()
    page = get("/search?q=armistice", client=client)
    [row] = page.root.find("details", "exports")
    assert [link.text for link in row.find("a")] == ["Feed", "Link to this search"]
    assert "at most 3 at once: narrow the results" in row.text
    [row] = get("/search?author=Kuznetsov", client=client).root.find("details", "exports")
    assert len(row.find("a")) == len(EXPORTS) + 2


def test_nothing_to_take_away(get: Get) -> None:
    page: HtmlPage = get("/search?q=unheardof")
    assert not page.root.find("details", "exports")
