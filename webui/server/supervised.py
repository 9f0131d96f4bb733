"""A server that a supervisor has started: the sockets that it is given, and what it reports.

The two are one program, which tells by a variable of its environment which of them it is.
"""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from search.errors import EngineError, SearchError, SettingsError
from webui.server.service_manager import Sockets
from webui.server.signals import STOPPING

VARIABLE = "_OPIS_SUPERVISED"


class Inheritance(msgspec.Struct):
    """The file descriptors that a server inherits.

    It writes its report to `report`; `parent` is a pipe that is closed when the server is to stop.
    """

    pages: list[int]
    metrics: list[int]
    report: int
    parent: int

    @property
    def descriptors(self) -> list[int]:
        """All of them."""
        return [*self.pages, *self.metrics, self.report, self.parent]


class Report(msgspec.Struct):
    """That a server accepts requests, over so many documents, or the error for which it cannot."""

    documents: int = 0
    error: str = ""
    is_of_index: bool = False

    def check(self) -> None:
        """Raise the error, if it is one."""
        if self.error:
            raise (EngineError if self.is_of_index else SettingsError)(self.error)


@dataclass
class Supervised:
    """What this process is given as a server; `parent` is a pipe that closes when its supervisor ends."""

    sockets: Sockets
    parent: int
    _report: int | None

    @classmethod
    def inherited(cls) -> "Supervised | None":
        """What a supervisor has given to this process; None if it has not been started by one."""
        given = os.environ.pop(VARIABLE, "")
        if not given:
            return None
        inheritance = msgspec.json.decode(given, type=Inheritance)
        for descriptor in inheritance.descriptors:
            os.set_inheritable(descriptor, False)
        pages, metrics = (
            [socket.socket(fileno=descriptor) for descriptor in descriptors]
            for descriptors in (inheritance.pages, inheritance.metrics)
        )
        return cls(Sockets(pages, metrics), inheritance.parent, inheritance.report)

    def stop_with_parent(self) -> None:
        """Have a thread send this process SIGTERM when its supervisor has ended, even by SIGKILL."""

        def wait() -> None:
            os.read(self.parent, 1)
            os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=wait, daemon=True).start()

    def ready(self, documents: int) -> None:
        """Report that requests are accepted."""
        self._send(Report(documents))

    @contextmanager
    def reporting_errors(self) -> Iterator[None]:
        """A block of which an error is reported, and ends the process, unless it was ready before."""
        try:
            yield
        except SearchError as error:
            if self._report is None:
                raise
            for signum in STOPPING:
                signal.signal(signum, signal.SIG_IGN)  # this process is ending, and is not to be interrupted
            self._send(Report(error=str(error), is_of_index=isinstance(error, EngineError)))
            raise SystemExit(1) from error

    def _send(self, report: Report) -> None:
        if self._report is not None:
            os.write(self._report, msgspec.json.encode(report))
            os.close(self._report)
            self._report = None
