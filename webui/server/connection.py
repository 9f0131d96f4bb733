"""One connection: how long it may take for a request, and for reading its answer; what waitress leaves open.

Waitress (3.0) closes a connection that is silent, but not one that sends a byte now and then or does not read
its answer; it closes every connection on which it has answered 304; and a response that breaks off looks
whole to a client of HTTP/1.0.
"""

import math
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from search.listening.clients import Origin
from webui.metrics.declared import CONNECTIONS
from webui.server.exchange import Exchange, Exchanges
from webui.server.messages import Refusal, Request, Response

REQUEST_SECONDS = 10.0
"""Within which a request must have arrived whole, from its first byte, or from the connection's begin."""
IDLE_SECONDS = 30.0
"""For which a connection is kept for the next request; 1 when many are open."""
READING_SECONDS = 30.0
"""In which a client must read LEAST_READ bytes of its answer, while there are any; 2 when many are open."""
LEAST_READ = 30_000
LAST_SECONDS = 2.0
"""For which a connection is kept for a last request by a server that is to end."""

_RESET, _NO_RESET = struct.pack("ii", 1, 0), struct.pack("ii", 0, 0)
"""Values of SO_LINGER (socket(7)): close at once by a reset, or in order."""
_TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection of one client. `is_last` once no further request is to be read from it.

    `is_ended` is false while a response without a length is written to a client of HTTP/1.0, as nginx is by
    default. Its end is that of the connection, which is therefore reset if it comes too early: else the
    client would take what it has for the whole (RFC 9112, 6.3).
    """

    task_class = Response
    error_task_class = Refusal
    parser_class = Request
    is_last = False
    is_ended = True
    _resets = False

    def __init__(
        self,
        server: BaseWSGIServer,
        sock: socket.socket,
        addr: tuple[str, int],
        adj: Adjustments,
        map: dict[int, object],  # noqa: A002 - waitress's name
    ) -> None:
        self._free_since = time.monotonic()  # of requests; infinity while one is served
        self._is_new = True
        self._sent = self._unsent = 0  # bytes; unsent are those that were left when it closed
        self._closed = ""  # why, once it is
        self._closing = "client left"  # why, if it is closed now
        self._exchanges = Exchanges()
        self._joined: list[bytes] | None = None
        self._reading: tuple[float, int] | None = None  # since when a client reads, and the bytes sent before
        super().__init__(server, sock, addr, adj, map=map)

    def add_channel(self, map: dict[int, object] | None = None) -> None:  # noqa: A002 - waitress's name
        """The connection is open."""
        super().add_channel(map)
        CONNECTIONS.add()

    def del_channel(self, map: dict[int, object] | None = None) -> None:  # noqa: A002
        """The connection is closed."""
        if self._fileno in self.server.active_channels:
            CONNECTIONS.add(by=-1)
        super().del_channel(map)

    @property
    def is_busy(self) -> bool:
        """Whether a request is waiting or served, or a response not yet sent."""
        return bool(self.requests or self.total_outbufs_len)

    @property
    def position(self) -> int:
        """The bytes that have been written, sent or not. To be asked while a request is served."""
        with self.outbuf_lock:
            return self._sent + self._unsent + int(self.total_outbufs_len)

    def origin_of(self, request: Request) -> Origin:
        """Where a request of this connection comes from."""
        if request.origin is None:
            request.origin = self.server.proxies.origin(self.addr[0], request.headers)
        return request.origin

    def _begin(self, request: Request) -> Exchange:
        return self._exchanges.begin(request, self.origin_of(request).client)

    def service(self) -> None:
        """Serve the first request."""
        self._free_since, self._is_new = math.inf, False
        request = self.requests[0]
        request.exchange = exchange = self._begin(request)
        try:
            super().service()
        finally:
            self.has_served(exchange)
        self._free_since = time.monotonic()

    def has_served(self, exchange: Exchange) -> None:
        """Log the exchange, to whose answer nothing is added any more, as soon as that has been sent."""
        exchange.is_served = True
        self._exchanges.settle(self._sent, self._closed)

    def cancel(self) -> None:
        """Drop all requests, and the connection."""
        self._closing = "overloaded"
        for request in self.requests:
            if not hasattr(request, "exchange"):
                self._begin(request).is_served = True
        super().cancel()

    def abandon(self) -> None:
        """Log the requests that are under way: the server ends before they do."""
        self._exchanges.abandon(self._sent, "server stopped")

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what the client takes at once; the number of bytes."""
        taken: int = super().send(data, do_close)
        self._sent += taken
        self._exchanges.settle(self._sent)
        return taken

    def writable(self) -> bool:
        """Whether the main thread is to send: not while another thread does so itself.

        It would ask without a pause, and keep that thread from Python's lock, which a send gives away.
        """
        if not self.total_outbufs_len:
            return bool(super().writable())
        is_free: bool = self.outbuf_lock.acquire(False)
        if is_free:
            self.outbuf_lock.release()
        return is_free

    def write_soon(self, data: bytes) -> int:
        """Add to the answer, and send what the client takes at once; the main thread sends the rest."""
        if self._joined is not None:
            self._joined.append(data)
            return len(data)
        added: int = super().write_soon(data)
        if self.total_outbufs_len:
            self.server.pull_trigger()  # once more, now that it may send
        return added

    @contextmanager
    def joining(self) -> Iterator[None]:
        """A block that writes in parts what is then sent as one."""
        parts: list[bytes] = []
        self._joined = parts
        try:
            yield
        finally:
            self._joined = None
        self.write_soon(b"".join(parts))

    def expect_end(self) -> None:
        """Reset the connection unless the response that begins now is whole, even if the process dies."""
        self.is_ended, self._resets = False, True
        self._linger(_RESET)

    def handle_close(self) -> None:
        """Close the connection."""
        if self._resets and self.is_ended and not self.total_outbufs_len:
            self._linger(_NO_RESET)
        with self.outbuf_lock:
            self._unsent += self.total_outbufs_len
            super().handle_close()
            self._closed = self._closing
        self._exchanges.settle(self._sent, self._closed)

    def _linger(self, value: bytes) -> None:
        with suppress(OSError):  # where the client has left
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, value)

    def finish(self) -> None:
        """Close the connection after the next answer, or if for a while its client has not asked for one.

        A client that has just had an answer, or has just connected, may be asking: closed now, the connection
        would be reset.
        """
        self.is_last = True
        is_asked = self.is_busy or self.request is not None
        if not is_asked and time.monotonic() - self._free_since > LAST_SECONDS:
            self.will_close = True

    def enforce_deadlines(self, *, is_crowded: bool) -> None:
        """Close the connection if its client takes too long; called in the main thread, each second."""
        now, arriving = time.monotonic(), self.request
        if self.total_outbufs_len:
            self._check_reading(now, 2.0 if is_crowded else READING_SECONDS)
            return
        self._reading = None
        if self.requests:
            return
        if arriving is not None:
            if now - max(arriving.began, self._free_since) > REQUEST_SECONDS:
                self._refuse(arriving)
        else:
            kept = REQUEST_SECONDS if self._is_new else 1.0 if is_crowded else IDLE_SECONDS
            self.will_close = self.will_close or now - self._free_since > kept

    def _refuse(self, arriving: Request) -> None:
        exchange = self._begin(arriving)
        with self.outbuf_lock:
            self.outbufs[-1].append(_TIMED_OUT)
            self.total_outbufs_len += len(_TIMED_OUT)
        exchange.body_begins = exchange.ends = self.position
        exchange.status, exchange.is_served = 408, True
        self.close_when_flushed = True

    def _check_reading(self, now: float, seconds: float) -> None:
        since, sent_before = self._reading or (now, self._sent)
        if now - since <= seconds:
            self._reading = since, sent_before
        elif self._sent - sent_before >= LEAST_READ:
            self._reading = now, self._sent
        else:
            self._closing = "read too slowly"
            self.handle_close()
