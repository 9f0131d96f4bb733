"""nginx and Caddy as deploy/ has them, with ports, certificate and time-outs of a test in place of theirs.

Where one of the two is not installed, its tests are skipped at a desk, and fail where CI=true.
"""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
HOST = "archive.example.org"
SECONDS = 3
"""The time-out for requests, and for answers, which is longer in the files."""

_NGINX = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Certificate:
    """A certificate of HOST that signs itself, and its key."""

    file: Path
    key: Path

    @classmethod
    def make(cls, folder: Path) -> "Certificate":
        """A new one."""
        made = cls(folder / "archive.pem", folder / "archive.key")
        subprocess.run(
            [program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
             "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
             "-out", str(made.file), "-keyout", str(made.key)],
            check=True, capture_output=True,
        )  # fmt: skip
        return made


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs, on two ports of 127.0.0.1."""

    plain_port: int
    port: int
    certificate: Certificate

    def connect(self, *protocols: str, visitor: str = "127.0.0.1") -> ssl.SSLSocket:
        """A connection by TLS, from one of the addresses of this machine."""
        context = ssl.create_default_context(cafile=str(self.certificate.file))
        if protocols:
            context.set_alpn_protocols(protocols)
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(visitor, 0))
        return context.wrap_socket(sock, server_hostname=HOST)

    def open(self, visitor: str = "127.0.0.1") -> http.client.HTTPConnection:
        """A connection on which requests are made."""
        connection = http.client.HTTPConnection(HOST, self.port)
        connection.sock = self.connect(visitor=visitor)
        return connection

    def get(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer to a request on a connection of its own; of a header's name, `_` stands for `-`."""
        connection = self.open()
        with connection.sock:
            named = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
            with suppress(OSError):  # where it does not wait for the whole body
                connection.request(method, path, body, named)
            response = connection.getresponse()
            return response, response.read()


def program(name: str) -> str:
    """The path of a program; skips or fails the test if it is not installed."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found:
        return found
    complaint = f"{name} is not installed."
    if os.environ.get("CI") == "true":
        pytest.fail(complaint)
    pytest.skip(complaint)


def free_ports(number: int) -> list[int]:
    """Ports on which nobody listens."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [sock.getsockname()[1] for sock in sockets]
    for sock in sockets:
        sock.close()
    return ports


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    """A text in which each of the first is replaced by the second; all must be there."""
    for before, after in pairs:
        assert before in text, f"the file has no {before!r} any more"
        text = text.replace(before, after)
    return text


@contextmanager
def nginx(folder: Path, backend: int, certificate: Certificate) -> Iterator[Proxy]:
    """nginx in front of a port."""
    http_port, https_port = free_ports(2)
    site = replaced(
        (DEPLOY / "nginx.conf").read_text(encoding="utf-8"),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{http_port};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{https_port} ssl"),
        ("127.0.0.1:8000", f"127.0.0.1:{backend}"),
        ("/etc/ssl/certs/archive.pem", str(certificate.file)),
        ("/etc/ssl/private/archive.key", str(certificate.key)),
        ("client_header_timeout 10s", f"client_header_timeout {SECONDS}s"),
        ("proxy_read_timeout 30s", f"proxy_read_timeout {SECONDS}s"),
    )
    (folder / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, user=user), encoding="utf-8")
    command = [program("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _running(command, {}, https_port):
        yield Proxy(http_port, https_port, certificate)


@contextmanager
def caddy(folder: Path, backend: int, certificate: Certificate) -> Iterator[Proxy]:
    """Caddy in front of a port."""
    http_port, https_port = free_ports(2)
    options = f"admin off\n\thttp_port {http_port}\n\thttps_port {https_port}\n\tdefault_bind 127.0.0.1\n"
    file = replaced(
        (DEPLOY / "Caddyfile").read_text(encoding="utf-8"),
        ("{\n\tservers", f"{{\n\t{options}\tservers"),
        (f"{HOST} {{\n", f"{HOST} {{\n\ttls {certificate.file} {certificate.key}\n"),
        ("127.0.0.1:8000", f"127.0.0.1:{backend}"),
        ("read_header 10s", f"read_header {SECONDS}s"),
        ("response_header_timeout 30s", f"response_header_timeout {SECONDS}s"),
    )
    (folder / "Caddyfile").write_text(file, encoding="utf-8")
    command = [program("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with _running(command, home, https_port):
        yield Proxy(http_port, https_port, certificate)


PROXIES = {"nginx": nginx, "caddy": caddy}


@contextmanager
def _running(command: list[str], environ: dict[str, str], port: int) -> Iterator[None]:
    """A program that listens on a port."""
    with subprocess.Popen(
        command, env=os.environ | environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.terminate()
            process.communicate(timeout=60)


def _wait_for(port: int, process: "subprocess.Popen[str]") -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
        if process.poll() is not None:
            break
    process.kill()
    pytest.fail(f"It does not start: {process.communicate()[1]}")
