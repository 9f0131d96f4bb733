"""A host that answers as a test says: with a status, by hanging up, or not at all."""

import ssl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

import msgspec

Answer = tuple[int, object] | Literal["hang up", "silence"]


@dataclass
class FakeHost:
    """A host at `name`; each request takes the next of `answers`, and after these an empty object."""

    name: str = ""
    answers: deque[Answer] = field(default_factory=deque)
    requests: list[tuple[str, str, bytes]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def fake_host(*answers: Answer, port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[FakeHost]:
    """A block in which a host answers, at any free port by default."""
    host = FakeHost(answers=deque(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            host.requests.append((self.command, self.path, body))
            host.headers = dict(self.headers.items())
            answer = host.answers.popleft() if host.answers else (200, {})
            if isinstance(answer, str):
                if answer == "silence":
                    host.released.wait(30)
                self.close_connection = True
                return
            status, value = answer
            content = value if isinstance(value, bytes) else msgspec.json.encode(value)
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that does not trust us hangs up

    with Server(("127.0.0.1", port), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        host.name = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield host
        finally:
            host.released.set()
            server.shutdown()
            thread.join()
