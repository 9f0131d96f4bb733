"""The HTTP server: waitress, with bounded queues, deadlines, and an end at which requests are finished."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from socket import socket

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from search.listening.clients import TrustedProxies
from search.listening.names import bound_name
from search.listening.sockets import BACKLOG
from search.settings import Server
from webui.server.admission import Admission
from webui.server.connection import Connection
from webui.server.descriptors import connection_limit
from webui.server.rate_limit import RateLimit
from webui.server.signals import Stop

_LAST_SECONDS = 1.0  # in which the threads that have answered are done
_MUCH_UNREAD = 1 << 27  # bytes of answers that wait in memory for clients who do not read

_log = logging.getLogger(__name__)


def serve(
    app: Flask,
    sockets: Sequence[socket],
    stop: Stop,
    settings: Server = Server(),  # noqa: B008
    limit: RateLimit | None = None,
    stopping: Callable[[], None] = lambda: None,
) -> None:
    """Serve the app until it is to stop; then finish the requests under way, for `drain_seconds` at most.

    `stopping` is called in between, when no more requests are accepted.
    Raises SettingsError if the system allows too few open files.
    """
    server = _HttpServer(app, sockets, settings, limit)
    stop.call = server.wake
    while not stop.is_requested:
        server.step()
    stopping()
    server.drain(settings.drain_seconds)


class _Listener(TcpWSGIServer):  # type: ignore[misc]
    """Accepts the connections of one socket."""

    channel_class = Connection
    proxies: TrustedProxies

    def maintenance(self, _now: float) -> None:
        """Close the connections whose clients take too long; waitress calls this each second."""
        connections = list(self.active_channels.values())
        unread = sum(connection.total_outbufs_len for connection in connections)
        is_crowded = len(connections) > self.adj.connection_limit // 2 or unread > _MUCH_UNREAD
        for connection in connections:
            connection.enforce_deadlines(is_crowded=is_crowded)

    def accept_all(self) -> None:
        """Accept the connections that are waiting."""
        before = -1
        while len(self.active_channels) > before:
            before = len(self.active_channels)
            self.handle_accept()

    def stop_accepting(self) -> None:
        """Close the socket; connections and their threads go on."""
        wasyncore.dispatcher.close(self)


class _HttpServer:
    """The listeners of all sockets, their connections, and the threads that serve them."""

    def __init__(
        self, app: Flask, sockets: Sequence[socket], settings: Server, limit: RateLimit | None
    ) -> None:
        adjustments = Adjustments(
            sockets=list(sockets),
            ident=None,
            backlog=BACKLOG,
            connection_limit=connection_limit(),
            max_request_body_size=1 << 16,  # nothing needs one; it would be held in memory
            max_request_header_size=16_384,
            cleanup_interval=1,
            channel_request_lookahead=1,  # reads on while a request is served, to see when its client leaves
            clear_untrusted_proxy_headers=True,
            server_name=bound_name(sockets),
        )
        self._map: dict[int, object] = {}
        self._admission = Admission(settings.searches, settings.waiting, limit)
        proxies = TrustedProxies(settings.trusted_proxies)
        self._listeners = [
            _Listener(
                app,
                self._map,
                _sock=sock,
                dispatcher=self._admission,
                adj=adjustments,
                sockinfo=(sock.family, sock.type, sock.proto, sock.getsockname()),
                bind_socket=False,
            )
            for sock in sockets
        ]
        for listener in self._listeners:
            listener.proxies = proxies

    def step(self, seconds: float = 1.0) -> None:
        """Read, write and accept what there is; wait for it, up to `seconds` or until `wake` is called."""
        wasyncore.loop(seconds, use_poll=True, map=self._map, count=1)

    def wake(self) -> None:
        """End the waiting of `step`. May be called from a signal handler."""
        self._listeners[0].pull_trigger()

    def drain(self, seconds: float) -> None:
        """Accept nothing more, and return when all requests have been answered, or after `seconds`."""
        until = time.monotonic() + seconds
        self._admission.end()
        for listener in self._listeners:
            listener.accept_all()
        self.step(0)  # what these have sent is read; each is a request under way
        for listener in self._listeners:
            listener.stop_accepting()
        while (connections := list(self._connections())) and time.monotonic() < until:
            for connection in connections:
                connection.finish()
            for listener in self._listeners:
                listener.maintenance(time.time())
            self.step(0.2)
        for connection in connections:
            connection.abandon()
        if connections:
            _log.warning("%d requests were not finished in %g seconds.", len(connections), seconds)
        else:
            self._admission.finish(_LAST_SECONDS)

    def _connections(self) -> Iterator[Connection]:
        for listener in self._listeners:
            yield from listener.active_channels.values()
