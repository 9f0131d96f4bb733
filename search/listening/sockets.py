"""The sockets on which a server listens."""

import errno
import os
import socket
from collections.abc import Sequence

from search.errors import SettingsError

BACKLOG = 1024
"""Connections that wait to be accepted."""
_UNAVAILABLE = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}  # such as IPv6 on a machine without it


def listen(host: str, port: int, option: str = "opis-serve --port {}") -> Sequence[socket.socket]:
    """A listening socket for each address of the host, all on one port; port 0 takes any free one.

    An empty host or `*` stands for all addresses. Raises SettingsError if the host or port cannot be used;
    `option` is how another port is chosen, with `{}` for it.
    """
    try:
        return _listen(host.strip("[]"), port)
    except (OSError, ValueError) as error:
        raise SettingsError(_explain(error, host, port, option)) from error


def _listen(host: str, port: int) -> Sequence[socket.socket]:
    everywhere = host in {"", "*"}
    found = socket.getaddrinfo(
        None if everywhere else host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    sockets: list[socket.socket] = []
    unavailable = OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    for family, address in dict.fromkeys((family, address) for family, *_, address in found):
        where = (address[0], port, *address[2:])
        try:
            sockets.append(socket.create_server(where, family=family, backlog=BACKLOG))
        except OSError as error:
            if error.errno not in _UNAVAILABLE:
                raise
            unavailable = error
        else:
            port = sockets[-1].getsockname()[1]
    if not sockets:
        raise unavailable
    return sockets


def _explain(error: OSError | ValueError, host: str, port: int, option: str) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return f"Port {port} is in use; stop what uses it, or choose another: {option.format(port + 1)}"
    if number == errno.EACCES:
        return f"Port {port} needs privileges; choose one above 1023, such as {option.format(8000)}."
    known = number is None or isinstance(error, socket.gaierror)
    return f"Cannot listen on {host}, port {port}: {error.args[-1] if known else os.strerror(number or 0)}."
