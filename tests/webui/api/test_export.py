"""All documents of a search as a file.

1. The file has all documents of the search once and in its order, in each format, under a good name.
2. Headers say how many there are and of which generation; HEAD says the same, and writes nothing.
3. Parameters that an export has not are refused, and so is one that is too large, before anything is written.
4. A file that nobody reads holds nothing.
5. A client that leaves ends the work, and a file that stops in the middle does not look like a whole one.
6. The values of a facet are a file, too, with all of them.
"""

import csv
import http.client
import json
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress import create_server

from search.document import Document
from search.engines.memory import MemoryEngine
from search.export import EXPORTS
from search.request import SearchRequest
from search.settings import Limits
from tests.archive import document
from tests.webui.conftest import DOCUMENTS, SETTINGS, app_with
from tests.webui.html_page import MakeClient

TODAY = datetime.now(UTC).date().isoformat()


def ids_in_csv(text: str) -> list[str]:
    return [row["id"] for row in csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""))]


def ids_of_search(client: FlaskClient, query: str) -> list[str]:
    found = client.get(f"/api/v1/search?per_page=100&{query}").get_json()
    return [hit["id"] for hit in found["hits"]]


@pytest.mark.parametrize(
    "query",
    ["", "q=armistice", "q=armistice&sort=title", "sort=date", "author=Kuznetsov",
     "not.author=Kuznetsov&q=mao", "date=1953&undated=include", "q=weather+attitudes&match=most",
     "q=armistice+negotiations+weather", "q=unheardof"],
)  # fmt: skip
def test_1_the_documents_of_the_search(client: FlaskClient, query: str) -> None:
    expected = ids_of_search(client, query)
    assert ids_in_csv(client.get(f"/api/v1/export?format=csv&{query}").text) == expected
    lines = client.get(f"/api/v1/export?format=jsonl&{query}").text.split("\n")[:-1]
    assert [json.loads(line)["id"] for line in lines] == expected


def test_1_the_address_is_in_the_links_of_a_search(client: FlaskClient) -> None:
    links = client.get("/api/v1/search?q=armistice&page=1&per_page=2&facet=type&sort=title").get_json()[
        "links"
    ]
    for name in EXPORTS:
        assert links[name] == f"/api/v1/export?format={name}&q=armistice&sort=title"
        assert client.get(links[name]).headers["Opis-Total"] == "4"


@pytest.mark.parametrize("form", ["ris", "bibtex", "csl"])
def test_1_a_reference_is_that_of_the_page(make_client: MakeClient, form: str) -> None:
    attached = Document("note", "A note", type="memorandum", parent="mail")
    client = make_client(Document("mail", "Mail on the talks"), attached)
    cited = client.get(f"/api/v1/documents/note/citation?format={form}").text
    exported = client.get(f"/api/v1/export?format={form}&q=note").text
    assert "Mail on the talks" in exported
    assert "".join(exported.split()) == "".join(cited.split())


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=Armistice!", f'attachment; filename="armistice-{TODAY}.csv"'),
        ("", f'attachment; filename="documents-{TODAY}.csv"'),
        ("author=V.M.+Molotov&not.author=Kim", f'attachment; filename="v-m-molotov-{TODAY}.csv"'),
        ("q=Übergang", f'attachment; filename="ubergang-{TODAY}.csv"; '
                       f"filename*=UTF-8''%C3%BCbergang-{TODAY}.csv"),
        ("q=перемирие", f'attachment; filename="documents-{TODAY}.csv"; '
                        f"filename*=UTF-8''{quote('перемирие')}-{TODAY}.csv"),
        ("q=1953", f'attachment; filename="documents-1953-{TODAY}.csv"'),
        ('q=%22%0d%0aSet-Cookie: a=b;/../"', f'attachment; filename="set-cookie-a-b-{TODAY}.csv"'),
        (f"q={'long ' * 100}", f'attachment; filename="{"-".join(["long"] * 12)}-{TODAY}.csv"'),
    ],
)  # fmt: skip
def test_1_the_name_of_the_file(client: FlaskClient, query: str, name: str) -> None:
    assert client.get(f"/api/v1/export?format=csv&{query}").headers["Content-Disposition"] == name


def test_2_what_headers_say(client: FlaskClient) -> None:
    response = client.get("/api/v1/export?format=csv&q=armistice")
    generation = client.get("/api/v1/search").get_json()["index"]["generation"]
    assert response.content_type == "text/csv; charset=utf-8"
    assert (response.headers["Opis-Total"], response.headers["Opis-Generation"]) == ("4", generation)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "relaxed"),
    [("q=armistice", "false"), ("q=armistice+zeppelin", "true"), ("q=armistice+zeppelin&match=all", "false")],
)
def test_2_whether_words_were_left_out(client: FlaskClient, query: str, relaxed: str) -> None:
    response = client.get(f"/api/v1/export?format=csv&{query}")
    assert response.headers["Opis-Relaxed"] == relaxed
    assert int(response.headers["Opis-Total"]) == len(ids_in_csv(response.text))
    assert {"Content-Length", "ETag"}.isdisjoint(response.headers.keys())
    for name, form in EXPORTS.items():
        assert client.get(f"/api/v1/export?format={name}").content_type == form.media_type


def test_2_head_writes_nothing(client: FlaskClient, scanned: Callable[[], "Scanned"]) -> None:
    expected = client.get("/api/v1/export?format=csv&q=armistice").headers
    watched = scanned()
    response = client.head("/api/v1/export?format=csv&q=armistice")
    assert (response.status_code, response.data) == (200, b"")
    assert dict(response.headers) == dict(expected)
    assert watched.documents == 0


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_2_it_is_only_read(client: FlaskClient, method: str) -> None:
    assert getattr(client, method)("/api/v1/export?format=csv").status_code == 405


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("q=armistice", "format"), ("format=xml", "format"), ("format=csv&format=ris", "format"),
     ("format=csv&page=2", "page"), ("format=csv&per_page=10", "per_page"),
     ("format=csv&facet=author", "facet"), ("format=csv&highlight=false", "highlight"),
     ("format=csv&fields=id", "fields"),
     ("format=csv&utm_source=x", "utm_source"), ("format=csv&sort=up", "sort")],
)  # fmt: skip
def test_3_what_an_export_has_not_is_refused(client: FlaskClient, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/export?{query}")
    assert response.status_code == 400
    assert (response.get_json()["code"], response.get_json()["parameter"]) == ("bad_parameter", parameter)


def test_3_what_is_too_large_is_refused() -> None:
    def client_with(limit: int) -> FlaskClient:
        return app_with(DOCUMENTS, replace(SETTINGS, limits=Limits(export=limit))).test_client()

    refused = client_with(3).get("/api/v1/export?format=csv")
    assert (refused.status_code, refused.get_json()["code"]) == (400, "export_too_large")
    assert "finds 4 documents" in refused.get_json()["detail"]
    assert "3 at most" in refused.get_json()["detail"]
    assert client_with(3).get("/api/v1/export?format=csv&author=Kuznetsov").status_code == 200
    assert client_with(4).get("/api/v1/export?format=csv").status_code == 200
    assert client_with(0).get("/api/v1/export?format=csv").status_code == 200


def test_4_closed_before_it_is_read(client: FlaskClient, scanned: "Callable[[], Scanned]") -> None:
    watched = scanned()
    client.get("/api/v1/export?format=csv", buffered=False).close()
    assert watched.over.is_set()


class Scanned:
    """What an engine was asked to scan: how many documents were read, and whether it is over."""

    def __init__(self) -> None:
        self.documents = 0
        self.over = threading.Event()


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Scanned]:
    """Lets scans of the memory engine be watched, and fail after some documents, which are long."""

    def watch(last: int = 1 << 30) -> Scanned:
        watched, scan = Scanned(), MemoryEngine.scan

        def scan_watched(engine: MemoryEngine, request: SearchRequest) -> Generator[Document]:
            try:
                for found in scan(engine, request):
                    if watched.documents == last:
                        raise OSError("the disk is gone")
                    watched.documents += 1
                    yield replace(found, body="word " * 20_000, summary="word " * 5_000)
            finally:
                watched.over.set()

        monkeypatch.setattr(MemoryEngine, "scan", scan_watched)
        return watched

    return watch


@contextmanager
def connection_to(app: Flask) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of the app, over a socket."""
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        with closing(
            http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=60)
        ) as connection:
            yield connection
    finally:
        server.trigger.pull_trigger(server.close)  # in its own thread, whose loop then ends at once
        thread.join()
        server.task_dispatcher.shutdown()


@pytest.fixture(scope="module")
def large() -> Flask:
    return app_with(document(f"d{number:03}", "word") for number in range(600))


def test_5_over_a_socket(large: Flask, scanned: Callable[[], Scanned]) -> None:
    scanned()
    with connection_to(large) as connection:
        connection.request("GET", "/api/v1/export?format=jsonl")
        response = connection.getresponse()
        assert response.getheader("Transfer-Encoding") == "chunked"
        assert len(response.read().splitlines()) == 600 == int(response.getheader("Opis-Total", ""))


def test_5_a_client_that_leaves_ends_the_work(large: Flask, scanned: Callable[[], Scanned]) -> None:
    watched = scanned()
    with connection_to(large) as connection:
        for _ in range(2):
            watched.over.clear()
            connection.request("GET", "/api/v1/export?format=jsonl")
            response = connection.getresponse()
            assert response.status == 200
            response.read(1000)
            response.close()
            connection.close()
            assert watched.over.wait(timeout=60)
            assert watched.documents < 600
            watched.documents = 0


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPORTS)
def test_5_an_error_is_no_end(large: Flask, scanned: Callable[[int], Scanned], name: str) -> None:
    watched = scanned(550)
    with connection_to(large) as connection:
        connection.request("GET", f"/api/v1/export?format={name}")
        response = connection.getresponse()
        with pytest.raises(http.client.IncompleteRead):
            response.read()
        assert watched.over.is_set()


def test_5_an_error_before_the_first_document_has_an_answer(
    client: FlaskClient, scanned: Callable[[int], Scanned]
) -> None:
    scanned(0)
    client.application.testing = False
    try:
        response = client.get("/api/v1/export?format=csv")
        assert (response.status_code, response.get_json()["code"]) == (500, "internal_error")
    finally:
        client.application.testing = True


@pytest.mark.parametrize(
    ("address", "header"),
    [("/api/v1/facets/author", "value,count,selected,excluded,url"),
     ("/api/v1/facets/date", "value,count,possible,selected,url")],
)  # fmt: skip
def test_6_all_values_of_a_facet(client: FlaskClient, address: str, header: str) -> None:
    response = client.get(f"{address}?format=csv&q=armistice")
    assert response.content_type == "text/csv; charset=utf-8"
    assert f"-armistice-{TODAY}.csv" in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(StringIO(response.text.removeprefix("\ufeff"), newline="")))
    assert response.text.startswith("\ufeff" + header)
    values = client.get(f"{address}?per_page=100&q=armistice").get_json()["values"]
    assert [list(row.values()) for row in rows] == [
        [str(value).lower() if isinstance(value, bool) else str(value) for value in item.values()]
        for item in values
    ]


def test_6_on_no_page(client: FlaskClient) -> None:
    many = [Document(f"d{n}", "t", authors=(f"-Name {n:03}",)) for n in range(250)]
    text = app_with(many).test_client().get("/api/v1/facets/author?format=csv&order=value&prefix=name").text
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["value"] for row in rows] == [f"'-Name {n:03}" for n in range(250)]
    for parameter in ("page=2", "per_page=10"):
        refused = client.get(f"/api/v1/facets/author?format=csv&{parameter}")
        assert (refused.status_code, refused.get_json()["parameter"]) == (400, parameter.partition("=")[0])
