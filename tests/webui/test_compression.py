"""Which answers are compressed: texts of a kilobyte and more, for clients that take gzip; no stream."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from search.document import Document
from tests.webui.html_page import MakeClient

TAKES = {"Accept-Encoding": "gzip, br"}
LONG = ("/search?q=armistice", "/api/v1/search?q=armistice", "/static/opis.css", "/help", "/nowhere")


@pytest.mark.parametrize("path", LONG)
def test_the_same_answer_in_fewer_bytes(client: FlaskClient, path: str) -> None:
    plain, packed = client.get(path, buffered=True), client.get(path, headers=TAKES, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_length == len(packed.data) < len(plain.data) * 0.7
    whole = gzip.decompress(packed.data)
    assert _without_time(whole) == _without_time(plain.data)
    assert "Accept-Encoding" in plain.vary
    assert "Accept-Encoding" in packed.vary


def _without_time(answer: bytes) -> bytes:
    """An answer without its digits: the time that a search took is among them."""
    return re.sub(rb"[0-9]", b"", answer)


@pytest.mark.parametrize("takes", ["", "br", "identity", "gzip;q=0", "*;q=0", "deflate, zstd"])
def test_not_for_a_client_that_does_not_take_it(client: FlaskClient, takes: str) -> None:
    response = client.get(LONG[0], headers={"Accept-Encoding": takes})
    assert "Content-Encoding" not in response.headers
    assert response.text.startswith("<!doctype html>")


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt"])
def test_not_what_is_short(client: FlaskClient, path: str) -> None:
    assert "Content-Encoding" not in client.get(path, headers=TAKES).headers


def test_no_stream(make_client: MakeClient) -> None:
    client = make_client(Document("long", "A long document", "word " * 5000))
    response = client.get("/api/v1/export?format=jsonl", headers=TAKES, buffered=True)
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("path", ["/api/v1/search?q=armistice", "/static/opis.css"])
def test_a_compressed_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path, headers=TAKES, buffered=True).headers["ETag"]
    assert tag.startswith("W/")
    again = client.get(path, headers=TAKES | {"If-None-Match": tag}, buffered=True)
    assert again.status_code == 304
    assert "Content-Encoding" not in again.headers


@pytest.mark.parametrize("path", LONG)
def test_head_has_the_headers_of_get(client: FlaskClient, path: str) -> None:
    asked = client.head(path, headers=TAKES, buffered=True)
    assert not asked.data
    assert asked.headers["Content-Encoding"] == "gzip"
