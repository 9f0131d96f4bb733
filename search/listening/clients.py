"""From which address does a request come? From its peer, or from whom proxies that are trusted say it is.

Each proxy adds to the end of X-Forwarded-For the address that it was asked from. What stands further left
came with the request and may be invented, so that it is read from the right: the first address that is no
trusted proxy is the client. `Forwarded` (RFC 7239) is not read: a proxy that sets the one header passes on
the other as the client sent it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from itertools import islice
from typing import Literal

from search.errors import SettingsError

Scheme = Literal["http", "https"]

_FOR, _PROTO = "X_FORWARDED_FOR", "X_FORWARDED_PROTO"  # as waitress names headers, those of one name joined
_MOST_PROXIES = 50  # in a row; a list of more is no list of proxies


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: the address of its client, and the scheme by which it asked."""

    client: str
    scheme: Scheme = "http"


class TrustedProxies:
    """The proxies whose word is taken: addresses, and networks in CIDR notation (RFC 4632)."""

    def __init__(self, networks: Sequence[str] = ()) -> None:
        """Raises SettingsError for what is no network, and for one of all addresses."""
        self._networks = tuple(_network(text) for text in networks)

    def origin(self, peer: str, headers: Mapping[str, str]) -> Origin:
        """Where a request of this peer comes from; its headers are believed if the peer is trusted."""
        if not self._networks or not self._trusts(known := address(peer)):
            return Origin(peer)
        client = known
        for text in islice(_from_the_right(headers.get(_FOR, "")), _MOST_PROXIES):
            named = address(_without_port(text))
            if named is None:
                break  # an obfuscated identifier, or nonsense: nobody knows more than the last proxy
            client = named
            if not self._trusts(named):
                break
        scheme = headers.get(_PROTO, "").rpartition(",")[2].strip(" \t").lower()
        return Origin(str(client), "https" if scheme == "https" else "http")

    def _trusts(self, one: IPv4Address | IPv6Address | None) -> bool:
        return one is not None and any(
            one.version == network.version and one in network for network in self._networks
        )


def address(text: str) -> IPv4Address | IPv6Address | None:
    """An address without its zone, one of IPv4 that is written as IPv6 as what it is; None for other text."""
    try:
        known = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return known.ipv4_mapped or known if isinstance(known, IPv6Address) else known


def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        network = ip_network(text)
    except ValueError as error:
        raise SettingsError(
            f"server.trusted_proxies lists addresses and networks, such as 10.0.0.0/8: {error}."
        ) from error
    if network.prefixlen == 0:
        raise SettingsError(f"server.trusted_proxies has {text}, which is every address there is.")
    if isinstance(network, IPv6Network) and network.network_address.ipv4_mapped:
        raise SettingsError(f"server.trusted_proxies has {text}: write an address of IPv4 as such.")
    return network


def _from_the_right(text: str) -> Iterator[str]:
    """The parts of a list between commas, the last first."""
    while text:
        text, _, last = text.rpartition(",")
        if last := last.strip(" \t"):
            yield last


def _without_port(text: str) -> str:
    """The address of `192.0.2.1:80` or `[2001:db8::1]:80`."""
    if text.startswith("[") and "]" in text:
        return text[1 : text.index("]")]
    return text.partition(":")[0] if text.count(":") == 1 else text
