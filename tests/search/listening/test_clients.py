"""From which address a request comes.

1. Proxies that are trusted are believed, and nobody else.
2. Whatever a client sends, its address is that which the first trusted proxy saw.
3. Networks that cannot be meant are one sentence.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import SettingsError
from search.listening.clients import Origin, TrustedProxies

TRUSTED = TrustedProxies(("10.0.0.1", "10.1.0.0/16", "2001:db8:1::/48", "::1"))

CASES = [
    # peer, X-Forwarded-For, client
    ("192.0.2.7", "", "192.0.2.7"),
    ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
    ("192.0.2.7", "10.0.0.1", "192.0.2.7"),
    ("10.0.0.1", "", "10.0.0.1"),
    ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
    ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
    ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
    ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.1.2.3,2001:db8:1::5", "198.51.100.1"),
    ("10.0.0.1", "10.1.2.4, 10.1.2.3", "10.1.2.4"),
    ("10.0.0.2", "198.51.100.1", "10.0.0.2"),
    ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
    ("::1", "198.51.100.1", "198.51.100.1"),
    ("2001:db8:1::2%eth0", "2001:db8:2::3", "2001:db8:2::3"),
    ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
    ("10.0.0.1", "[2001:db8:2::3]:4711", "2001:db8:2::3"),
    ("10.0.0.1", "[2001:db8:2::3]", "2001:db8:2::3"),
    ("10.0.0.1", "2001:DB8:2:0::3", "2001:db8:2::3"),
    ("10.0.0.1", "fe80::1%eth0", "fe80::1"),
    ("10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
    ("10.0.0.1", "::ffff:10.1.0.9", "10.1.0.9"),
    ("10.0.0.1", "198.51.100.1, ::ffff:10.1.0.9", "198.51.100.1"),
    ("10.0.0.1", " \t198.51.100.1 ,, ", "198.51.100.1"),
    ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
    ("10.0.0.1", "198.51.100.1, _hidden, 10.1.0.9", "10.1.0.9"),
    ("10.0.0.1", "198.51.100.1, <script>", "10.0.0.1"),
    ("10.0.0.1", "198.51.100.1, 010.1.1.1", "10.0.0.1"),
    ("10.0.0.1", "198.51.100.1, 3232235777", "10.0.0.1"),
    ("10.0.0.1", "198.51.100.1, [::1", "10.0.0.1"),
    ("10.0.0.1", "198.51.100.1, 1.2.3.4.5", "10.0.0.1"),
    ("10.0.0.1", "198.51.100.1, \x00\xff", "10.0.0.1"),
    ("10.0.0.1", "203.0.113.9, " * 10_000 + "198.51.100.1", "198.51.100.1"),
    ("10.0.0.1", "10.1.0.9, " * 10_000 + "10.1.0.8", "10.1.0.9"),
    ("10.0.0.1", "," * 16_000, "10.0.0.1"),
    ("10.0.0.1", "1" * 16_000, "10.0.0.1"),
    ("", "198.51.100.1", ""),
]  # fmt: skip


@pytest.mark.parametrize(("peer", "forwarded", "client"), CASES, ids=range(len(CASES)))
def test_1_clients(peer: str, forwarded: str, client: str) -> None:
    assert TRUSTED.origin(peer, {"X_FORWARDED_FOR": forwarded}) == Origin(client)
    assert TrustedProxies().origin(peer, {"X_FORWARDED_FOR": forwarded}) == Origin(peer)


@pytest.mark.parametrize(
    ("peer", "proto", "scheme"),
    [
        ("10.0.0.1", "https", "https"),
        ("10.0.0.1", "http", "http"),
        ("10.0.0.1", "https, http", "http"),
        ("10.0.0.1", "http, HTTPS ", "https"),
        ("10.0.0.1", "javascript", "http"),
        ("10.0.0.1", "", "http"),
        ("192.0.2.7", "https", "http"),
    ],
)
def test_1_schemes(peer: str, proto: str, scheme: str) -> None:
    assert TRUSTED.origin(peer, {"X_FORWARDED_PROTO": proto}).scheme == scheme


def test_1_the_header_of_the_standard_is_not_read() -> None:
    assert TRUSTED.origin("10.0.0.1", {"FORWARDED": "for=198.51.100.1"}) == Origin("10.0.0.1")


BELIEVED = {"X_FORWARDED_FOR": "203.0.113.77"}  # which only a trusted peer can say
INSIDE = st.ip_addresses(network="10.1.0.0/16").map(str)
FOREIGN = st.ip_addresses().map(str).filter(lambda text: TRUSTED.origin(text, BELIEVED).client == text)
ITEMS = st.one_of(FOREIGN, INSIDE, st.just("10.0.0.1"), st.text(max_size=20))


@given(st.lists(ITEMS, max_size=8), FOREIGN, st.lists(INSIDE, max_size=3))
def test_2_whatever_a_client_sends(sent: list[str], client: str, proxies: list[str]) -> None:
    """Each proxy adds whom it was asked by, the first of them the client; the last of them is the peer."""
    header = ", ".join([*sent, client, *proxies])
    expected = TRUSTED.origin("10.0.0.1", {"X_FORWARDED_FOR": client}).client
    assert TRUSTED.origin("10.0.0.1", {"X_FORWARDED_FOR": header}).client == expected
    assert TRUSTED.origin(client, {"X_FORWARDED_FOR": header}).client == client


@given(st.text(max_size=60), st.text(max_size=60))
def test_2_nothing_fails(peer: str, header: str) -> None:
    for believed in (peer, "10.0.0.1"):
        assert TRUSTED.origin(believed, {"X_FORWARDED_FOR": header, "X_FORWARDED_PROTO": header})


@pytest.mark.parametrize(
    ("network", "sentence"),
    [
        ("localhost", "server.trusted_proxies lists addresses and networks, such as 10.0.0.0/8: "
         "'localhost' does not appear to be an IPv4 or IPv6 network."),
        ("10.0.0.1/8", "server.trusted_proxies lists addresses and networks, such as 10.0.0.0/8: "
         "10.0.0.1/8 has host bits set."),
        ("0.0.0.0/0", "server.trusted_proxies has 0.0.0.0/0, which is every address there is."),
        ("::/0", "server.trusted_proxies has ::/0, which is every address there is."),
        ("::ffff:10.0.0.1", "server.trusted_proxies has ::ffff:10.0.0.1: write an address of IPv4 as such."),
    ],
)  # fmt: skip
def test_3_networks(network: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as caught:
        TrustedProxies((network,))
    assert str(caught.value) == sentence
