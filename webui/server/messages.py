"""The requests and responses of a connection: what waitress leaves open, and what is noted for the log."""

import time

from waitress.adjustments import Adjustments
from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask, Task, WSGITask

from search.listening.clients import Origin
from webui.log.searched import SEARCHED
from webui.request_limits import OVERLOADED, RATE_LIMITED


class Request(HTTPRequestParser):  # type: ignore[misc]
    """A request that arrives; `overloaded` or `wait` is set on one that is turned away."""

    overloaded = False
    wait = 0.0
    origin: Origin | None = None  # once somebody has asked for it
    first_line = b""
    path = query = ""  # of what is no request; waitress leaves them out, and asks for them in its log

    def __init__(self, adjustments: Adjustments) -> None:
        super().__init__(adjustments)
        self.began = time.monotonic()

    def received(self, data: bytes) -> int:
        """Read on; the number of bytes that belong to this request."""
        before = self.header_plus
        taken: int = super().received(data)
        if self.error and self.body_rcv is None:  # waitress replaces the line of a header that is too long
            self.first_line = _line_of(before + data)
        return taken

    @property
    def start_line(self) -> bytes:
        """The first line, as far as it has arrived."""
        return self.first_line or _line_of(self.header_plus)


def _line_of(header: bytes) -> bytes:
    return bytes(header.lstrip().partition(b"\r\n")[0])


class _Logged(Task):  # type: ignore[misc]
    """An answer that is logged: its exchange is told how far it is."""

    def __init__(self, channel: HTTPChannel, request: Request) -> None:
        super().__init__(channel, request)
        self.exchange = channel.requests[0].exchange

    def service(self) -> None:
        """Write the answer."""
        try:
            super().service()
        except ClientDisconnected:
            raise
        except BaseException:
            self.exchange.fault = "failed"
            raise

    def build_response_header(self) -> bytes:
        """Status line and headers."""
        header: bytes = super().build_response_header()
        self.exchange.status = int(self.status[:3])
        self.exchange.body_begins = self.channel.position + len(header)
        return header

    def write(self, data: bytes) -> None:
        """Write a part of the body; the first together with the headers."""
        with self.channel.joining():
            super().write(data)

    def finish(self) -> None:
        """Write what ends the answer. It is logged here if all is sent: while the connection is busy."""
        super().finish()
        self.exchange.ends = self.channel.position
        self.channel.has_served(self.exchange)


class Refusal(_Logged, ErrorTask):  # type: ignore[misc]
    """An answer to what is no request, or to one that the application failed to answer."""


class Response(_Logged, WSGITask):  # type: ignore[misc]
    """A response of the application."""

    def get_environment(self) -> dict[str, object]:
        """The WSGI environment: also whether to turn the request away, and a place for what is found."""
        environ: dict[str, object] = super().get_environment()
        origin = self.channel.origin_of(self.request)
        environ["REMOTE_ADDR"] = environ["REMOTE_HOST"] = origin.client
        environ["wsgi.url_scheme"] = origin.scheme
        environ[OVERLOADED], environ[RATE_LIMITED] = self.request.overloaded, self.request.wait
        environ[SEARCHED] = self.exchange.searched
        return environ

    def build_response_header(self) -> bytes:
        """Status line and headers; the connection ends with the last response before the server does."""
        if self.channel.is_last:
            self.set_close_on_finish()
        header: bytes = super().build_response_header()
        if self.has_body and self.content_length is None and not self.chunked_response:
            self.channel.expect_end()
        return header

    def finish(self) -> None:
        """End a response of which all has been written."""
        super().finish()
        self.channel.is_ended = True

    def set_close_on_finish(self) -> None:
        """Close the connection after this response; not because a response without a body has no length."""
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or asked == "close" or self.channel.is_last:
            super().set_close_on_finish()
