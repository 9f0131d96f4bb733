"""The home page: what the collection holds, and links into it."""

from flask.testing import FlaskClient

from tests.archive import document
from tests.webui.html_page import Get, MakeClient


def test_home_tells_of_the_collection_and_the_ways_in(get: Get) -> None:
    page = get("/")
    assert "4 documents 1951–1953 3 authors" in page.text
    assert "/search?author=Kuznetsov" in page.links()
    assert "/search?missing=date" in page.links()
    assert "/documents/molotov" in page.links()
    assert page.all("form", role="search")


def test_home_with_a_query_goes_to_the_search(client: FlaskClient) -> None:
    assert client.get("/?q=peace&utm_source=x").location == "/search?q=peace"


def test_the_hint_on_the_home_page_names_a_year_of_the_archive(get: Get, make_client: MakeClient) -> None:
    assert "before:1953 a time" in get("/").text
    client = make_client(document("a", "War", date="1864-05"), document("b", "Peace", date="1865"))
    assert "before:1865 a time" in get("/", client=client).text


def test_an_empty_index_says_how_to_fill_it(get: Get, make_client: MakeClient) -> None:
    client = make_client()
    for path in ("/", "/search", "/search?q=peace"):
        page = get(path, client=client)
        assert "There are no documents here yet" in page.text
        assert "opis-index FOLDER" in page.text
