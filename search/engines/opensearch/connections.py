"""The connections to the hosts of a cluster, which threads share: a request to one host, and its answer."""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from search.engines.deadline import time_left
from search.engines.opensearch.access import Access
from search.engines.opensearch.hosts import Hosts
from search.engines.opensearch.responses import Passing, value_of

CONNECT_SECONDS = 3.0
CONNECTIONS = 16
"""How many connections to each host are kept open."""
GRACE_SECONDS = 1.0
"""How much longer than a search has time its answer is waited for: a host that works ends it by itself."""
_PROBES = (("TCP_KEEPIDLE", 15), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3), ("TCP_USER_TIMEOUT", 30_000))
KEEP_ALIVE = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *((socket.IPPROTO_TCP, getattr(socket, name), value) for name, value in _PROBES if hasattr(socket, name)),
]
"""Notices within half a minute that a machine is gone, however long an answer may take."""
TOO_MANY = 429
"""The status of a request that a host has turned away, without executing it, for too much work."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request to any host; `target` is a path with its query."""

    method: str
    target: str
    body: bytes | None
    content_type: str


class Failed(Exception):
    """A host has not answered a request, which it may have executed all the same."""

    def __init__(self, why: str, *, may_be_done: bool) -> None:
        super().__init__(why)
        self.may_be_done = may_be_done


class Connections:
    """Connections to hosts, opened when they are needed. Raises SettingsError if `access` cannot be used."""

    def __init__(self, hosts: Sequence[str], *, secured: bool, access: Access) -> None:
        access.check(secured=secured)
        self.hosts = Hosts(hosts)
        self._tls = access.tls() if secured else None
        self._headers = access.headers()
        self._pools: dict[str, HTTPConnectionPool] = {}
        self._process = os.getpid()

    def ask(self, host: str, request: Request, timeout: float) -> Any:
        """The answer of one host, decoded. Raises Failed, or what its answer says."""
        response = self._send(host, request, timeout)
        self.hosts.answered(host)
        try:
            return value_of(response.status, response.data)
        except Passing as passing:
            raise Failed(str(passing), may_be_done=response.status != TOO_MANY) from passing

    def close(self) -> None:
        """Close all; they are opened again when they are needed."""
        for pool in self._pools.values():
            pool.close()
        self._pools = {}

    def _send(self, host: str, request: Request, timeout: float) -> BaseHTTPResponse:
        left = time_left()
        seconds = timeout if left is None else min(timeout, left + GRACE_SECONDS)
        try:
            return self._pool(host).urlopen(
                request.method,
                request.target,
                request.body,
                {**self._headers, "Content-Type": request.content_type},
                retries=False,
                timeout=Timeout(connect=min(CONNECT_SECONDS, seconds), read=seconds),
            )
        except ReadTimeoutError as error:
            self.hosts.failed(host)
            raise Failed(f"no answer in {seconds:.0f} s", may_be_done=True) from error
        except HTTPError as error:
            self.hosts.failed(host)
            was_sent = not isinstance(error, NewConnectionError | ConnectTimeoutError)
            raise Failed(_why(error), may_be_done=was_sent) from error

    def _pool(self, host: str) -> HTTPConnectionPool:
        if self._process != os.getpid():  # a process cannot use connections of the one that it is a fork of
            self._pools, self._process = {}, os.getpid()
        pool = self._pools.get(host)
        return pool or self._pools.setdefault(host, self._new_pool(host))

    def _new_pool(self, host: str) -> HTTPConnectionPool:
        name, _, port = host.rpartition(":")
        options = [*HTTPConnection.default_socket_options, *KEEP_ALIVE]
        if self._tls is None:
            return HTTPConnectionPool(name, int(port), maxsize=CONNECTIONS, socket_options=options)
        return HTTPSConnectionPool(
            name, int(port), maxsize=CONNECTIONS, socket_options=options, ssl_context=self._tls
        )


def _why(error: HTTPError) -> str:
    """What went wrong, without the address, which the message of the client has already."""
    why = str(error).rpartition(": ")[2] or type(error).__name__
    if isinstance(error, SSLError):
        return f"{why}; the certificates are those of OPIS_OPENSEARCH_CA and OPIS_OPENSEARCH_CLIENT_CERT"
    return why
