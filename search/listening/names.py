"""Which names is a service answered under? No page of another site may reach a private one by a name.

A page whose own name is made to lead to this machine (DNS rebinding) is of the same origin as what the
service answers, and may read it. What such a request cannot change is its Host header, which names that
page's site.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import socket
from urllib.parse import urlsplit

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def is_answered(host: str, bound: str, public: str) -> bool:
    """Whether a service bound to the address or name `bound`, and known as `public`, answers as `host`.

    On a loopback address it answers under that address, the names of loopback and `public`. On others it
    answers under every name if `public` is empty; else under that, loopback and addresses, which no name
    server can forge.
    """
    if host == public and public:
        return True
    if host in _LOCAL or host == bound:
        return True
    if is_loopback(bound):
        return False
    return not public or _address(host) is not None


def bound_name(sockets: Sequence[socket]) -> str:
    """The address that a service is bound to; `localhost` for several, if all are of loopback, else `*`."""
    addresses = [sock.getsockname()[0] for sock in sockets]
    if len(addresses) == 1:
        return str(addresses[0])
    return "localhost" if all(ip_address(address).is_loopback for address in addresses) else "*"


def host_name(netloc: str) -> str:
    """The host of `host:port`, in small letters and without the brackets of IPv6."""
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:  # brackets that do not match
        return ""


def is_loopback(bound: str) -> bool:
    """Whether an address or name is one of this machine alone."""
    address = _address(bound.strip("[]"))
    return address.is_loopback if address else bound == "localhost"


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
