"""An app over the memory engine with a handful of documents, and a way to look into its pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.analyzed import analyze
from search.calendar import parse_partial
from search.document import ArchivalDate, Certainty, Document, Reference
from search.engines.memory import MemoryEngine
from search.settings import Settings, Site
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
def make_client() -> Callable[..., FlaskClient]:
    return lambda *documents: app_with(documents).test_client()


@dataclass
class Page(HTMLParser):
    """The tags of a page in order, and its text."""

    html: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attrs
            for name, attrs in self.tags
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def links(self) -> list[str]:
        return [attrs["href"] for attrs in self.all("a")]


@pytest.fixture
def get(client: FlaskClient) -> Callable[..., Page]:
    def fetch(url: str, status: int = 200, client: FlaskClient = client) -> Page:
        response = client.get(url)
        assert response.status_code == status, response.text
        assert response.content_type == "text/html; charset=utf-8"
        return Page(response.text)

    return fetch
