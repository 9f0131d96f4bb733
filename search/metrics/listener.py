"""The listener on which metrics are asked for, at an address of its own and in a thread of its own.

Whoever asks slowly, or does not read, takes one of few connections, and of too many the oldest is closed, so
that others are answered.
"""

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from socket import socket
from typing import cast

from search.listening.names import bound_name, host_name, is_answered
from search.metrics.declaration import Reading
from search.metrics.exposition import Read, exposition
from search.metrics.table import Table

PATH = "/metrics"
"""The one path that is answered."""
SECONDS = 10.0
"""Within which a request must have arrived, and its answer been read."""
MOST_CONNECTIONS = 16
"""At the same time."""
READ_SECONDS = 2.0
"""For which an answer waits for what has to be read; then it does without."""

_MOST_HEADER = 8192  # bytes
_HEADERS = "Connection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"

_FIRST_LINE = re.compile(r"([A-Z]{1,20}) (\S+) HTTP/1\.[01]")

_log = logging.getLogger(__name__)


@contextmanager
def answering(sockets: Sequence[socket], table: Table, read: Read = tuple) -> Iterator[Callable[[], None]]:
    """A block in which the metrics of a table, and what `read` gives, can be asked for on these sockets.

    It gives a function to be called when no more is to be answered, before the block ends. Several processes
    may listen on the same sockets, each in a block of its own: one of them answers.
    """
    listener = _Listener(table, read, bound_name(sockets))
    started = threading.Event()

    def run() -> None:
        try:
            asyncio.run(listener.run(sockets, started))
        finally:
            started.set()

    thread = threading.Thread(target=run, name="metrics", daemon=True)
    thread.start()
    started.wait()
    try:
        yield listener.stop
    finally:
        listener.stop()
        thread.join(SECONDS)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The first line of a request, and the headers that matter."""

    method: str
    path: str
    host: str | None
    accept: str


class _Refused(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class _Listener:
    def __init__(self, table: Table, read: Read, bound: str) -> None:
        self._table, self._bound = table, bound
        self._read = _PatientRead(read)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = asyncio.Event()
        self._open: dict[asyncio.Task[None], None] = {}  # the connections, the oldest first

    async def run(self, sockets: Sequence[socket], started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        servers = [
            await asyncio.start_server(self._connected, sock=sock.dup(), limit=_MOST_HEADER)
            for sock in sockets
        ]
        started.set()
        await self._stopped.wait()
        for server in servers:
            server.close()

    def stop(self) -> None:
        if self._loop:
            with suppress(RuntimeError):  # it has ended
                self._loop.call_soon_threadsafe(self._stopped.set)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = cast("asyncio.Task[None]", asyncio.current_task())
        self._open[task] = None
        if len(self._open) > MOST_CONNECTIONS:
            oldest = next(iter(self._open))
            del self._open[oldest]  # so that the next one closes another
            oldest.cancel()
        try:
            async with asyncio.timeout(SECONDS):
                writer.write(await self._answer(reader))
                writer.close()
                await writer.wait_closed()
        except (OSError, TimeoutError, asyncio.CancelledError):
            writer.transport.abort()
        except Exception:
            _log.exception("Metrics could not be written.")
            writer.transport.abort()
        finally:
            self._open.pop(task, None)

    async def _answer(self, reader: asyncio.StreamReader) -> bytes:
        try:
            asked = _asked(await reader.readuntil(b"\r\n\r\n"))
            self._check(asked)
        except asyncio.IncompleteReadError:
            return b""
        except asyncio.LimitOverrunError:
            return _response(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        except _Refused as refused:
            return _response(refused.status)
        body, media_type = exposition(self._table, await self._read(), asked.accept)
        return _response(HTTPStatus.OK, body, media_type, is_head=asked.method == "HEAD")

    def _check(self, asked: _Asked) -> None:
        if asked.host is not None and not is_answered(host_name(asked.host), self._bound, ""):
            raise _Refused(HTTPStatus.MISDIRECTED_REQUEST)
        if asked.path.partition("?")[0] != PATH:
            raise _Refused(HTTPStatus.NOT_FOUND)
        if asked.method not in {"GET", "HEAD"}:
            raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED)


class _PatientRead:
    """Reads in a thread of its own, and does without what takes too long, such as a disk that hangs."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._under_way: asyncio.Future[tuple[Reading, ...]] | None = None

    async def __call__(self) -> tuple[Reading, ...]:
        if self._under_way is None or self._under_way.done():
            outcome: Future[tuple[Reading, ...]] = Future()
            threading.Thread(target=self._run, args=(outcome,), daemon=True).start()
            self._under_way = asyncio.wrap_future(outcome)
        try:
            return await asyncio.wait_for(asyncio.shield(self._under_way), READ_SECONDS)
        except TimeoutError:
            _log.warning("What metrics are read from does not answer within %g seconds.", READ_SECONDS)
        except Exception:
            _log.exception("What metrics are read from has failed.")
        return ()

    def _run(self, outcome: "Future[tuple[Reading, ...]]") -> None:
        try:
            outcome.set_result(tuple(self._read()))
        except Exception as error:
            outcome.set_exception(error)


def _asked(head: bytes) -> _Asked:
    """What a request asks for. Raises _Refused for what is no request."""
    first, *lines = head.decode("latin-1").split("\r\n")
    line = _FIRST_LINE.fullmatch(first)
    headers: dict[str, str] = {}
    for name, colon, value in (one.partition(":") for one in lines if one):
        if not colon or name.lower() in headers:
            raise _Refused(HTTPStatus.BAD_REQUEST)
        headers[name.lower()] = value.strip(" \t")
    if line is None:
        raise _Refused(HTTPStatus.BAD_REQUEST)
    return _Asked(line[1], line[2], headers.get("host"), headers.get("accept", ""))


def _response(
    status: HTTPStatus,
    body: bytes = b"",
    media_type: str = "text/plain; charset=utf-8",
    *,
    is_head: bool = False,
) -> bytes:
    content = body or f"{status.phrase}.\n".encode()
    allow = "Allow: GET, HEAD\r\n" if status == HTTPStatus.METHOD_NOT_ALLOWED else ""
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {media_type}\r\n"
        f"Content-Length: {len(content)}\r\n{allow}{_HEADERS}\r\n"
    )
    return head.encode() + (b"" if is_head else content)
