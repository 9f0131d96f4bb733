"""The citation of one document.

1. Each format has its media type; all but text are files named after the document.
2. The address in it is the page's where the site has a public one, else that of the source.
3. Unknown formats are refused; a document that is not there is not found, one that moved redirects.
4. An unchanged citation is not sent again on the same day.
5. What is attached to a document names it.
"""

import json

import pytest
from flask.testing import FlaskClient

from search.analyzed import analyze
from search.commit_data.redirects import REDIRECTS_KEY, encode_redirects
from search.document import Document
from search.engines.memory import MemoryEngine
from search.settings import Settings, Site
from tests.webui.html_page import MakeClient
from webui import create_app

ADDRESS = "/api/v1/documents/molotov/citation"


@pytest.mark.parametrize(
    ("form", "media_type", "file", "beginning"),
    [
        ("text", "text/plain", "", "V.M. Molotov, “Telegram from Molotov on the armistice,” July 4, 1953,"),
        ("ris", "application/x-research-info-systems", "molotov.ris", "TY  - PCOMM\r\n"),
        ("bibtex", "application/x-bibtex", "molotov.bib", "@misc{molotov1953telegram:molotov,"),
        ("csl", "application/vnd.citationstyles.csl+json", "molotov.json", '[{"id":"molotov"'),
    ],
)
def test_1_formats(client: FlaskClient, form: str, media_type: str, file: str, beginning: str) -> None:
    response = client.get(f"{ADDRESS}?format={form}")
    assert response.content_type == f"{media_type}; charset=utf-8"
    assert response.headers.get("Content-Disposition", "") == (file and f"attachment; filename={file}")
    assert response.text.startswith(beginning)
    if form == "text":
        assert response.text == client.get(ADDRESS).text
        note, bibliography = response.text.split("\n\n")
        assert bibliography.startswith("Molotov, V.M. “Telegram from Molotov")
        assert "Armistice Papers" in note


def item(client: FlaskClient, doc_id: str) -> dict[str, object]:
    [found] = json.loads(client.get(f"/api/v1/documents/{doc_id}/citation?format=csl").text)
    assert isinstance(found, dict)
    return found


def test_2_addresses(client: FlaskClient) -> None:
    assert item(client, "molotov")["URL"] == "https://example.org/document/1"
    assert "URL" not in item(client, "kuznetsov")
    settings = Settings(site=Site(base_url="https://archive.example.org"))
    engine = MemoryEngine(settings.schema)
    with engine.writer() as writer:
        writer.put(analyze(Document("a~b", "Letter"), settings.schema))
    public = create_app(settings, engine).test_client()
    assert item(public, "a~b")["URL"] == "https://archive.example.org/documents/a~b"
    assert "source" not in item(public, "a~b"), "the name of the program is no archive's"


@pytest.mark.parametrize("query", ["format=docx", "format=", "format=ris&format=csl", "style=apa"])
def test_3_unknown_parameters(client: FlaskClient, query: str) -> None:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 400
    assert response.get_json()["parameter"] in {"format", "style"}


def test_3_documents_that_are_not_there(client: FlaskClient) -> None:
    assert client.get("/api/v1/documents/nothing/citation").status_code == 404
    engine = MemoryEngine(Settings().schema)
    with engine.writer() as writer:
        writer.put(analyze(Document("new", "Letter"), engine.schema))
        writer.put_commit_data(REDIRECTS_KEY, encode_redirects({"old": "new"}))
    moved = create_app(Settings(), engine).test_client().get("/api/v1/documents/old/citation?format=ris")
    assert (moved.status_code, moved.location) == (301, "/api/v1/documents/new/citation?format=ris")


def test_4_unchanged(client: FlaskClient) -> None:
    tags = {
        form: client.get(f"{ADDRESS}?format={form}").headers["ETag"]
        for form in ("text", "ris", "bibtex", "csl")
    }
    assert len(set(tags.values())) == 4
    for form, tag in tags.items():
        answer = client.get(f"{ADDRESS}?format={form}", headers={"If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b"")


def test_5_attachments(make_client: MakeClient) -> None:
    mail = Document("mail", "Plans for June", type="email")
    client = make_client(mail, Document("mail.map", "Map of the line", parent="mail", type="map"))
    assert item(client, "mail.map")["container-title"] == "Plans for June"
    note, _, bibliography = client.get("/api/v1/documents/mail.map/citation").text.partition("\n\n")
    assert note.startswith("“Map of the line,” attachment to “Plans for June,” [undated]")
    assert bibliography.startswith("“Map of the line.” Attachment to “Plans for June.” [undated].")
