"""A server of a small application, in a process of its own, for tests that send it whatever they like.

Run as a program it writes its port, then `asked` for each search that begins, and `abandoned` for each that
ends unfinished because nobody waits for it. Its options are keys of the table `server` of the settings.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import msgspec
from flask import Flask, Response, request

from search.engines.deadline import check_time
from search.errors import Abandoned, SearchError
from search.listening.sockets import listen
from search.log.service_log import service_log
from search.settings import Server, Settings
from webui.log.searched import SEARCHED
from webui.request_limits import limit_requests
from webui.server import connection
from webui.server.http_server import serve
from webui.server.signals import stop_requested


@dataclass
class StubServer:
    """The process of a server, and requests to it. With `log`, its stderr is a pipe with a log as JSON."""

    process: subprocess.Popen[bytes]
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def send(self, data: bytes) -> socket.socket:
        client = self.connect()
        client.sendall(data)
        return client

    def answer(self, data: bytes) -> bytes:
        """What is answered, until the server closes the connection."""
        with self.connect() as client, suppress(ConnectionError):
            client.sendall(data)
            return read_all(client)
        return b""

    def says(self) -> str:
        """The next line of its output."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().decode().strip()


@contextmanager
def stub_server(*, log: bool = False, **options: float) -> Iterator[StubServer]:
    """A server while the block lasts."""
    command = [sys.executable, "-m", "tests.webui.server.stub_server"]
    process = subprocess.Popen(
        [*command, msgspec.json.encode(options).decode(), "json" if log else "off"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if log else None,
    )
    server = StubServer(process, 0)
    try:
        server.port = int(server.says())
        yield server
    finally:
        process.kill()
        process.communicate()


def http_request(target: str, *headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    """A request."""
    lines = (f"{method} {target} HTTP/{version}", "Host: localhost", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1")


def read_all(client: socket.socket) -> bytes:
    """What is sent until the server closes the connection, or breaks it off."""
    parts = []
    with suppress(ConnectionResetError):
        while part := client.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)


def stub_application() -> Flask:
    """An application without an index: a search lasts as long as it is told to."""
    app = Flask("stub")
    limit_requests(app, 30)

    @app.errorhandler(SearchError)
    def turned_away(_: SearchError) -> tuple[str, int]:
        return "too much", 503

    @app.get("/healthz")
    def healthz() -> str:
        return "well"

    @app.get("/search")
    def search() -> str:
        os.write(1, b"asked\n")
        until = time.monotonic() + float(request.args.get("seconds", 0))
        try:
            while time.monotonic() < until:
                check_time()
                time.sleep(0.02)
        except Abandoned:
            os.write(1, b"abandoned\n")
            raise
        request.environ[SEARCHED].total, request.environ[SEARCHED].generation = 7, "g1"
        return "found"

    @app.get("/same")
    def same() -> Response:
        return Response(status=304)

    @app.get("/wrong")
    def wrong() -> str:
        raise ValueError("first line\nsecond line")

    @app.get("/long")
    def long() -> str:
        return "x" * 20_000_000

    @app.get("/api/v1/export")
    def export() -> Response:
        """Ten lines, a tenth of a second apart unless they are long; with `fails` but five."""
        size, is_to_fail = int(request.args.get("line", 0)), "fails" in request.args

        def lines() -> Iterator[str]:
            for number in range(10):
                if is_to_fail and number == 5:
                    raise ValueError("no more")
                if not size:
                    time.sleep(0.1)
                yield "x" * size if size else "line\n"

        return Response(lines())

    return app


if __name__ == "__main__":
    connection.REQUEST_SECONDS = connection.READING_SECONDS = 1.0
    with service_log(msgspec.convert({"log": sys.argv[2]}, Settings)), stop_requested() as stop:
        sockets = listen("127.0.0.1", 0)
        print(sockets[0].getsockname()[1], flush=True)
        serve(stub_application(), sockets, stop, msgspec.json.decode(sys.argv[1], type=Server))
