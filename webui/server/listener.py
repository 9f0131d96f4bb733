"""Answering HTTP requests on sockets that are open already, and opening them."""

import errno
import logging
import os
import socket
from collections.abc import Sequence

from flask import Flask
from waitress import create_server

from search.errors import SettingsError

_BACKLOG = 1024  # connections that may wait
_ABSENT = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}  # an address of a family that this machine has not


def listen(host: str, port: int) -> Sequence[socket.socket]:
    """A socket for each address of the host, all on one port; 0 is any that is free.

    Raises SettingsError, with the cure, if that cannot be.
    """
    try:
        return _listen(host.strip("[]"), port)
    except (OSError, ValueError) as error:
        raise SettingsError(_why_not(error, host, port)) from error


def _listen(host: str, port: int) -> Sequence[socket.socket]:
    everywhere = host in {"", "*"}
    found = socket.getaddrinfo(
        None if everywhere else host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    sockets: list[socket.socket] = []
    absent = OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    for family, address in dict.fromkeys((family, address) for family, *_, address in found):
        where = (address[0], port, *address[2:])
        try:
            sockets.append(socket.create_server(where, family=family, backlog=_BACKLOG))
        except OSError as error:
            if error.errno not in _ABSENT:
                raise
            absent = error
        else:
            port = sockets[-1].getsockname()[1]
    if not sockets:
        raise absent
    return sockets


def serve(app: Flask, sockets: Sequence[socket.socket]) -> None:
    """Answer requests until SystemExit is raised by a signal; those under way are finished first."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is no news at every request
    server = create_server(
        app,
        sockets=sockets,
        threads=8,
        ident=None,
        backlog=_BACKLOG,
        max_request_body_size=1 << 20,
        max_request_header_size=16_384,
        channel_timeout=30,
        clear_untrusted_proxy_headers=True,
    )
    try:
        server.run()
    finally:
        server.close()


def _why_not(error: OSError | ValueError, host: str, port: int) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return f"Port {port} is in use; stop what uses it, or choose another: opis-serve --port {port + 1}"
    if number == errno.EACCES:
        return f"Port {port} needs privileges; choose one above 1023, such as --port 8000."
    known = number is None or isinstance(error, socket.gaierror)
    return f"Cannot listen on {host}, port {port}: {error.args[-1] if known else os.strerror(number or 0)}."
