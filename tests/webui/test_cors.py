"""Which other sites' pages may read the API: none, until `api.allow_origins` names them."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.settings import Api
from tests.webui.conftest import DOCUMENTS, SETTINGS, app_with

SEARCH = "/api/v1/search?q=armistice"
ALLOWED = "https://reading-room.example"
OTHER = {"Origin": "https://evil.example"}


def allowing(*origins: str) -> FlaskClient:
    return app_with(DOCUMENTS, replace(SETTINGS, api=Api(allow_origins=origins))).test_client()


def allowed(client: FlaskClient, path: str, origin: str) -> str | None:
    return client.get(path, headers={"Origin": origin}).headers.get("Access-Control-Allow-Origin")


@pytest.mark.parametrize("path", [SEARCH, "/api/v1/nowhere", "/search", "/healthz"])
def test_by_default_no_other_site_may_read(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=OTHER)
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    asked = client.options(path, headers=OTHER | {"Access-Control-Request-Method": "GET"})
    assert not [name for name, _ in asked.headers if name.startswith("Access-Control")]


def test_sites_that_are_named_may() -> None:
    client = allowing(ALLOWED, "http://localhost:5173")
    assert allowed(client, SEARCH, ALLOWED) == ALLOWED
    assert allowed(client, SEARCH, "http://localhost:5173") == "http://localhost:5173"
    assert allowed(client, SEARCH, "https://evil.example") is None
    assert allowed(client, SEARCH, f"{ALLOWED}.evil.example") is None
    assert allowed(client, "/search", ALLOWED) is None, "pages are not read by other pages"


@pytest.mark.parametrize("origins", [("*",), (ALLOWED, "*")])
def test_all_may(origins: tuple[str, ...]) -> None:
    assert allowed(allowing(*origins), SEARCH, "https://any.example") == "*"


def test_what_a_page_needs_is_readable() -> None:
    client = allowing(ALLOWED)
    response = client.get(SEARCH, headers={"Origin": ALLOWED})
    exposed = response.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Retry-After", "Opis-Relaxed", "Opis-Total"} <= {*exposed}
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Origin" in response.vary
    kept = {"Origin": ALLOWED, "If-None-Match": response.headers["ETag"]}
    again = client.get(SEARCH, headers=kept)
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, ALLOWED)
    assert allowed(client, "/api/v1/search?bad=1", ALLOWED) == ALLOWED, "errors are read, too"


def test_a_page_may_ask_whether_it_may_send_an_etag() -> None:
    asked = {
        "Origin": ALLOWED,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    response = allowing(ALLOWED).options(SEARCH, headers=asked)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "GET" in response.headers["Access-Control-Allow-Methods"]


def test_what_varies_by_origin_says_so_without_one() -> None:
    assert "Origin" in allowing(ALLOWED).get(SEARCH).vary
