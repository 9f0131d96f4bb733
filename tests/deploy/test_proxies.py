"""nginx and Caddy, run from the files in deploy/, with a service behind them.

1. The service is told the visitor's address, and the name that was asked for, whatever the visitor claims.
2. A request that does not arrive in time is cut off; an answer that takes too long is a 503. An export may
   take longer, and is passed on as it is made.
3. Only GET, HEAD and OPTIONS reach the service, without bodies.
4. Static files are kept by browsers: a year, and then 304. Texts are compressed.
5. http leads to https, which speaks HTTP/2; no header of security is missing, or there twice.
6. While the service is down, visitors are told so, with Retry-After; that it is reloaded they do not notice.
"""

import http.client
import json
import re
import signal
import socket
import sys
import time
from pathlib import Path

import pytest

from tests.deploy.proxies import HOST, PROXIES, SECONDS, Certificate, Proxy, free_ports
from tests.deploy.told_backend import go_on
from tests.in_time import in_time
from tests.webui.server.opis_serve import Server
from tests.webui.server.process_tree import children, ended, wait_for
from webui.security import HEADERS

pytestmark = pytest.mark.slow

FORGED = {
    "X_Forwarded_For": "192.0.2.6",
    "X_Forwarded_Host": "forged.example",
    "X_Forwarded_Proto": "gopher",
    "Forwarded": "for=192.0.2.6",
}


def test_1_what_the_service_is_told(told: Proxy) -> None:
    response, body = told.get("/search?q=peace", "GET", None, **FORGED)
    assert response.status == 200
    sent = [
        (header, value) for header, value in json.loads(body) if "forwarded" in header or header == "host"
    ]
    assert sorted(sent) == [
        ("host", HOST),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-host", HOST),
        ("x-forwarded-proto", "https"),
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of 127.0.0.0/8")
def test_1_whom_the_service_logs(proxy: Proxy, archive: Path) -> None:
    connection = proxy.open("127.0.0.9")
    with connection.sock:
        connection.request("GET", "/healthz", headers={"Host": HOST, "X-Forwarded-For": "192.0.2.6"})
        assert connection.getresponse().status == 200
    wait_for(lambda: " request 127.0.0.9 GET /healthz 200 " in (archive / "log").read_text())
    assert "192.0.2.6" not in (archive / "log").read_text()


def test_2_a_slow_request_is_cut_off(told: Proxy) -> None:
    with told.connect() as client, in_time(60):
        client.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Slow:".encode())
        began = time.monotonic()
        while client.recv(1000):  # nginx says nothing, Caddy a 4xx perhaps
            pass
        assert time.monotonic() - began > SECONDS / 2


def test_2_a_slow_answer_is_a_503(told: Proxy) -> None:
    go_on.clear()
    response, body = told.get("/slow")
    go_on.set()
    assert response.status == 503
    assert response.getheader("Retry-After") == "30"
    assert b"try again" in body


def test_2_an_export_flows(told: Proxy) -> None:
    go_on.clear()
    connection = told.open()
    with connection.sock:
        connection.request("GET", "/api/v1/export?q=peace", headers={"Host": HOST, "Accept-Encoding": "gzip"})
        response = connection.getresponse()
        assert response.read1(100) == b"first\n"
        time.sleep(SECONDS * 1.5)
        go_on.set()
        assert response.read() == b"second\n"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/search", "/api/v1/export", "/healthz", "/static/opis.css"])
def test_3_other_methods(proxy: Proxy, method: str, path: str) -> None:
    response, _ = proxy.get(path, method)
    assert response.status == 405
    assert method == "TRACE" or response.getheader("Allow") == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("path", ["/search?q=peace", "/api/v1/export", "/healthz"])
def test_3_bodies(proxy: Proxy, method: str, path: str) -> None:
    response, _ = proxy.get(path, method, b"x" * (1 << 20))
    assert response.status in {405, 413} if method == "POST" else response.status == 413


def test_3_other_requests_reach_it(proxy: Proxy) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        for path in ("/search?q=peace", "/healthz", "/api/v1/search?q=peace"):
            response, _ = proxy.get(path, method)
            assert response.status in ({200, 204} if method == "OPTIONS" else {200})


def test_4_static_files_are_kept(proxy: Proxy) -> None:
    _, page = proxy.get("/")
    [path] = re.findall(r'"(/static/opis\.css\?v=[0-9a-f]+)"', page.decode())
    response, body = proxy.get(path)
    assert response.getheader("Cache-Control") == "public, max-age=31536000"
    assert body
    etag = response.getheader("ETag")
    assert etag
    again, nothing = proxy.get(path, If_None_Match=etag)
    assert (again.status, nothing) == (304, b"")


def test_4_texts_are_compressed(proxy: Proxy, name: str) -> None:
    for wanted in ("gzip", *(["zstd"] if name == "caddy" else [])):
        response, body = proxy.get("/api/v1/search?q=peace&per_page=50", Accept_Encoding=wanted)
        assert response.getheader("Content-Encoding") == wanted
        assert "Accept-Encoding" in (response.getheader("Vary") or "")
        assert body[:2] == {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5"}[wanted]


def test_5_http_leads_to_https(proxy: Proxy) -> None:
    with socket.create_connection(("127.0.0.1", proxy.plain_port), timeout=60) as client:
        client.sendall(f"GET /search?q=a%20b HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        response = http.client.HTTPResponse(client)
        response.begin()
        assert response.status == 308
        location = str(response.getheader("Location")).replace(f":{proxy.port}", "")
        assert location == f"https://{HOST}/search?q=a%20b"


def test_5_http_2(proxy: Proxy) -> None:
    with proxy.connect("h2", "http/1.1") as client:
        assert client.selected_alpn_protocol() == "h2"


@pytest.mark.parametrize(
    "path", ["/", "/search?q=peace", "/healthz", "/static/opis.css", "/no-page", "/api/v1"]
)
def test_5_headers_of_security(proxy: Proxy, path: str) -> None:
    response, _ = proxy.get(path)
    for header in (*HEADERS, "Strict-Transport-Security"):
        assert len(response.headers.get_all(header) or []) == 1, header
    assert not re.search("waitress|[0-9]", response.getheader("Server") or "")


def test_6_while_it_is_reloaded(proxy: Proxy, service: Server) -> None:
    process, _ = service
    before = children(process.pid)
    connection = proxy.open()
    process.send_signal(signal.SIGHUP)
    statuses: list[int] = []
    with connection.sock, in_time(60):
        while not (children(process.pid) - before and all(map(ended, before))):
            connection.request("GET", f"/search?q=peace&page={len(statuses) % 3 + 1}", headers={"Host": HOST})
            response = connection.getresponse()
            assert response.read()
            statuses.append(response.status)
            statuses.append(proxy.get("/healthz")[0].status)
    assert set(statuses) == {200}
    wait_for(lambda: len(children(process.pid)) == 1)


def test_6_while_it_is_down(name: str, certificate: Certificate, tmp_path: Path) -> None:
    [nobody] = free_ports(1)
    with PROXIES[name](tmp_path, nobody, certificate) as proxy:
        for path in ("/", "/healthz", "/api/v1/export"):
            response, body = proxy.get(path)
            assert response.status == 503
            assert response.getheader("Retry-After") == "30"
            assert b"try again" in body
