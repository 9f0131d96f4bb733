"""What a request may take: those that a server marks are turned away, and a search has its time."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.settings import Limits
from tests.webui.conftest import DOCUMENTS, SETTINGS, app_with
from webui.request_limits import OVERLOADED

MARKED = {OVERLOADED: True}


@pytest.fixture
def hurried() -> FlaskClient:
    """A client of an archive whose searches have no time."""
    settings = replace(SETTINGS, limits=Limits(query_seconds=1e-9))
    return app_with(DOCUMENTS, settings).test_client()


@pytest.mark.parametrize(
    "path", ["/api/v1/search?q=armistice", "/api/v1/suggest?q=arm", "/api/v1/documents/note"]
)
def test_programs_are_told_when_to_come_back(client: FlaskClient, hurried: FlaskClient, path: str) -> None:
    for response, code in (
        (client.get(path, environ_overrides=MARKED), "overloaded"),
        (hurried.get(path), "query_timeout"),
    ):
        assert response.status_code == 503
        assert response.content_type == "application/problem+json"
        assert response.get_json()["code"] == code
        assert int(response.headers["Retry-After"]) > 0
        assert "total" not in response.get_json()


@pytest.mark.parametrize("path", ["/search?q=armistice", "/documents/molotov", "/facets/author"])
def test_people_are_told_why(client: FlaskClient, hurried: FlaskClient, path: str) -> None:
    for response, reason in (
        (client.get(path, environ_overrides=MARKED), "Too many searches at once"),
        (hurried.get(path), "This search takes too long"),
    ):
        assert response.status_code == 503
        assert reason in response.text
        assert "Retry-After" in response.headers


def test_the_search_is_kept_to_be_changed_or_repeated(client: FlaskClient, hurried: FlaskClient) -> None:
    path = "/search?q=armistice+talks&author=Molotov"
    for response in (hurried.get(path), client.get(path, environ_overrides=MARKED)):
        assert 'value="armistice talks"' in response.text
        assert 'name="author" value="Molotov"' in response.text


@pytest.mark.parametrize("path", ["/healthz", "/static/opis.css", "/robots.txt"])
def test_what_needs_no_search_has_no_limit(hurried: FlaskClient, path: str) -> None:
    assert hurried.get(path, buffered=True).status_code == 200


def test_neither_is_a_fault_for_the_log(
    client: FlaskClient, hurried: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/search", environ_overrides=MARKED)
    hurried.get("/search")
    assert not caplog.records
