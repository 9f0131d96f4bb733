"""Attacks on a server over real sockets: what do they do to it, and to those who ask it beside them?

`python -m tests.attacks` makes an archive, serves it, and says what went wrong; it is a part of `make soak`.
`python -m tests.attacks ADDRESS PID METRICS` attacks a server that runs, such as those of
docs/adr/024-the-server.md; PID is the process that gets SIGTERM at the end, METRICS, which may be left out,
the address of its metrics. Either takes about a minute.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlsplit

from search.engines import open_engine
from search.schema import Schema
from tests.archive import fill
from tests.pseudo_archive import documents

_WORDS = ("the", "of", "to", "and", "in", "that", "for", "be", "with", "by", "united", "government")
_serial = count(1)

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Reply:
    """The status of a response and the seconds that it took; 0 stands for a connection without a response."""

    status: int
    seconds: float
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A server to attack."""

    host: str
    port: int

    async def connect(self) -> Stream:
        """A new connection."""
        return await asyncio.open_connection(self.host, self.port)

    def request(self, path: str, *, keep: bool = False) -> bytes:
        """The bytes of a GET request."""
        kept = "keep-alive" if keep else "close"
        return f"GET {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nConnection: {kept}\r\n\r\n".encode()

    async def get(self, path: str, patience: float = 60.0) -> Reply:
        """Ask on a connection of its own, and read to its end."""
        started, head, whole = time.perf_counter(), b"", True
        with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            async with asyncio.timeout(patience):
                reader, writer = await self.connect()
                try:
                    writer.write(self.request(path))
                    answer = await reader.read()
                    head, _, body = answer.partition(b"\r\n\r\n")
                    whole = _whole(head.lower(), body)
                    while await reader.read(1 << 16):
                        pass
                finally:
                    writer.close()
        status = int(head.split()[1]) if head.startswith(b"HTTP/1.") else 0
        return Reply(status, time.perf_counter() - started, whole)


def _whole(head: bytes, body: bytes) -> bool:
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) == int(line.partition(b":")[2])
    return body.endswith(b"0\r\n\r\n") or b"transfer-encoding" not in head


def costly_search() -> str:
    """The path of a search that costs about a second on 42,000 documents, another one at each call."""
    number = next(_serial)
    phrases = [
        f'"{" ".join(_WORDS[(start + step) % len(_WORDS)] for step in range(3))}"~{50 + number % 49}'
        for start in range(number % 3, len(_WORDS), 2)
    ]
    return f"/api/v1/search?q={quote(' OR '.join(phrases))}&per_page={10 + number % 7}&facet=author"


async def probe(target: Target, path: Callable[[], str], until: asyncio.Event) -> list[Reply]:
    """Ask for a path ten times a second until an event, and once at least."""
    replies = [await target.get(path(), 30)]
    while not until.is_set():
        await asyncio.sleep(0.1)
        replies.append(await target.get(path(), 30))
    return replies


async def beside(
    target: Target, metrics: Target | None, attack: Awaitable[object]
) -> tuple[list[Reply], list[Reply], list[Reply]]:
    """Run an attack; the replies to health checks, to cheap searches and to scrapes beside it."""
    until = asyncio.Event()
    numbers = count(1900)
    probes = [
        asyncio.create_task(probe(one, path, until))
        for one, path in (
            (target, lambda: "/healthz"),
            (target, lambda: f"/api/v1/search?q=armistice+{next(numbers)}"),
            (metrics or target, lambda: "/metrics" if metrics else "/healthz"),
        )
    ]
    await attack
    until.set()
    health, cheap, scrapes = await asyncio.gather(*probes)
    return health, cheap, scrapes


def summary(replies: list[Reply]) -> str:
    """The statuses of replies and the slowest of each."""
    slowest: dict[int, float] = {}
    for reply in replies:
        slowest[reply.status] = max(slowest.get(reply.status, 0), reply.seconds)
    counts = Counter(reply.status for reply in replies)
    return ", ".join(f"{counts[status]}× {status} ≤ {slowest[status]:.2f} s" for status in sorted(counts))


async def idle(target: Target, number: int = 200, seconds: float = 5) -> str:
    """Connections that say nothing."""
    return await hold(target, number, b"", b"", seconds)


async def slow_headers(target: Target, number: int = 120, seconds: float = 15) -> str:
    """Connections that send a header byte by byte; how many the server has closed at the end."""
    return await hold(target, number, b"GET / HTTP/1.1\r\nX: ", b"x", seconds)


async def slow_bodies(target: Target, number: int = 120, seconds: float = 15) -> str:
    """Connections that send a body byte by byte."""
    head = f"POST /search HTTP/1.1\r\nHost: {target.host}\r\nContent-Length: 1000\r\n\r\n"
    return await hold(target, number, head.encode(), b"x", seconds)


async def hold(target: Target, number: int, first: bytes, more: bytes, seconds: float) -> str:
    """Open connections, send a little twice a second; how many of them were closed by the server."""

    async def one() -> bool:
        try:
            async with asyncio.timeout(seconds):
                reader, writer = await target.connect()
                writer.write(first)
                while True:
                    writer.write(more)
                    await writer.drain()
                    with suppress(TimeoutError):
                        if await asyncio.wait_for(reader.read(1000), 0.5) == b"":
                            writer.close()
                            return True
        except TimeoutError:
            writer.close()
            return False
        except OSError:
            return True

    closed = await asyncio.gather(*(one() for _ in range(number)))
    return f"{sum(closed)} of {number} closed"


async def costly(target: Target, number: int = 60) -> str:
    """Costly searches all at once."""
    replies = await asyncio.gather(*(target.get(costly_search(), 120) for _ in range(number)))
    return summary(replies)


async def leaving(target: Target, pid: int, number: int = 20) -> float:
    """Clients that ask for costly searches and leave; the processor time that the server then spends."""
    before = processor_time(pid)
    for _ in range(number):
        _, writer = await target.connect()
        writer.write(target.request(costly_search()))
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.close()
    await asyncio.sleep(0.5)
    await target.get("/healthz")
    spent = processor_time(pid)
    while (now := await asyncio.sleep(1, processor_time(pid))) - spent > 0.2:
        spent = now
    return now - before


async def stopping(target: Target, pid: int, number: int = 12) -> list[Reply]:
    """SIGTERM while searches are under way; the replies to them, and to a request after it."""
    asked = [asyncio.create_task(target.get(costly_search(), 60)) for _ in range(number)]
    await asyncio.sleep(0.4)
    os.kill(pid, signal.SIGTERM)
    await asyncio.sleep(0.3)
    late = await target.get("/healthz", 5)
    return [*await asyncio.gather(*asked), late]


def processor_time(pid: int) -> float:
    """The processor time of a process and its children, in seconds."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            values = stat.read_text().rpartition(")")[2].split()
            if int(stat.parent.name) == pid or int(values[1]) == pid:
                total += int(values[11]) + int(values[12])
    return total / os.sysconf("SC_CLK_TCK")


async def attack(target: Target, pid: int, metrics: Target | None = None) -> list[str]:
    """Run all attacks, and print what each did; what should not have happened."""
    await target.get("/api/v1/search?q=warm")
    faults = []
    for made in (idle, slow_headers, slow_bodies, costly):
        task = asyncio.ensure_future(made(target))
        await asyncio.sleep(0.5)
        health, cheap, scrapes = await beside(target, metrics, task)
        name = made.__name__.replace("_", " ")
        print(f"{name}: {task.result()}\n  /healthz beside: {summary(health)}\n  search: {summary(cheap)}")
        print(f"  /metrics: {summary(scrapes)}")
        if any(reply.status != 200 or reply.seconds > 3 for reply in scrapes):
            faults.append(f"{name}: metrics were not answered within three seconds")
        if any(reply.status != 200 or reply.seconds > 1 for reply in health):
            faults.append(f"{name}: /healthz was not answered within a second")
        if not all(reply.seconds < {200: 2, 503: 1}.get(reply.status, 0) for reply in cheap):
            faults.append(f"{name}: a cheap search was neither answered nor turned away in time")
        if name.startswith("slow") and "120 of 120" not in task.result():
            faults.append(f"{name}: connections were left open")
    spent = await leaving(target, pid)
    print(f"clients that leave: {spent:.1f} s of processor time for 20 of them")
    *answered, late = await stopping(target, pid)
    print(f"SIGTERM: {summary(answered)}; a request after it: {late.status}")
    if spent > 5:
        faults.append("clients that leave: the server worked on for them")
    if not all(reply.complete and reply.status == 200 for reply in answered):
        faults.append("SIGTERM: not all requests under way were answered")
    if late.status:
        faults.append("SIGTERM: a request was accepted after it")
    return faults


def serve_and_attack() -> list[str]:
    """The faults of `opis-serve` over an archive of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"tantivy:{folder}/index"
        engine = open_engine(url, Schema(), create=True)
        fill(engine, documents(20_000))
        engine.close()
        command = [sys.executable, "-m", "webui", "--index", url, "--port", "0", "--metrics", "127.0.0.1:0"]
        with subprocess.Popen(command, text=True, stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            site, metrics = server.stdout.readline().split()[4], server.stdout.readline().split()[2]
            return asyncio.run(attack(target_of(site), server.pid, target_of(metrics)))


def target_of(address: str) -> Target:
    """The server at a URL."""
    parts = urlsplit(address)
    return Target(parts.hostname or "127.0.0.1", parts.port or 80)


def main(arguments: Sequence[str]) -> int:
    """Attack a server that runs, or one of our own; 1 if something should not have happened."""
    if arguments:
        metrics = target_of(arguments[2]) if arguments[2:] else None
        faults = asyncio.run(attack(target_of(arguments[0]), int(arguments[1]), metrics))
    else:
        faults = serve_and_attack()
    print("\n".join(faults) or "All is well.")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
