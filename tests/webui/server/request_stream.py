"""A constant stream of requests to a server, on connections that are kept and on new ones."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_KEPT, _FRESH = 2, 2  # clients of either kind: no more than a server has threads, so that none waits for one
_PATHS = ("/healthz", "/openapi.json", "/static/favicon.svg")  # which are answered whatever the load


@dataclass
class Stream:
    """How many requests were answered, and what went wrong with the others."""

    answered: int = 0
    faults: list[str] = field(default_factory=list)
    has_ended: bool = False


@contextmanager
def request_stream(host: str, port: int) -> Iterator[Stream]:
    """A block beside which requests are made all the time."""
    stream = Stream()
    threads = [
        threading.Thread(target=_ask, args=(stream, host, port, number < _KEPT))
        for number in range(_KEPT + _FRESH)
    ]
    for thread in threads:
        thread.start()
    try:
        yield stream
    finally:
        stream.has_ended = True
        for thread in threads:
            thread.join(60)


def _ask(stream: Stream, host: str, port: int, is_kept: bool) -> None:
    connection = http.client.HTTPConnection(host, port, timeout=60)
    number = 0
    while not stream.has_ended:
        path = _PATHS[number % len(_PATHS)]
        number += 1
        try:
            connection.request("GET", path, headers={} if is_kept else {"Connection": "close"})
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            stream.faults.append(f"{path}: {error!r}")
            connection.close()
        else:
            stream.answered += 1
            if response.status != 200:
                stream.faults.append(f"{path}: {response.status}")
        time.sleep(0.02)
    connection.close()
