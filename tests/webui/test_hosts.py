"""Which names a service answers under.

1. On a loopback address: those of loopback, and that of `site.base_url`; else 421.
2. On others: every name, or, where `site.base_url` is set, its own, those of loopback, and addresses.
3. Nothing of the archive is in a 421.
"""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from search.listening.names import host_name, is_answered
from search.settings import Site
from tests.webui.conftest import DOCUMENTS, SETTINGS, app_with

NAMES = ("localhost", "127.0.0.1", "::1", "archive.example", "evil.example", "192.168.0.7", "2001:db8::7", "")


@pytest.mark.parametrize(
    ("bound", "public", "answered"),
    [
        ("127.0.0.1", "", "localhost 127.0.0.1 ::1"),
        ("::1", "", "localhost 127.0.0.1 ::1"),
        ("localhost", "archive.example", "localhost 127.0.0.1 ::1 archive.example"),
        ("10.0.0.5", "archive.example", "localhost 127.0.0.1 ::1 archive.example 192.168.0.7 2001:db8::7"),
        ("*", "archive.example", "localhost 127.0.0.1 ::1 archive.example 192.168.0.7 2001:db8::7"),
        ("192.168.0.7", "", " ".join(NAMES)),
        ("*", "", " ".join(NAMES)),
    ],
)
def test_names(bound: str, public: str, answered: str) -> None:
    wanted = set(answered.split()) | ({""} if answered == " ".join(NAMES) else set())
    assert {host for host in NAMES if is_answered(host, bound, public)} == wanted


@pytest.mark.parametrize(
    ("netloc", "host"),
    [
        ("Localhost:8000", "localhost"),
        ("[::1]:80", "::1"),
        ("127.0.0.1", "127.0.0.1"),
        ("a@127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.evil.example", "127.0.0.1.evil.example"),
        ("[::1", ""),
        ("", ""),
        ("x:y:z", "x"),
    ],
)
def test_the_host_of_a_header(netloc: str, host: str) -> None:
    assert host_name(netloc) == host


@pytest.fixture
def public() -> FlaskClient:
    site = Site(title="Armistice Papers", base_url="https://archive.example:8443/papers")
    return app_with(DOCUMENTS, replace(SETTINGS, site=site)).test_client()


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/search?q=armistice", "/healthz", "/static/opis.css", "/nowhere"]
)
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "[::", "\x7f"]
)
def test_another_name_is_not_answered(client: FlaskClient, host: str, path: str) -> None:
    response = client.get(path, headers={"Host": host})
    assert response.status_code == 421
    assert "site.base_url" in response.text
    assert "Molotov" not in response.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:80", "[::1]:8000", "LOCALHOST"])
def test_the_names_of_loopback_are(client: FlaskClient, host: str) -> None:
    assert client.get("/api/v1/search", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["archive.example", "archive.example:443", "Archive.Example"])
def test_so_is_the_public_name(public: FlaskClient, host: str) -> None:
    assert public.get("/", headers={"Host": host}).status_code == 200
    assert public.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_programs_are_told_by_a_code(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", headers={"Host": "evil.example"})
    assert response.content_type == "application/problem+json"
    assert response.get_json()["code"] == "misdirected"


def test_on_other_addresses_every_name_is_answered_until_the_public_one_is_set(
    client: FlaskClient, public: FlaskClient
) -> None:
    everywhere = {"SERVER_NAME": "10.0.0.5"}
    assert client.get("/", headers={"Host": "box"}, environ_overrides=everywhere).status_code == 200
    assert public.get("/", headers={"Host": "box"}, environ_overrides=everywhere).status_code == 421
    assert public.get("/", headers={"Host": "192.168.0.7"}, environ_overrides=everywhere).status_code == 200
