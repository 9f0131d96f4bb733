"""An application over the memory engine with a handful of documents, and fixtures that fetch its pages."""

from collections.abc import Iterable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.analyzed import analyze
from search.calendar import parse_partial
from search.document import ArchivalDate, Certainty, Document, Reference
from search.engines.memory import MemoryEngine
from search.settings import Settings, Site
from tests.webui.html_page import Get, HtmlPage, MakeClient
from webui import create_app

SETTINGS = Settings(
    facets=("author", "date", "subject"),
    site=Site(title="Armistice Papers", intro="Telegrams of 1951–1953.", rights="Reuse is welcome."),
)


def dated(text: str, value: str, certainty: Certainty = "exact") -> ArchivalDate:
    days = parse_partial(value)
    assert days is not None
    return ArchivalDate(text, days.earliest, days.latest, certainty)


DOCUMENTS = (
    Document(
        "molotov",
        "Telegram from Molotov on the armistice",
        "The armistice negotiations go on.\n\nThe armistice is near.\nThe delay is theirs.",
        dated("July 4, 1953", "1953-07-04"),
        authors=("V.M. Molotov",),
        recipients=("Ambassador in Beijing",),
        subjects=("Armistice", "Korea"),
        summary="Molotov writes about the armistice.",
        collection="Foreign Ministry",
        language="Russian",
        type="telegram",
        citation="Telegram, July 4, 1953, AP RF, F. 3",
        credits="With support of a foundation",
        source_url="https://example.org/document/1",
        reference=Reference("AP RF. F. 3. Op. 65"),
        classification="Top Secret",
        source="molotov.txt",
    ),
    Document(
        "kuznetsov",
        "Telegram from Kuznetsov on Mao Zedong",
        "Mao spoke of the armistice and of the gromyko papers.",
        dated("circa July 1953", "1953-07", "approximate"),
        authors=("Kuznetsov",),
        subjects=("Korea",),
        type="telegram",
        source="kuznetsov.txt",
    ),
    Document(
        "razuvayev",
        "Report on political attitudes",
        "The armistice talks and the Korean attitudes.",
        dated("1951", "1951"),
        authors=("V. Razuvayev",),
        type="report",
        source="razuvayev.txt",
    ),
    Document("note", "An unsigned note", "About the weather and the armistice.", source="note.txt"),
)


def app_with(documents: Iterable[Document], settings: Settings = SETTINGS) -> Flask:
    engine = MemoryEngine(settings.schema)
    with engine.writer() as writer:
        for document in documents:
            writer.put(analyze(document, settings.schema))
    app = create_app(settings, engine)
    app.testing = True
    return app


@pytest.fixture(scope="session")
def app() -> Flask:
    return app_with(DOCUMENTS)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def make_client() -> MakeClient:
    return lambda *documents: app_with(documents).test_client()


@pytest.fixture
def get(client: FlaskClient) -> Get:
    shared = client

    def fetch(url: str, status: int = 200, client: FlaskClient | None = None) -> HtmlPage:
        response = (client or shared).get(url)
        assert response.status_code == status, response.text
        assert response.content_type == "text/html; charset=utf-8"
        return HtmlPage(response.text)

    return fetch
