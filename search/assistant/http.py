"""The server of the tools over Streamable HTTP: one path, for the hosts that it is meant for."""

import errno
import socket
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from mcp.server import Server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route

from search.errors import SettingsError
from search.listening.address import Address

PATH = "/mcp"
"""The one path that is answered."""
MAX_REQUEST = 1 << 20
"""Bytes of a request's body."""
MAX_CONNECTIONS = 100
"""Connections at the same time; beyond them requests are answered with 503."""

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


def listen(address: Address) -> socket.socket:
    """A socket that listens. Raises SettingsError, with the cure, if it cannot."""
    try:
        family, *_, where = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(where[:2], family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"Port {address.port} is in use; stop what uses it, or choose another."
            ) from error
        reason = error.strerror or str(error)
        raise SettingsError(f"Cannot listen on {address.host}, port {address.port}: {reason}.") from error


def allowed(address: Address, base_url: str) -> TransportSecuritySettings:
    """The Host and Origin headers that are answered: loopback, the address itself, and `site.base_url`.

    A page in a browser that has found the server by a name of its own (DNS rebinding) is refused. Raises
    SettingsError for a server of all addresses without `site.base_url`, for which any name would be foreign.
    """
    public = urlsplit(base_url).netloc
    if address.host in _EVERYWHERE and not public:
        raise SettingsError(
            "Which host to answer is not known: set site.base_url to the public address, or name one "
            "address, such as --http 127.0.0.1:8765."
        )
    names = dict.fromkeys((*_LOOPBACK, *([] if address.host in _EVERYWHERE else [address.name])))
    hosts = [*(f"{name}:*" for name in names), *names, *([public] if public else [])]
    origins = [f"{scheme}://{name}" for scheme in ("http", "https") for name in hosts]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


def http_server(server: Server[Any], security: TransportSecuritySettings) -> uvicorn.Server:
    """A web server of the tools; its `run(sockets=…)` ends on a signal, after the calls under way.

    Each request stands by itself, without a session; a client that leaves cancels its call.
    """
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        max_request_body_size=MAX_REQUEST,
        transport_security=security,
    )
    app.router.redirect_slashes = False  # a redirect would name whatever host the request claims
    [route] = [route for route in app.routes if isinstance(route, Route)]
    route.methods = {"POST"}  # a GET would hold a connection for messages that this server never sends
    config = uvicorn.Config(
        app,
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)
