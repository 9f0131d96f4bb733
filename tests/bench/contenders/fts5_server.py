"""FTS5 over HTTP, with little around it: `python -m tests.bench.contenders.fts5_server FOLDER PORT`.

/search?match=… answers with the ten best rows, their snippets and both facets as JSON, any other address
with an empty answer.
"""

import json
import sys
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.bench.contenders.fts5 import FTS5, FTS5Session


class _Handler(BaseHTTPRequestHandler):
    """The requests of one connection, which has a thread and an FTS5 session of its own."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # headers and body leave together
    server: "_Server"

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        body = b""
        if address.path == "/search":
            match = parse_qs(address.query)["match"][0]
            body = json.dumps(self._session.answer(match, "full", 10)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """No log."""

    def finish(self) -> None:
        if "_session" in vars(self):
            self._session.close()
        super().finish()

    @cached_property
    def _session(self) -> FTS5Session:
        return FTS5("fts5", "SQLite FTS5").open(self.server.folder)


class _Server(ThreadingHTTPServer):
    """Serves the index of a folder."""

    request_queue_size = 64
    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.folder = folder


if __name__ == "__main__":
    _Server(Path(sys.argv[1]), int(sys.argv[2])).serve_forever()
