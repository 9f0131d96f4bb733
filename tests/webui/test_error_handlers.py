"""When the engine fails, or we do: a clear page for people, a problem for programs."""

from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from search.engines.memory import MemoryEngine
from search.errors import EngineUnavailable, IndexDamaged, IndexMissing
from search.settings import Settings
from tests.webui.html_page import Get
from webui import create_app


class Failing(MemoryEngine):
    """An engine whose every answer is an error."""

    error: Exception = EngineUnavailable("The search cluster does not answer.")

    def _fail(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise self.error

    search = get_many = info = ping = _fail


@pytest.fixture
def failing(request: pytest.FixtureRequest) -> FlaskClient:
    settings = Settings()
    engine = Failing(settings.schema)
    engine.error = request.param
    app = create_app(settings, engine)
    return app.test_client()


ENGINE_ERRORS = [
    (EngineUnavailable("The cluster at 10.0.0.7:9200 does not answer."), "engine_unavailable"),
    (IndexMissing("There is no index at auto:/srv/opis; make one with: opis-index FOLDER"), "index_missing"),
    (IndexDamaged("The index at /srv/opis is damaged; run: opis-index --rebuild"), "index_damaged"),
]
INSIDE = ("/srv", "opis-index", "10.0.0.7")


@pytest.mark.parametrize(("failing", "code"), ENGINE_ERRORS, indirect=["failing"])
@pytest.mark.parametrize("path", ["/api/v1/search?q=peace", "/api/v1/documents/x"])
def test_the_api_says_503_and_when_to_come_back(failing: FlaskClient, code: str, path: str) -> None:
    response = failing.get(path)
    assert response.status_code == 503
    assert response.content_type == "application/problem+json"
    assert response.get_json()["code"] == code
    assert int(response.headers["Retry-After"]) > 0
    assert not [word for word in INSIDE if word in response.text]


@pytest.mark.parametrize(("failing", "code"), ENGINE_ERRORS, indirect=["failing"])
@pytest.mark.parametrize("path", ["/", "/search?q=peace", "/documents/x"])
def test_a_page_says_what_is_wrong(failing: FlaskClient, code: str, path: str) -> None:
    response = failing.get(path)
    assert response.status_code == 503
    assert "cannot be searched just now" in response.text
    assert "Retry-After" in response.headers
    assert not [word for word in INSIDE if word in response.text]


@pytest.mark.parametrize(("failing", "code"), ENGINE_ERRORS, indirect=["failing"])
@pytest.mark.parametrize("path", ["/healthz", "/search", "/api/v1/search"])
def test_the_reason_is_in_the_log_alone(
    failing: FlaskClient, code: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = failing.get(path)
    assert response.status_code == 503
    assert [word for word in INSIDE if word in caplog.text]
    assert not [word for word in INSIDE if word in response.text]


@pytest.mark.parametrize("failing", [ENGINE_ERRORS[0][0]], indirect=True)
def test_health_says_503(failing: FlaskClient) -> None:
    response = failing.get("/healthz")
    assert response.status_code == 503
    assert response.get_json() == {
        "status": "unavailable",
        "detail": "The index cannot be searched; the log of the service says why.",
    }


@pytest.mark.parametrize("failing", [RuntimeError("secret detail")], indirect=True)
def test_our_own_faults_tell_nothing_of_the_inside(failing: FlaskClient) -> None:
    page, body = failing.get("/search"), failing.get("/api/v1/search")
    assert page.status_code == body.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert body.get_json()["code"] == "internal_error"
    assert "secret" not in page.text + body.text


def test_a_page_that_is_not_there(get: Get) -> None:
    page = get("/nowhere", status=404)
    assert "There is nothing at this address" in page.text
    assert page.all("form", role="search")


def test_pages_are_read_only(client: FlaskClient) -> None:
    response = client.post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "only read" in response.text
