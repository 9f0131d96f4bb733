"""When is a request logged? When the last byte of its answer has been sent, or its connection has closed."""

import logging
import re
import threading
import time
from dataclasses import dataclass, field
from typing import Protocol

from search.log.service_log import ENTRIES
from webui.log.request_entry import RequestEntry
from webui.log.searched import Searched
from webui.metrics.requests import count_request, is_counted

_ASKED = (
    re.compile(  # the method, a token (RFC 9110), and the path of the target, if it has one (RFC 9112, 3.2)
        rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}) (?:(?:[Hh][Tt]{2}[Pp][Ss]?://[^/?# ]*)?([/*][^?# ]*))?"
    )
)


class Arrived(Protocol):
    """A request, whole or in part."""

    began: float
    query: str

    @property
    def start_line(self) -> bytes:
        """The first line that was sent."""


@dataclass(eq=False)
class Exchange:
    """A request and its answer. Positions are counted in bytes from the begin of the connection."""

    request: Arrived
    client: str
    searched: Searched = field(default_factory=Searched)
    status: int | None = None
    body_begins: int = 0
    ends: int | None = None
    """The position at which the answer ends; None as long as it is not complete."""
    is_served: bool = False
    """Whether nothing more is added to the answer."""
    fault: str = ""
    """Why the answer was not completed, if that is not because of the connection."""

    def is_sent(self, sent: int) -> bool:
        """Whether the answer has been sent whole, once `sent` bytes have been."""
        return self.ends is not None and self.ends <= sent

    def entry(self, sent: int, closed: str) -> RequestEntry:
        """What is logged of it; `closed` says why the connection has closed, if it has."""
        asked = _ASKED.match(self.request.start_line)
        method, path = asked.groups() if asked else (None, None)
        ends = sent if self.ends is None else min(self.ends, sent)
        return RequestEntry(
            time=time.time(),
            client=self.client,
            method=method.decode() if method else None,
            path=path.decode(errors="replace") if path else None,
            status=self.status,
            sent=max(ends - self.body_begins, 0) if self.status else 0,
            ms=(time.monotonic() - self.request.began) * 1000,
            total=self.searched.total,
            generation=self.searched.generation,
            incomplete=None if self.is_sent(sent) else self.fault or closed,
            arguments=self.request.query,
        )


class Exchanges:
    """Those of one connection that have not been logged."""

    def __init__(self) -> None:
        self._open: list[Exchange] = []
        self._lock = threading.Lock()

    def begin(self, request: Arrived, client: str) -> Exchange:
        """A new one, of a client by its address."""
        exchange = Exchange(request, client)
        with self._lock:
            self._open.append(exchange)
        return exchange

    def settle(self, sent: int, closed: str = "") -> None:
        """Log those that have been sent, once `sent` bytes have been; all that are served if it has `closed`.

        Called after each change, by whichever thread makes it, so that the last of them logs.
        """
        if not self._open:
            return
        with self._lock:
            ended = [one for one in self._open if one.is_served and (closed or one.is_sent(sent))]
            self._open = [one for one in self._open if one not in ended]
        is_logged = ENTRIES.isEnabledFor(logging.INFO)
        for exchange in ended if is_logged or is_counted() else ():
            entry = exchange.entry(sent, closed)
            count_request(entry, exchange.searched.endpoint)
            if is_logged:
                ENTRIES.info(entry)

    def abandon(self, sent: int, why: str) -> None:
        """Log all that there are: nobody will serve them."""
        for exchange in list(self._open):
            exchange.is_served = True
        self.settle(sent, why)
