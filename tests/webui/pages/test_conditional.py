"""Pages and their ETags.

1. A page that a browser has is not sent again, with the headers that it was sent with.
2. It is sent again where anything differs that it depends on: address, language, settings, catalogues, index,
   day.
3. What is no page of its own has none: redirects, errors.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from search.analyzed import analyze
from search.document import Document
from search.engines import open_engine
from search.schema import Schema
from search.settings import Settings, Site
from tests.archive import document, fill
from webui import create_app

PATHS = ("/", "/search?q=talks", "/documents/a?q=talks", "/facets/author", "/about", "/help", "/help/errors")


def open_client(settings: Settings | None = None) -> FlaskClient:
    engine = fill(open_engine("memory:", Schema()), [document("a", "Armistice talks.")])
    return create_app(settings or Settings(), engine).test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return open_client()


def tag_of(response: TestResponse) -> str:
    assert response.status_code == 200
    tag, weak = response.get_etag()
    assert weak
    return f'W/"{tag}"'


@pytest.mark.parametrize("path", PATHS)
def test_1_a_page_that_a_browser_has(client: FlaskClient, path: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": "gzip"})
    again = client.get(path, headers={"If-None-Match": tag_of(first)})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Content-Security-Policy"):
        assert again.headers[name] == first.headers[name]
    vary = {"Accept-Language", "Accept-Encoding"}
    assert vary <= set(first.vary) == set(again.vary)


def test_2_address_and_language(client: FlaskClient) -> None:
    tags = {
        tag_of(client.get(path, headers={"Accept-Language": language}))
        for path in (*PATHS, "/search?q=talk", "/search?q=talks&page=1")
        for language in ("en", "de")
    }
    assert len(tags) == 2 * (len(PATHS) + 2)


def test_2_settings() -> None:
    others = (Settings(), Settings(site=Site(title="Papers")), Settings(facets=("type",)))
    assert len({tag_of(open_client(settings).get("/")) for settings in others}) == 3


def test_2_catalogues(tmp_path: Path) -> None:
    catalogue = tmp_path / "pl.po"
    tags = set()
    for word in ("Szukaj", "Wyszukaj"):
        catalogue.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "Search"\nmsgstr "{word}"\n', encoding="utf-8")
        tags.add(tag_of(open_client(Settings(site=Site(catalogues=str(tmp_path)))).get("/")))
    assert len(tags) == 2


def test_2_index_and_day(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = fill(open_engine("memory:", Schema()), [document("a", "Armistice talks.")])
    client = create_app(Settings(), engine).test_client()
    old = {"If-None-Match": tag_of(client.get("/documents/a"))}
    with engine.writer() as writer:
        writer.put(analyze(Document("a", "A letter", "Another text."), Schema()))
    changed = client.get("/documents/a", headers=old)
    assert "Another text" in changed.text
    now = {"If-None-Match": tag_of(changed)}
    assert client.get("/documents/a", headers=now).status_code == 304

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Tomorrow":  # noqa: ARG003 - as it is called
            return cls(2199, 1, 1, tzinfo=UTC)

    monkeypatch.setattr("webui.pages.conditional.datetime", Tomorrow)
    assert client.get("/documents/a", headers=now).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/?q=talks", 302), ("/documents/zzz", 404), ("/facets/zzz", 404)]
)
def test_3_what_is_no_page(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert "ETag" not in response.headers
