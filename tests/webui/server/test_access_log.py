"""What a server logs of the requests to it, over real sockets.

1. Each request is one line at its end, whether the application answered it, or the server alone.
2. Only what was sent is counted, and who leaves before the end is seen to.
3. Whatever is sent, one request is one line; what was searched for is in none.
4. What goes wrong is in the same log, in the same format.
"""

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.webui.server.stub_server import StubServer, http_request, read_all, stub_server

pytestmark = pytest.mark.slow


@dataclass
class Logging(StubServer):
    """A server, and the lines of its log."""

    lines: list[bytes] = field(default_factory=list)

    def logs(self, count: int = 1, event: str = "request") -> list[dict[str, Any]]:
        """The next lines of a kind, and no more than these."""
        until = time.monotonic() + 10
        while len(found := self._of(event)) < count and time.monotonic() < until:
            time.sleep(0.01)
        assert len(found) == count, self.lines
        self.lines.clear()
        return found

    def request_and_message(self) -> dict[str, dict[str, Any]]:
        """The next line of each kind."""
        until = time.monotonic() + 10
        while not (self._of("request") and self._of("message")) and time.monotonic() < until:
            time.sleep(0.01)
        return {entry["event"]: entry for entry in map(json.loads, self.lines)}

    def _of(self, event: str) -> list[dict[str, Any]]:
        return [entry for line in self.lines if (entry := json.loads(line))["event"] == event]


@contextmanager
def logging_server() -> Iterator[Logging]:
    with stub_server(log=True, threads=1, waiting=1, drain_seconds=0.5) as running:
        logging = Logging(running.process, running.port)

        def collect() -> None:
            for line in running.process.stderr or ():
                logging.lines.append(line)

        Thread(target=collect, daemon=True).start()
        yield logging


@pytest.fixture(scope="module")
def server() -> Iterator[Logging]:
    with logging_server() as logging:
        yield logging


@pytest.fixture(autouse=True)
def fresh(request: pytest.FixtureRequest) -> None:
    if "server" in request.fixturenames:
        request.getfixturevalue("server").lines.clear()


def get(target: str, *headers: str, method: str = "GET") -> bytes:
    return http_request(target, "Connection: close", *headers, method=method)


def test_1_a_search(server: Logging) -> None:
    before = time.time()
    server.answer(get("/search?q=secret&seconds=0.1", 'User-Agent: "secret\xe2\x80\xa8'))
    [entry] = server.logs()
    assert 90 < entry.pop("ms") < 5000
    assert entry.pop("time") >= time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(before))
    assert entry == {
        "event": "request", "client": "127.0.0.1", "method": "GET", "path": "/search", "status": 200,
        "bytes": 5, "total": 7, "generation": "g1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "method", "path", "status", "size"),
    [
        (get("/same"), "GET", "/same", 304, 0),
        (get("/search", method="HEAD"), "HEAD", "/search", 200, 0),
        (get("http://user:secret@localhost/same?q=secret"), "GET", "/same", 304, 0),
        (get("/gone%20/%0a%E2%80%A8?q"), "GET", "/gone%20/%0a%E2%80%A8", 404, None),
        (b"\x16\x03\x01\x02\r\n\r\n", None, None, 400, None),
        (b"GET\r\n\r\n", None, None, 400, None),
        (b"get /search?q=secret HTTP/1.1\r\n\r\n", "get", "/search", 400, None),
        (get("/search?q=secret", "Content-Length: x"), "GET", "/search", 400, None),
        (get("/search?q=secret", "Content-Length: 100000"), "GET", "/search", 413, None),
        (get("/search?q=secret", "Transfer-Encoding: secret"), "GET", "/search", 501, None),
        (b"GET /search?q=secret HTTP/1.1\r\nX: " + b"x" * 20_000, "GET", "/search", 431, None),
        (b"GET /sea", "GET", "/sea", 408, 0),
        (b"POST /search?q=secret HTTP/1.1\r\nContent-Length: 10\r\n\r\n", "POST", "/search", 408, 0),
    ],
)
def test_1_every_answer(
    server: Logging, sent: bytes, method: str | None, path: str | None, status: int, size: int | None
) -> None:
    answer = server.answer(sent)
    [entry] = server.logs()
    assert (entry["method"], entry["path"], entry["status"]) == (method, path, status)
    assert entry["bytes"] == (len(answer.partition(b"\r\n\r\n")[2]) if size is None else size)
    assert "incomplete" not in entry


def test_1_several_requests_of_one_connection(server: Logging) -> None:
    keep = get("/search").replace(b"Connection: close\r\n", b"")
    server.answer(keep + keep + get("/same"))
    assert [(entry["path"], entry["bytes"]) for entry in server.logs(3)] == [
        ("/search", 5), ("/search", 5), ("/same", 0),
    ]  # fmt: skip


def test_1_a_connection_without_a_request_is_not_logged(server: Logging) -> None:
    server.connect().close()
    server.answer(b"\r\n\r\n")
    server.answer(get("/same"))
    assert [entry["path"] for entry in server.logs() if entry["path"]] == ["/same"]


def test_1_who_is_turned_away(server: Logging) -> None:
    with server.connect() as first, server.connect() as second, server.connect() as third:
        for client in (first, second, third):
            client.sendall(get("/search?seconds=0.3"))
            time.sleep(0.05)
        for client in (first, second, third):
            read_all(client)
    entries = server.logs(3)
    assert sorted(entry["status"] for entry in entries) == [200, 200, 503]
    assert entries[0]["status"] == 503, "it is answered first"


def test_2_a_stream(server: Logging) -> None:
    server.answer(get("/api/v1/export?line=1000000"))
    [entry] = server.logs()
    assert entry["status"] == 200
    assert 10_000_000 <= entry["bytes"] < 10_001_000, "with the lengths of the chunks"
    assert "incomplete" not in entry


@pytest.mark.parametrize("target", ["/long", "/api/v1/export?line=1000000"])
def test_2_a_client_that_leaves(server: Logging, target: str) -> None:
    with server.connect() as client:
        client.sendall(get(target))
        while not client.recv(1000).endswith(b"xxx"):
            pass
    [entry] = server.logs()
    assert (entry["status"], entry["incomplete"]) == (200, "client left")
    assert 0 < entry["bytes"] < 10_000_000


def test_2_a_client_that_does_not_read(server: Logging) -> None:
    with server.connect() as client:
        client.sendall(get("/long"))
        [entry] = server.logs()
    assert (entry["status"], entry["incomplete"]) == (200, "read too slowly")


def test_2_a_stream_that_fails(server: Logging) -> None:
    server.answer(get("/api/v1/export?line=1000000&fails"))
    entries = server.request_and_message()
    assert entries["request"]["incomplete"] == "failed"
    assert entries["request"]["bytes"] > 5_000_000
    assert entries["message"]["traceback"].endswith("ValueError: no more")


LINES = st.binary(max_size=300).filter(lambda line: b"\r\n\r\n" not in line and line.strip())


@settings(max_examples=60)
@given(st.builds(lambda line, header: b"%b\r\n%b\r\n\r\n" % (line, header), LINES, LINES))
@example(b"GET /\x00\x07\n\x1b[2J\xe2\x80\xa8 HTTP/1.0\r\n\r\n")
@example(b"GET /" + b"\xff" * 10_000 + b" HTTP/1.0\r\n\r\n")
@example(b"GET / HTTP/1.0\r\nUser-Agent: evil\x1b[31m\r\n\r\n")
@example(b"nonsense\r\n\r\n")
@example(b"A" * 10_000 + b" /secret HTTP/1.0\r\n\r\n")
def test_3_one_request_is_one_line(server: Logging, sent: bytes) -> None:
    server.lines.clear()
    with server.connect() as client:
        client.sendall(sent.lstrip(b"\r\n "))
        client.settimeout(0.05)
        with suppress(TimeoutError, ConnectionError):
            client.recv(1 << 16)
    server.answer(get("/same"))
    until = time.monotonic() + 5
    while len(server.lines) < 2 and time.monotonic() < until:
        time.sleep(0.002)
    entries = [json.loads(line) for line in server.lines]
    assert [entry["event"] for entry in entries] == ["request"] * 2


def test_4_an_error(server: Logging) -> None:
    server.answer(get("/wrong?q=secret"))
    entries = server.request_and_message()
    assert entries["request"]["status"] == 500
    message = entries["message"]
    assert (message["level"], message["logger"]) == ("error", "stub")
    assert message["message"] == "Exception on /wrong [GET]"
    assert message["traceback"].endswith("ValueError: first line\nsecond line")


def test_4_what_is_under_way_when_it_stops() -> None:
    with logging_server() as server, server.send(get("/search?seconds=20")):
        assert server.says() == "asked"
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(timeout=60)
        entries = server.request_and_message()
    assert entries["request"]["incomplete"] == "server stopped"
    assert entries["request"]["status"] is None
    assert entries["message"]["message"] == "1 requests were not finished in 0.5 seconds."
