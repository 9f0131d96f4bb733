"""The listener on which metrics are asked for, over real sockets.

1. It answers GET and HEAD of /metrics, in both formats, and both can be read.
2. Everything else is refused, and so are names of other sites.
3. Who asks slowly, does not read, or opens many connections keeps nobody away.
4. It answers, too, where what has to be read fails or hangs.
"""

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_text

from search.listening.sockets import listen
from search.metrics import listener
from search.metrics.common import build_reading
from search.metrics.declaration import OTHER, Counter, Gauge, Histogram, Reading
from search.metrics.exposition import Read
from search.metrics.table import Table
from tests.in_time import in_time

SEEN = Counter("opis_seen_total", 'Things "seen".\nOr not.', {"kind": ("cat", OTHER)})
OPEN = Gauge("opis_open", "Things open.")
TOOK = Histogram("opis_took_seconds", "Times.", (0.1, 1.0), {"path": ("/a", "/b")}, is_sparse=True)

Port = int


@contextmanager
def started(read: Read = build_reading) -> Iterator[Port]:
    table, sockets = Table((SEEN, OPEN, TOOK), 2), listen("127.0.0.1", 0)
    table.take(1)
    try:
        with listener.answering(sockets, table, read):
            yield sockets[0].getsockname()[1]
    finally:
        table.close()
        for sock in sockets:
            sock.close()


@pytest.fixture
def port() -> Iterator[Port]:
    with started() as port:
        yield port


def ask(
    port: Port, line: str = "GET /metrics HTTP/1.1", *headers: str, host: str | None = "localhost"
) -> tuple[int, str, str]:
    """The status, the header and the body of an answer; 0 where there is none."""
    lines = [line, *([f"Host: {host}"] if host is not None else []), *headers, "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall("\r\n".join(lines).encode("latin-1"))
        answer = b"".join(iter(lambda: client.recv(1 << 16), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    return int(head.split()[1]) if head else 0, head, body


def values(body: str) -> dict[str, float]:
    return {
        sample.name
        + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in read_text(body)
        for sample in family.samples
    }


def test_1_text(port: Port) -> None:
    SEEN.add("cat")
    SEEN.add("</script>")
    TOOK.observe(0.1, "/a")
    TOOK.observe(5, "/a")
    status, head, body = ask(port)
    assert status == 200
    assert "Content-Type: text/plain; version=0.0.4; charset=utf-8" in head
    found = values(body)
    assert (found["opis_seen_total kind=cat"], found["opis_seen_total kind=other"]) == (1, 1)
    assert found["opis_took_seconds_bucket le=0.1 path=/a"] == 1
    assert found["opis_took_seconds_bucket le=+Inf path=/a"] == found["opis_took_seconds_count path=/a"] == 2
    assert "opis_took_seconds_count path=/b" not in found
    assert found["opis_open"] == 0
    assert found["process_resident_memory_bytes process=1"] > 1_000_000


def test_1_openmetrics(port: Port) -> None:
    SEEN.add("cat")
    TOOK.observe(0.1, "/a")
    status, head, body = ask(
        port, "GET /metrics?x HTTP/1.1", "Accept: application/openmetrics-text; version=1.0.0"
    )
    assert status == 200
    assert "Content-Type: application/openmetrics-text" in head
    families = read_openmetrics(body)  # type: ignore[no-untyped-call]
    names = {family.name for family in families}
    assert {"opis_seen", "opis_open", "opis_took_seconds", "opis_build", "process_cpu_seconds"} <= names


def test_1_head_and_http_1_0(port: Port) -> None:
    status, head, body = ask(port, "HEAD /metrics HTTP/1.1")
    assert (status, body) == (200, "")
    assert "Content-Length: 0" not in head
    assert ask(port, "GET /metrics HTTP/1.0", host=None)[0] == 200


@pytest.mark.parametrize(
    ("line", "host", "status"),
    [
        ("GET / HTTP/1.1", "localhost", 404),
        ("GET /metrics/ HTTP/1.1", "localhost", 404),
        ("GET //metrics HTTP/1.1", "localhost", 404),
        ("GET /search?q=x HTTP/1.1", "localhost", 404),
        ("GET http://localhost/metrics HTTP/1.1", "localhost", 404),
        ("POST /metrics HTTP/1.1", "localhost", 405),
        ("OPTIONS /metrics HTTP/1.1", "localhost", 405),
        ("GET /metrics HTTP/1.1", "evil.example", 421),
        ("GET /metrics HTTP/1.1", "127.0.0.1.evil.example:80", 421),
        ("GET /metrics HTTP/1.1", "", 421),
        ("GET /metrics HTTP/1.1", "[::1]:9", 200),
        ("GET /metrics", "localhost", 400),
        ("GET /metrics HTTP/2.0", "localhost", 400),
        ("get /metrics HTTP/1.1", "localhost", 400),
        ("\x16\x03\x01", "localhost", 400),
        ("GET /metrics HTTP/1.1\r\nHost: localhost", "evil.example", 400),
        ("GET /metrics HTTP/1.1\r\nno colon", "localhost", 400),
        ("GET /metrics HTTP/1.1\r\nX: " + "x" * 10_000, "localhost", 431),
    ],
)
def test_2_refusals(port: Port, line: str, host: str, status: int) -> None:
    answered, head, body = ask(port, line, host=host)
    assert answered == status
    assert ("opis_" in body) == (status == 200)
    assert ("Allow: GET, HEAD" in head) == (status == 405)
    assert "Connection: close" in head


def test_3_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "SECONDS", 1000.0)
    with started() as port, ExitStack() as stack, in_time(60):
        clients = []
        for _ in range(100):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            client.sendall(b"GET /metrics HTTP/1.1\r\nX: ")
            clients.append(client)
        for _ in range(5):
            assert ask(port)[0] == 200
        while len(select.select(clients, [], [], 0.1)[0]) < 100 - listener.MOST_CONNECTIONS:
            pass  # until so many have been closed


def test_3_deadlines(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "SECONDS", 0.5)
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(b"GET /metrics HTTP/1.1\r\n")
        assert client.recv(100) == b""
    assert 0.4 < time.monotonic() - began < 10


@pytest.mark.slow
def test_3_who_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "SECONDS", 1.0)
    long = Reading("opis_long", "x" * 20_000_000)
    with started(lambda: [long]) as port, socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(b"GET /metrics HTTP/1.1\r\n\r\n")
        assert client.recv(10)
        time.sleep(2)
        assert len(b"".join(iter(lambda: client.recv(1 << 20), b""))) < 20_000_000


def test_4_what_hangs_or_fails(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(listener, "READ_SECONDS", 0.2)
    answers = threading.Event()
    states = iter(["hangs", "fails", "well"])

    def read() -> list[Reading]:
        state = next(states)
        if state == "hangs":
            answers.wait(20)
        if state == "fails":
            raise OSError("gone")
        return list(build_reading())

    with started(read) as port:
        for _ in range(2):
            status, _, body = ask(port)
            assert status == 200
            assert "opis_seen_total" in body
            assert "opis_build_info" not in body
        answers.set()
        while "opis_build_info" not in (body := ask(port)[2]):
            time.sleep(0.05)
    assert "does not answer within 0.2 seconds" in caplog.text
