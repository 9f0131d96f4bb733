"""How is a cluster asked? A client of OpenSearch's HTTP API, for as much of it as an engine needs.

A request goes to one host, and to another where that does not answer. OpenSearch's own client does the same
with 40 MB of libraries (docs/adr/047-a-cluster-for-tests-and-its-client.md).
"""

import os
import random
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout, make_headers
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from search.engines.deadline import check_time, time_left
from search.engines.opensearch.access import NO_ACCESS, Access
from search.engines.opensearch.hosts import Hosts
from search.engines.opensearch.responses import Passing, Refused, value_of
from search.errors import EngineUnavailable

__all__ = ["Client", "Refused"]

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 60.0
"""How long an answer may take by default, unless the search has less time left."""
PATIENCE = 5.0
"""For how many seconds a request is sent again. A new cluster manager is elected within two or three."""
SHORTEST_WAIT, LONGEST_WAIT = 0.05, 2.0
"""Between two rounds of all hosts, in seconds; the wait doubles."""
CONNECTIONS = 16
"""How many connections to each host are kept open."""
TOO_MANY = 429
"""The status of a request that a host has turned away, without executing it, for too much work."""


class Client:
    """A client of one cluster, whose connections threads share.

    For `patience` seconds a request is sent again, or until no host has answered any for that long:
    where a cluster is down, requests fail at once. Raises SettingsError if `access` cannot be used.
    """

    def __init__(
        self,
        hosts: Sequence[str],
        secured: bool = False,
        access: Access = NO_ACCESS,
        patience: float = PATIENCE,
    ) -> None:
        access.check(secured=secured)
        self._tls = access.tls() if secured else None
        self._headers = make_headers(basic_auth=f"{access.user}:{access.password}") if access.user else {}
        self._names = tuple(hosts)
        self._hosts = Hosts(hosts)
        self._pools: dict[str, HTTPConnectionPool] = {}
        self._process = 0
        self._patience = patience

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, str | int | bool] | None = None,
        *,
        repeat: bool | None = None,
        timeout: float = ANSWER_SECONDS,
    ) -> Any:
        """The answer to a request, decoded from JSON; None if it is empty.

        A `body` of bytes is sent as it is, as lines of JSON, any other as JSON. `repeat` says that the
        request may be sent again although it may have been executed: by default only GET and HEAD. One that
        did not reach a host, or was turned away for too much work, is sent again in any case. `timeout` is
        how many seconds an answer may take, if the search has as many left.

        Raises EngineUnavailable if no host answers, Refused if one refuses, and QueryTimeout or Abandoned.
        """
        data, headers = _body(body, self._headers)
        target = f"{path}?{_query(params)}" if params else path
        may_repeat = method in {"GET", "HEAD"} if repeat is None else repeat
        ends = (self._hosts.down_since or time.monotonic()) + self._patience
        wait = SHORTEST_WAIT
        while True:
            for host in self._hosts.in_turn():
                check_time()
                try:
                    return self._ask(host, method, target, data, headers, timeout)
                except _Failed as failed:
                    if failed.may_be_done and not may_repeat:
                        raise self._unavailable(failed) from failed
                    last = failed
            check_time()
            if time.monotonic() + wait > ends:
                raise self._unavailable(last) from last
            time.sleep(min(wait * random.uniform(0.5, 1.0), time_left() or wait))  # noqa: S311
            wait = min(2 * wait, LONGEST_WAIT)

    def close(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            pool.close()
        self._pools = {}

    def _ask(
        self,
        host: str,
        method: str,
        target: str,
        data: bytes | None,
        headers: Mapping[str, str],
        timeout: float,
    ) -> Any:
        left = time_left()
        seconds = timeout if left is None else max(0.001, min(timeout, left))
        try:
            response = self._pool(host).urlopen(
                method,
                target,
                data,
                headers,
                retries=False,
                timeout=Timeout(connect=min(CONNECT_SECONDS, seconds), read=seconds),
            )
        except (NewConnectionError, ConnectTimeoutError, SSLError) as error:
            self._hosts.failed(host)
            raise _Failed(_why(error), may_be_done=False) from error
        except ReadTimeoutError as error:
            if seconds >= 1:  # else a search had no time left
                self._hosts.failed(host)
            raise _Failed(f"no answer in {seconds:.0f} s", may_be_done=True) from error
        except HTTPError as error:
            self._hosts.failed(host)
            raise _Failed(_why(error), may_be_done=True) from error
        self._hosts.answered(host)
        try:
            return value_of(response.status, response.data)
        except Passing as passing:
            raise _Failed(str(passing), may_be_done=response.status != TOO_MANY) from passing

    def _pool(self, host: str) -> HTTPConnectionPool:
        # A process that is a fork of another cannot use its connections.
        if self._process != os.getpid():
            self._pools, self._process = {}, os.getpid()
        pool = self._pools.get(host)
        if pool is None:
            name, _, port = host.rpartition(":")
            pool = self._pools.setdefault(
                host,
                HTTPConnectionPool(name, int(port), maxsize=CONNECTIONS)
                if self._tls is None
                else HTTPSConnectionPool(name, int(port), maxsize=CONNECTIONS, ssl_context=self._tls),
            )
        return pool

    def _unavailable(self, failed: "_Failed") -> EngineUnavailable:
        return EngineUnavailable(
            f"The OpenSearch cluster at {', '.join(self._names)} does not answer ({failed}): see whether it "
            "runs, and whether the address of the index is right."
        )


class _Failed(Exception):
    """A host has not answered a request, which it may have executed all the same."""

    def __init__(self, why: str, *, may_be_done: bool) -> None:
        super().__init__(why)
        self.may_be_done = may_be_done


def _body(body: object, headers: Mapping[str, str]) -> tuple[bytes | None, Mapping[str, str]]:
    if body is None:
        return None, headers
    if isinstance(body, bytes):
        return body, {**headers, "Content-Type": "application/x-ndjson"}
    return msgspec.json.encode(body), {**headers, "Content-Type": "application/json"}


def _query(params: Mapping[str, str | int | bool]) -> str:
    return urlencode(
        {key: str(value).lower() if isinstance(value, bool) else value for key, value in params.items()}
    )


def _why(error: HTTPError) -> str:
    """What went wrong, without the address, which the message has already."""
    return str(error).rpartition(": ")[2] or type(error).__name__
