"""Which names is a request answered under? No page of another site may reach a private archive by a name.

A page whose own name is made to lead to this machine (DNS rebinding) is of the same origin as what the server
answers, and may read it. What such a request cannot change is its Host header, which names that page's site.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.exceptions import MisdirectedRequest

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def check_hosts(app: Flask, base_url: str) -> None:
    """Answer 421 to every request of an app whose Host is not one that `is_answered` allows."""
    public = host_name(urlsplit(base_url).netloc)

    @app.before_request
    def _check() -> None:
        bound, host = request.environ["SERVER_NAME"], request.environ.get("HTTP_HOST")
        if host is not None and not is_answered(host_name(host), bound, public):
            raise MisdirectedRequest(
                "This service does not answer under this name. "
                "Whoever runs it can set its public address as site.base_url."
            )


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
    if _is_loopback(bound):
        return False
    return not public or _address(host) is not None


def host_name(netloc: str) -> str:
    """The host of `host:port`, in small letters and without the brackets of IPv6."""
    try:
        return urlsplit(f"//{netloc}").hostname or ""
    except ValueError:  # brackets that do not match
        return ""


def _is_loopback(bound: str) -> bool:
    address = _address(bound.strip("[]"))
    return address.is_loopback if address else bound == "localhost"


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
