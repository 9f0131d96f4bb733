"""The process that stays: it holds the sockets, and lets a new server take the place of the one that answers.

The old one goes on until the new one accepts requests; if that cannot start, it goes on altogether.
"""

import logging
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from search.errors import SearchError, SettingsError
from search.listening.notify import notify
from webui.server.server_process import ServerProcess
from webui.server.service_manager import Sockets
from webui.server.signals import STOPPING, caught_signals

_log = logging.getLogger(__name__)
_log.setLevel(logging.INFO)


def supervise(sockets: Sockets, announce: Callable[[int], None]) -> None:
    """Have a server answer on the sockets until SIGTERM or SIGINT, and another one from each SIGHUP on.

    `announce` is called once, with the number of documents, when requests are accepted. Raises the error for
    which the first server cannot start, and SystemExit with the exit code of a server that ends by itself.
    """
    had_terminal = _has_terminal()
    with caught_signals((*STOPPING, signal.SIGHUP, signal.SIGCHLD)) as signals:
        supervisor = _Supervisor(sockets, announce)
        try:
            while True:
                caught = supervisor.step(signals)
                if caught.intersection(STOPPING):
                    return
                if signal.SIGHUP in caught:
                    if had_terminal and not _has_terminal():
                        return  # the terminal has been closed
                    supervisor.is_to_reload = True
        finally:
            notify("STOPPING=1")
            sockets.close()
            supervisor.stop()


class _Supervisor:
    """The server that answers, the one that is to take its place, and those that finish what is under way.

    `is_to_reload` is set while another server is wanted: one, however often it was asked for meanwhile.
    """

    def __init__(self, sockets: Sockets, announce: Callable[[int], None]) -> None:
        self._sockets, self._announce = sockets, announce
        self._current: ServerProcess | None = None
        self._coming: ServerProcess | None = _started(sockets)
        self._leaving: list[ServerProcess] = []
        self.is_to_reload = False

    def step(self, signals: socket.socket) -> set[int]:
        """Do what there is to do, or wait for it; the signals that have come."""
        if self.is_to_reload and self._coming is None:
            self._reload()
        coming = self._coming
        waited_for: list[Any] = [signals, *([coming.reports] if coming else [])]
        readable, _, _ = select.select(waited_for, [], [])
        caught = set(signals.recv(4096)) if signals in readable else set()
        if coming and coming.reports in readable:
            self._coming = None
            self._settle(coming)
        self._leaving = [server for server in self._leaving if not server.has_ended()]
        if self._current and self._current.has_ended() and not caught.intersection(STOPPING):
            if self._current.exit_code() > 128:  # else it has said why
                _log.error("The server has ended: %s.", self._current.how_it_ended())
            raise SystemExit(self._current.exit_code())
        return caught

    def stop(self) -> None:
        """Have all servers finish what is under way, and wait until they have."""
        servers = [server for server in (self._current, self._coming, *self._leaving) if server]
        for server in servers:
            server.stop()
        for server in servers:
            server.wait()

    def _reload(self) -> None:
        self.is_to_reload = False
        notify("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")
        try:
            self._coming = _started(self._sockets)
        except SearchError as error:
            self._keep(str(error))

    def _settle(self, coming: ServerProcess) -> None:
        """Let a server that has reported take the place of the one before it, if it can."""
        before = self._current
        try:
            documents = coming.report()
        except SearchError as error:
            self._leave(coming)
            if before is None:
                raise
            self._keep(str(error))
        except EOFError:
            self._leave(coming)
            if before is None:
                raise SystemExit(coming.exit_code()) from None
            self._keep(f"it ended at once ({coming.how_it_ended()}).")
        else:
            self._current = coming
            if before is None:
                self._announce(documents)
            else:
                self._leave(before)
                _log.info("Reloaded: process %d serves %d documents.", coming.pid, documents)
            notify("READY=1", f"STATUS=Serving {documents} documents.")

    def _leave(self, server: ServerProcess) -> None:
        server.stop()
        self._leaving.append(server)

    def _keep(self, why: str) -> None:
        _log.error("The server goes on as it was, for no new one can start: %s", why)
        notify("READY=1", "STATUS=The last reload failed; the log says why.")


def _started(sockets: Sockets) -> ServerProcess:
    """A server that starts. Raises SettingsError if the system does not let it."""
    try:
        return ServerProcess(sockets)
    except OSError as error:
        raise SettingsError(f"No server process can be started: {error.strerror or error}.") from error


def _has_terminal() -> bool:
    """Whether this process has a terminal by which it is controlled."""
    with suppress(OSError):
        os.close(os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY))
        return True
    return False
