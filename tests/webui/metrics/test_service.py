"""`opis-serve --metrics`, over real sockets and processes.

1. Requests are counted by what they were, over all processes, and text of users is nowhere.
2. While processes are killed and replaced, no counter falls, and no memory is added.
3. It answers when all threads are busy and when the index is gone; it does not answer on the main port.
4. A port that cannot be used is one sentence.
"""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from search.engines import open_engine
from search.settings import Settings
from tests.archive import fill
from tests.in_time import in_time
from tests.pseudo_archive import documents
from tests.webui.server.opis_serve import serve
from tests.webui.server.process_tree import workers

pytestmark = pytest.mark.slow

Samples = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


@dataclass(frozen=True)
class Running:
    """A server, its address, and that of its metrics."""

    process: subprocess.Popen[str]
    site: str
    metrics: str

    def get(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.site + path, timeout=60) as response:  # noqa: S310 - our own
                response.read()
                return int(response.status)
        except urllib.error.HTTPError as error:
            error.read()
            return error.code

    def text(self) -> str:
        while True:
            try:
                with urllib.request.urlopen(self.metrics, timeout=60) as response:  # noqa: S310 - our own
                    return str(response.read().decode())
            except (ConnectionError, http.client.HTTPException):  # of a process that was killed
                time.sleep(0.05)

    def samples(self) -> Samples:
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(self.text())
            for sample in family.samples
        }

    def value(self, name: str, **labels: str) -> float:
        return self.samples().get((name, frozenset(labels.items())), 0)

    def wait_for(self, value: float, name: str, **labels: str) -> None:
        with in_time(60):
            while self.value(name, **labels) != value:
                time.sleep(0.05)


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    engine = open_engine(f"whoosh:{tmp_path / 'index'}", Settings().schema, create=True)
    fill(engine, documents(30))
    engine.close()
    (tmp_path / "opis.toml").write_text("[server]\nthreads = 1\nwaiting = 1\n")
    index, processes = f"whoosh:{tmp_path / 'index'}", str(getattr(request, "param", 1))
    options = ("--port", "0", "--metrics", "127.0.0.1:0", "--processes", processes)
    process = serve("--index", index, *options, cwd=tmp_path, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    site = process.stdout.readline().split()[4].rstrip("/")
    yield Running(process, site, process.stdout.readline().split()[2])
    process.terminate()
    try:
        process.communicate(timeout=40)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


both = pytest.mark.parametrize("server", [1, 2], indirect=True)


@both
def test_1_requests(server: Running) -> None:
    for path, status in {
        "/search?q=united": 200,
        "/api/v1/search?q=states&page=0": 400,
        "/secretpath": 404,
        "/documents/secretid": 404,
        "/static/opis.css": 200,
    }.items():
        assert server.get(path) == status
    for endpoint, code in {
        "/search": "200", "/api/v1/search": "400", "none": "404", "/documents/{id}": "404",
        "/static/{file}": "200",
    }.items():  # fmt: skip
        server.wait_for(1, "opis_http_requests_total", endpoint=endpoint, method="GET", status=code)
        assert server.value("opis_http_request_duration_seconds_count", endpoint=endpoint) == 1
        assert server.value("opis_http_response_bytes_total", endpoint=endpoint) > 100
    assert server.value("opis_index_documents") == 30
    assert server.value("opis_index_size_bytes") > 10_000
    assert abs(server.value("opis_index_commit_timestamp_seconds") - time.time()) < 1000
    assert not re.search("secret|united|states", server.text())


def is_counted(name: str) -> bool:
    return name.startswith("opis_") and name.endswith(("_total", "_bucket", "_count", "_sum"))


@pytest.mark.parametrize("server", [2], indirect=True)
def test_2_processes_are_killed(server: Running) -> None:
    server.wait_for(2, "opis_server_processes")
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            with suppress(OSError, http.client.HTTPException):  # of a process that was killed
                server.get("/healthz")

    asking = threading.Thread(target=ask)
    asking.start()
    before, sizes = server.samples(), []
    for killed in range(1, 5):
        os.kill(min(workers(server.process.pid)), signal.SIGKILL)
        with in_time(60):
            while server.value("opis_server_processes_replaced_total") < killed or (
                server.value("opis_server_processes") < 2
            ):
                now = server.samples()
                assert [key for key in before if is_counted(key[0]) and now[key] < before[key]] == []
                before = now
        sizes.append(len(server.text()))
    ended.set()
    asking.join()
    assert max(sizes) - min(sizes) < 3000, "numbers have more digits, and there are no more rows"
    server.wait_for(0, "opis_http_connections_open")


BUSY = """
import time
from flask import Flask, request
from search.engines.memory import MemoryEngine
from search.schema import Schema
from search.settings import Server
from search.listening.sockets import listen
from webui.metrics.service import MetricsService
from webui.request_limits import OVERLOADED
from webui.server.http_server import serve
from webui.server.signals import Stop

app = Flask("stub")

@app.get("/search")
def search():
    if request.environ[OVERLOADED]:
        return "too much", 503
    until = time.monotonic() + 5
    while time.monotonic() < until:
        pass
    return "found"

settings = Server(threads=4, waiting=2)
answered, sockets = listen("127.0.0.1", 0), listen("127.0.0.1", 0)
metrics = MetricsService.open(settings, answered)
with metrics.answering(MemoryEngine(Schema())):
    url = f"http://127.0.0.1:{answered[0].getsockname()[1]}/metrics"
    print(sockets[0].getsockname()[1], url, flush=True)
    serve(app, sockets, Stop(), settings)
"""


@pytest.fixture
def busy() -> Iterator[Running]:
    """A server of four threads, whose searches compute for seconds."""
    process = subprocess.Popen([sys.executable, "-c", BUSY], text=True, stdout=subprocess.PIPE)
    assert process.stdout is not None
    port, metrics = process.stdout.readline().split()
    yield Running(process, f"http://127.0.0.1:{port}", metrics)
    process.kill()
    process.communicate()


def test_3_all_threads_are_busy(busy: Running) -> None:
    port = int(busy.site.rpartition(":")[2])
    with ExitStack() as stack:
        for _ in range(8):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            client.sendall(b"GET /search HTTP/1.1\r\nHost: localhost\r\n\r\n")
        busy.wait_for(4, "opis_requests_under_way", lane="search")
        busy.wait_for(2, "opis_requests_turned_away_total", reason="queue_full")
        busy.wait_for(2, "opis_requests_turned_away_total", reason="waited_too_long")
        assert busy.value("opis_requests_under_way", lane="search") == 4, "it answered in the meantime"
        assert busy.value("opis_http_connections_open") == 8
    busy.wait_for(0, "opis_http_connections_open")
    busy.wait_for(0, "opis_requests_waiting", lane="search")


def test_3_only_there(server: Running) -> None:
    assert server.get("/metrics") == 404
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(server.metrics.replace("/metrics", "/search"), timeout=60)  # noqa: S310
    foreign = urllib.request.Request(server.metrics, headers={"Host": "rebound.example"})  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="421"):
        urllib.request.urlopen(foreign, timeout=60)  # noqa: S310


def test_3_without_an_index(server: Running, tmp_path: Path) -> None:
    assert server.value("opis_index_healthy") == 1
    shutil.rmtree(tmp_path / "index")
    server.wait_for(0, "opis_index_healthy")
    assert server.value("opis_server_processes") == 1
    assert "opis_index_documents" not in server.text()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("9464", "Error: '9464' is no address; use HOST:PORT, such as 127.0.0.1:8765."),
        ("127.0.0.1:{used}", "Error: Port {used} is in use; stop what uses it, or choose another: "
         "--metrics 127.0.0.1:{next}"),
    ],
)  # fmt: skip
def test_4_an_address_that_cannot_be_used(tmp_path: Path, address: str, sentence: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        used = taken.getsockname()[1]
        command = [sys.executable, "-m", "webui", "--port", "0", "--metrics", address.format(used=used)]
        environment = {"PYTHONPATH": os.getcwd(), "PATH": os.environ["PATH"]}
        found = subprocess.run(
            command, cwd=tmp_path, env=environment, text=True, capture_output=True, check=False
        )
    assert found.returncode == 2
    assert found.stderr == sentence.format(used=used, next=used + 1) + "\n"
