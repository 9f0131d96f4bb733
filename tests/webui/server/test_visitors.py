"""Limits for each visitor, and whose address a request has, over real sockets.

1. Who searches too often is told so and when to come back; other clients, health checks and files are served.
2. Behind a proxy that is trusted each visitor is a client, also in the log; nobody can invent an address.
3. Where all visitors would be one client, the log says so at the start.
4. Settings that cannot be used are one sentence.
"""

import http.client
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from search.engines import open_engine
from search.settings import Settings
from tests.archive import fill
from tests.pseudo_archive import documents
from tests.webui.server.opis_serve import serve

pytestmark = pytest.mark.slow

LIMITED = 'rate_limit = "3/hour"\n'
TRUSTED = 'trusted_proxies = ["127.0.0.1", "10.0.0.0/8"]\n'


def started(folder: Path, server: str) -> subprocess.Popen[str]:
    (folder / "opis.toml").write_text(f'log = "json"\n[server]\nport = 0\n{server}')
    return serve("--index", f"whoosh:{folder / 'index'}", cwd=folder)


@dataclass(frozen=True)
class Running:
    """A server, and the host and port of its site."""

    process: subprocess.Popen[str]
    site: str

    def get(self, path: str, *forwarded: str) -> tuple[int, dict[str, str], str]:
        """The answer to a request with a header X-Forwarded-For for each of these texts."""
        connection = http.client.HTTPConnection(self.site, timeout=60)
        connection.putrequest("GET", path)
        for text in forwarded:
            connection.putheader("X-Forwarded-For", text)
        connection.putheader("X-Forwarded-Proto", "https")
        connection.endheaders()
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return response.status, dict(response.headers), body

    def log(self) -> list[dict[str, Any]]:
        """All lines of its log; it is stopped for that."""
        self.process.terminate()
        _, errors = self.process.communicate(timeout=40)
        return [json.loads(line) for line in errors.splitlines()]


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    engine = open_engine(f"whoosh:{tmp_path / 'index'}", Settings().schema, create=True)
    fill(engine, documents(5))
    engine.close()
    process = started(tmp_path, request.param)
    assert process.stdout is not None
    yield Running(process, process.stdout.readline().split()[4].split("/")[2])
    process.kill()
    process.communicate()


limited = pytest.mark.parametrize("server", [LIMITED], indirect=True)


@limited
def test_1_3_who_searches_too_often(server: Running) -> None:
    for path in ("/search?q=a", "/api/v1/search?q=a", "/api/v1/export?q=a&format=csv"):
        assert server.get(path)[0] == 200
    status, headers, body = server.get("/api/v1/search?q=a")
    problem = json.loads(body)
    assert (status, headers["Content-Type"]) == (429, "application/problem+json")
    assert (problem["code"], problem["status"]) == ("rate_limited", 429)
    assert 1 <= int(headers["Retry-After"]) <= 1201
    status, headers, body = server.get("/search?q=armistice", "198.51.100.1")
    assert (status, headers["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert "Too many searches from your address" in body
    assert 'value="armistice"' in body
    assert int(headers["Retry-After"]) > 0
    for path in ("/healthz", "/static/opis.css", "/robots.txt"):
        assert server.get(path)[0] == 200
    lines = server.log()
    assert "server.rate_limit holds for each address" in lines[0]["message"]
    assert sorted(line["status"] for line in lines[1:]) == [200] * 6 + [429] * 2
    assert {line["client"] for line in lines[1:]} == {"127.0.0.1"}


@pytest.mark.parametrize("server", [LIMITED + TRUSTED + "processes = 2\n"], indirect=True)
def test_2_visitors_of_a_proxy(server: Running) -> None:
    for _ in range(3):
        assert server.get("/search?q=a", "203.0.113.9, 192.0.2.1")[0] == 200
    assert server.get("/search?q=a", "203.0.113.8", "203.0.113.7, 192.0.2.1")[0] == 429
    assert server.get("/search?q=a", "192.0.2.1, 10.1.1.1")[0] == 429
    assert server.get("/search?q=a", "192.0.2.1, 192.0.2.2")[0] == 200
    assert server.get("/search?q=a", "2001:db8::1")[0] == 200
    assert server.get("/search?q=a", "unknown")[0] == 200
    lines = [line for line in server.log() if line["event"] == "request"]
    assert sorted(line["client"] for line in lines) == (
        ["127.0.0.1"] + ["192.0.2.1"] * 5 + ["192.0.2.2", "2001:db8::1"]
    )


@pytest.mark.parametrize("server", ['trusted_proxies = ["10.0.0.0/8"]\n'], indirect=True)
def test_2_a_proxy_that_is_not_trusted(server: Running) -> None:
    assert server.get("/search?q=a", "192.0.2.1")[0] == 200
    assert [line["client"] for line in server.log()] == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (
            'trusted_proxies = ["nginx"]\n',
            "Error: server.trusted_proxies lists addresses and networks, such as 10.0.0.0/8: "
            "'nginx' does not appear to be an IPv4 or IPv6 network.\n",
        ),
        (
            'rate_limit = "60"\n',
            "Error: server.rate_limit is so many in a second, minute or hour, such as 60/minute, not '60'.\n",
        ),
    ],
)
def test_4_settings(tmp_path: Path, setting: str, sentence: str) -> None:
    process = started(tmp_path, setting)
    assert process.communicate(timeout=60)[1] == sentence
    assert process.returncode == 2
