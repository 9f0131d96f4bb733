"""How a cluster and its client know each other.

1. Over TLS, a cluster is trusted by its CA, and knows its client by a password or a certificate.
2. A cluster that is not trusted, or does not know us, is an error with the cure.
3. What does not go together, or cannot be read, is refused.
4. A password is in no message and no representation.
"""

from pathlib import Path

import pytest

from search.engines.opensearch.access import Access
from search.engines.opensearch.client import Client
from search.errors import EngineUnavailable, SettingsError
from tests.cluster.certificates import make_certificates, openssl, server_context
from tests.cluster.fake_host import fake_host


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def test_1_a_password(certificates: Path) -> None:
    access = Access("opis", "päss:word", ca=str(certificates / "ca.pem"))
    with fake_host((200, {"n": 1}), tls=server_context(certificates)) as host:
        client = Client([host.name], secured=True, access=access)
        assert client.request("GET", "/") == {"n": 1}
        assert host.headers["Authorization"] == "Basic b3Bpczpww6Rzczp3b3Jk"
        client.close()


def test_1_a_client_certificate(certificates: Path) -> None:
    access = Access(
        ca=str(certificates / "ca.pem"),
        client_cert=str(certificates / "client.pem"),
        client_key=str(certificates / "client.key"),
    )
    with fake_host((200, {"n": 1}), tls=server_context(certificates, asks_for_certificate=True)) as host:
        client = Client([host.name], secured=True, access=access)
        assert client.request("GET", "/") == {"n": 1}
        assert "Authorization" not in host.headers
        client.close()
        unknown = Client([host.name], secured=True, access=Access(ca=access.ca), patience=0)
        with pytest.raises(EngineUnavailable, match="OPIS_OPENSEARCH_CLIENT_CERT"):
            unknown.request("GET", "/")


def test_2_a_cluster_that_is_not_trusted(certificates: Path) -> None:
    with fake_host(tls=server_context(certificates)) as host:
        client = Client([host.name], secured=True, patience=0)
        with pytest.raises(EngineUnavailable, match=r"certificate in certificate chain.*OPIS_OPENSEARCH_CA"):
            client.request("GET", "/")
        assert host.requests == []


def test_2_another_host_s_certificate(certificates: Path) -> None:
    with fake_host(tls=server_context(certificates)) as host:
        other = host.name.replace("127.0.0.1", "localhost")
        client = Client([other], secured=True, access=Access(ca=str(certificates / "ca.pem")), patience=0)
        with pytest.raises(EngineUnavailable, match="localhost"):
            client.request("GET", "/")
        assert host.requests == []


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (401, b"Unauthorized", "does not know us: check OPIS_OPENSEARCH_USER"),
        (
            403,
            {"error": {"type": "security_exception", "reason": "no permissions for [indices:admin/create]"}},
            r"lacks a right .*docs/cluster.md.*\[indices:admin/create\]",
        ),
    ],
)
def test_2_a_cluster_that_does_not_know_us(
    certificates: Path, status: int, body: object, message: str
) -> None:
    access = Access("opis", "secret", ca=str(certificates / "ca.pem"))
    with fake_host((status, body), tls=server_context(certificates)) as host:
        client = Client([host.name], secured=True, access=access)
        with pytest.raises(EngineUnavailable, match=message) as raised:
            client.request("GET", "/")
        assert "secret" not in str(raised.value)
        assert len(host.requests) == 1
        client.close()


@pytest.mark.parametrize(
    ("environ", "secured", "message"),
    [
        ({"USER": "opis"}, True, "Give both"),
        ({"PASSWORD": "secret"}, True, "Give both"),
        ({"USER": "opis", "PASSWORD": "secret"}, False, r"for all to read: use opensearch\+https"),
        ({"CA": "ca.pem"}, False, r"of no use without TLS: use opensearch\+https"),
        ({"CLIENT_KEY": "client.key"}, True, "needs the certificate"),
        (
            {"CA": "/nowhere/ca.pem"},
            True,
            "OPIS_OPENSEARCH_CA, /nowhere/ca.pem, cannot be used: .*No such file",
        ),
        ({"CLIENT_CERT": "/nowhere/client.pem"}, True, "CLIENT_CERT, /nowhere/client.pem, cannot be used"),
        ({"PASWORD": "secret"}, True, "no variable OPIS_OPENSEARCH_PASWORD; there are OPIS_OPENSEARCH_USER"),
    ],
)
def test_3_what_cannot_be_used(environ: dict[str, str], secured: bool, message: str) -> None:
    variables = {f"OPIS_OPENSEARCH_{name}": value for name, value in environ.items()}
    with pytest.raises(SettingsError, match=message) as raised:
        Client(["127.0.0.1:9200"], secured=secured, access=Access.from_environment(variables))
    assert "secret" not in str(raised.value)


def test_3_a_key_with_a_passphrase(certificates: Path) -> None:
    locked = certificates / "locked.key"
    openssl(
        certificates, "ec", "-in", "client.key", "-aes256", "-passout", "pass:secret", "-out", locked.name
    )
    access = Access(client_cert=str(certificates / "client.pem"), client_key=str(locked))
    with pytest.raises(SettingsError, match="must not be encrypted"):
        access.tls()


def test_4_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Access("opis", "secret"))
