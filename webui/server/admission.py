"""Which requests are served, which wait for it, and which are turned away?

Requests are divided by what they take. Searches have their threads, and so have exports, sitemaps and files,
which may last for minutes; few may wait, and none for long. What is cheap has threads of its own and is
answered whatever the load: the health check, static files, and the answer to those that are turned away,
within a second.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.api.urls import (
    API,
    EXPORT,
    FAVICON,
    HEALTH,
    OPENAPI,
    OPENSEARCH,
    ORIGINAL,
    ROBOTS,
    SITEMAP,
    SITEMAP_PART,
)
from search.listening.clients import Origin
from webui.metrics.declared import TURNED_AWAY, UNDER_WAY, WAITING
from webui.server.rate_limit import RateLimit

PATIENCE = 0.8
"""Seconds that a search may wait for a thread; then it is turned away, in less than a second in all."""

_CHEAP_PATHS = {HEALTH, OPENAPI, OPENSEARCH, ROBOTS, FAVICON}
_CHEAP_FOLDER = "/static/"
_STREAMED_PATHS = (API + EXPORT, SITEMAP, SITEMAP_PART)  # and what begins so
_CHEAP_THREADS, _STREAM_THREADS = 2, 2
_MANY = 1000  # cheap requests that may wait; more come of a flood alone

_log = logging.getLogger(__name__)


class Arrival(Protocol):
    """A request that has arrived; `overloaded` is set on one that is turned away.

    `wait`: in how many seconds a client may ask again that has asked too often.
    """

    command: str
    path: str
    error: object
    overloaded: bool
    wait: float


class Client(Protocol):
    """A connection with a request, as waitress calls its channel."""

    requests: Sequence[Arrival]

    def origin_of(self, request: Any, /) -> Origin:
        """Where a request comes from."""

    def service(self) -> None:
        """Serve the first of the requests."""

    def cancel(self) -> None:
        """Drop all requests, and the connection."""


@dataclass(eq=False)
class _Lane:
    """Threads for one kind of requests, and the requests that wait for one, each until a time."""

    lock: threading.Lock
    name: str
    threads: int
    waiting: int
    idle: int = 0
    queue: deque[tuple[float, Client]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.arrived = threading.Condition(self.lock)

    @property
    def is_full(self) -> bool:
        return len(self.queue) >= self.idle + self.waiting

    def put(self, client: Client) -> None:
        self.queue.append((time.monotonic() + PATIENCE, client))
        self.arrived.notify()
        self.measure()

    def next(self) -> Client:
        """Take the client that waits longest."""
        client = self.queue.popleft()[1]
        self.measure()
        return client

    def measure(self) -> None:
        """Say how many requests are served, and how many wait."""
        UNDER_WAY.set(self.threads - self.idle, self.name)
        WAITING.set(len(self.queue), self.name)


class Admission:
    """The task dispatcher of a waitress server (cf. `waitress.task.ThreadedTaskDispatcher`).

    `threads` searches are under way at most, and `waiting` wait. A client that exceeds the `limit` is turned
    away before it takes a place.
    """

    def __init__(self, threads: int, waiting: int, limit: RateLimit | None = None) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._cheap = _Lane(self._lock, "cheap", _CHEAP_THREADS, _MANY)
        self._searches = _Lane(self._lock, "search", threads, waiting)
        self._streams = _Lane(self._lock, "stream", _STREAM_THREADS, _STREAM_THREADS)
        self._slow = (self._searches, self._streams)
        self._ends = False
        lanes = (self._cheap, *self._slow)
        self._threads = sum(lane.threads for lane in lanes)
        for lane in lanes:
            for _ in range(lane.threads):
                threading.Thread(target=self._work, args=(lane,), daemon=True).start()

    def add_task(self, client: Client) -> None:
        """Have a thread serve the first request of a client; waitress calls this."""
        request = client.requests[0]
        lane = self._lane_of(request)
        if self._limit and lane is not self._cheap:
            request.wait = self._limit.wait(client.origin_of(request).client)
            if request.wait:
                TURNED_AWAY.add("rate_limit")
                lane = self._cheap
        with self._lock:
            if lane.is_full:
                request.overloaded, lane = True, self._cheap
                TURNED_AWAY.add("flood" if lane.is_full else "queue_full")
            if not lane.is_full:
                lane.put(client)
                if lane is not self._cheap:
                    self._cheap.arrived.notify()  # which turns it away when it has waited too long
                return
        client.cancel()

    def end(self) -> None:
        """Turn nobody away any more who waits: no others come."""
        with self._lock:
            self._ends = True

    def finish(self, seconds: float) -> None:
        """Wait until no thread serves anything, for `seconds` at most.

        A client may have left with its answer before the thread that wrote it is done with its request.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self._lock:
                if sum(lane.idle for lane in (self._cheap, *self._slow)) == self._threads:
                    return
            time.sleep(0.01)

    def _lane_of(self, request: Arrival) -> _Lane:
        if request.error or request.command == "OPTIONS":
            return self._cheap
        path = "/" + request.path.lstrip("/")  # as waitress tells the application
        if path in _CHEAP_PATHS or path.startswith(_CHEAP_FOLDER):
            return self._cheap
        is_stream = path.startswith(_STREAMED_PATHS) or path.endswith(ORIGINAL)
        return self._streams if is_stream else self._searches

    def _work(self, lane: _Lane) -> None:
        while True:
            with self._lock:
                client = self._next(lane)
            try:
                client.service()
            except BaseException:  # such as a panic of a library written in Rust; the thread goes on
                _log.exception("A request could not be served.")
                client.cancel()

    def _next(self, lane: _Lane) -> Client:
        """The next client that a thread of a lane serves, as soon as there is one."""
        lane.idle += 1
        lane.measure()
        try:
            while True:
                if lane is self._cheap and (late := self._late()):
                    return late
                if lane.queue:
                    return lane.next()
                lane.arrived.wait(self._seconds_to_late() if lane is self._cheap else None)
        finally:
            lane.idle -= 1
            lane.measure()

    def _late(self) -> Client | None:
        """A client that has waited too long, to be turned away."""
        if self._seconds_to_late() != 0:
            return None
        lane = min((lane for lane in self._slow if lane.queue), key=lambda lane: lane.queue[0][0])
        client = lane.next()
        client.requests[0].overloaded = True
        TURNED_AWAY.add("waited_too_long")
        return client

    def _seconds_to_late(self) -> float | None:
        """In how many seconds the client that waits longest has waited too long; None if none waits."""
        oldest = [lane.queue[0][0] for lane in self._slow if lane.queue]
        return max(min(oldest) - time.monotonic(), 0) if oldest and not self._ends else None
