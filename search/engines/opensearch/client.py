"""How is a cluster asked? A client of OpenSearch's HTTP API, for as much of it as an engine needs.

A request goes to one host, and to another where that does not answer. OpenSearch's own client does the same
with 40 MB of libraries (docs/adr/047-a-cluster-for-tests-and-its-client.md).
"""

import time
from collections.abc import Mapping, Sequence
from random import SystemRandom
from typing import Any
from urllib.parse import urlencode

import msgspec

from search.engines.deadline import check_time, time_left
from search.engines.opensearch.access import NO_ACCESS, Access
from search.engines.opensearch.connections import Connections, Failed, Request
from search.engines.opensearch.responses import Refused
from search.errors import EngineUnavailable

__all__ = ["Client", "Refused"]

ANSWER_SECONDS = 60.0
"""How long an answer may take by default, unless the search has less time left."""
PATIENCE = 5.0
"""For how many seconds a request is sent again. A new cluster manager is elected within two or three."""
SHORTEST_WAIT, LONGEST_WAIT = 0.05, 2.0
"""Between two rounds of all hosts, in seconds; the wait doubles."""

_random = (
    SystemRandom()
)  # the generator that programs seed is theirs, and the same in processes forked of one


def varied(wait: float) -> float:
    """Between half of a wait and all of it, so that clients that were refused together do not return so."""
    return wait * _random.uniform(0.5, 1.0)


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
        self._connections = Connections(hosts, secured=secured, access=access)
        self._hosts = ", ".join(hosts)
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
        request = _request(method, path, body, params)
        may_repeat = method in {"GET", "HEAD"} if repeat is None else repeat
        ends = (self._connections.hosts.down_since or time.monotonic()) + self._patience
        wait = SHORTEST_WAIT
        while True:
            for host in self._connections.hosts.in_turn():
                check_time()
                try:
                    return self._connections.ask(host, request, timeout)
                except Failed as failed:
                    failure = failed
                if failure.may_be_done and not may_repeat:
                    raise self._unavailable(failure) from failure
            check_time()
            if time.monotonic() + wait > ends:
                raise self._unavailable(failure) from failure
            time.sleep(min(varied(wait), time_left() or wait))
            wait = min(2 * wait, LONGEST_WAIT)

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def _unavailable(self, failure: Failed) -> EngineUnavailable:
        return EngineUnavailable(
            f"The OpenSearch cluster at {self._hosts} does not answer ({failure}): see whether it runs, and "
            "whether the address of the index is right."
        )


def _request(method: str, path: str, body: object, params: Mapping[str, str | int | bool] | None) -> Request:
    if params:
        words = {
            key: str(value).lower() if isinstance(value, bool) else value for key, value in params.items()
        }
        path = f"{path}?{urlencode(words)}"
    if body is None or isinstance(body, bytes):
        return Request(method, path, body, "application/x-ndjson")
    return Request(method, path, msgspec.json.encode(body), "application/json")
