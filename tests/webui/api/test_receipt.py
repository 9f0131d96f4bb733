"""The receipt of a search, at its address and below the results."""

import pytest
from flask.testing import FlaskClient

from tests.webui.html_page import Get

ADDRESS = "/api/v1/search/receipt"


def test_as_json(client: FlaskClient) -> None:
    response = client.get(f"{ADDRESS}?q=armistice&author=Kuznetsov&date_from=1953&page=3")
    found = response.get_json()
    assert response.headers["Cache-Control"] == "no-store"
    assert set(found) == {
        "searched", "archive", "query", "filters", "dates", "order", "total", "index", "program", "links",
    }  # fmt: skip
    assert found["archive"] == "Armistice Papers"
    assert found["filters"] == [
        {"field": "author", "op": "is", "value": "Kuznetsov"},
        {"field": "date", "op": "from", "value": "1953"},
    ]
    assert found["dates"]["counts"] == {"certain": 1, "possible": 0, "undated": 0}
    assert found["total"] == 1
    assert client.get(found["links"]["json"]).get_json()["total"] == 1
    again = client.get(found["links"]["receipt"]).get_json()
    assert again | {"searched": ""} == found | {"searched": ""}


def test_as_text(client: FlaskClient) -> None:
    response = client.get(f"{ADDRESS}?q=armistice&format=text")
    assert response.content_type == "text/plain; charset=utf-8"
    assert "\nFound: 4 of 4 documents\n" in response.text
    assert response.text.startswith("Search: Armistice Papers, ")


@pytest.mark.parametrize(
    ("parameters", "parameter"),
    [("format=pdf", "format"), ("format=text&format=json", "format"), ("colour=red", "colour")],
)
def test_what_is_refused(client: FlaskClient, parameters: str, parameter: str) -> None:
    response = client.get(f"{ADDRESS}?{parameters}")
    assert (response.status_code, response.get_json()["parameter"]) == (400, parameter)


def test_the_page_has_the_same_receipt(get: Get, client: FlaskClient) -> None:
    page = get("/search?q=mao+weather&author=Kuznetsov&date=1953")
    [details] = page.find("details", "receipt")
    [button] = details.find("button")
    assert "hidden" in button.attrs  # copy.js shows it
    addresses = {link.text: link.attrs["href"] for link in details.find("a")}
    text = client.get(addresses["as text"]).text
    [lines] = details.find("dl", id=button.attrs["data-copy"])
    assert [line.text for line in lines.find("div")][1:] == text.splitlines()[1:]  # all but the time
    assert client.get(addresses["as JSON"]).get_json()["total"] == 1
