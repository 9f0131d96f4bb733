"""How fast over HTTP, from the start of the server on?"""

import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.contenders import Contender
from tests.bench.load import Client, load
from tests.bench.measures import Figures, percentile
from tests.bench.processes import ENVIRONMENT, ROOT, CommandFailedError, resident
from tests.bench.workload import Query

CLIENTS = (1, 4, 16)
_CHUNK = 20
_PATIENCE = 60.0  # seconds for a server to answer


@dataclass(frozen=True)
class Server:
    """A server that answers on a port of this machine."""

    process: subprocess.Popen[bytes]
    port: int
    start_seconds: float

    def resident(self) -> int | None:
        """The resident bytes of all its processes, now."""
        return resident(self.process.pid)


@dataclass(frozen=True)
class Plan:
    """How much is asked: queries for latency, then rounds of load, each of some seconds."""

    latency: Sequence[Query]
    load: Sequence[Query]
    rounds: int
    seconds: float


@contextmanager
def serving(contender: Contender, folder: Path, processes: int = 1) -> Iterator[Server]:
    """Start the contender's server, wait until it answers, and stop it at the end."""
    port = _free_port()
    command = contender.servers(folder, port)[processes]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(process, port)
        yield Server(process, port, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait()


def serve(contenders: Sequence[Contender], folder: Path, plan: Plan) -> Figures:
    """Start, memory, latency and requests a second of each contender that serves."""
    figures: Figures = {}
    with ExitStack() as stack:
        servers: dict[str, Server] = {}
        for contender in contenders:
            try:
                starts = _starts(contender, folder / contender.name, plan.rounds)
                servers[contender.name] = stack.enter_context(serving(contender, folder / contender.name))
                figures[contender.name] = {"start_seconds": median(starts)}
            except CommandFailedError as error:
                figures[contender.name] = {"missing": str(error)}
        ready = [contender for contender in contenders if contender.name in servers]
        for name, latencies in _latencies(ready, servers, plan.latency).items():
            figures[name]["latency"] = latencies
        for contender in ready:
            server, name = servers[contender.name], contender.name
            figures[name] |= _weighed(contender, server, plan.latency)
            figures[name]["rate"] = {"1": _rates(contender, server, plan)}
            figures[name]["rss"] = server.resident()
    for contender in ready:
        for processes in contender.servers(folder, 0).keys() - {1}:
            with serving(contender, folder / contender.name, processes) as server:
                figures[contender.name]["rate"][str(processes)] = _rates(contender, server, plan)
                figures[contender.name][f"rss_{processes}"] = server.resident()
    return figures


def _starts(contender: Contender, folder: Path, rounds: int) -> list[float]:
    """Seconds from the command until the first page is there, each time."""
    seconds = []
    for _ in range(rounds):
        with serving(contender, folder) as server:
            seconds.append(server.start_seconds)
    return seconds


def _latencies(
    contenders: Sequence[Contender], servers: Mapping[str, Server], queries: Sequence[Query]
) -> dict[str, Figures]:
    """One client, contenders in turn; half of the queries warm up, those measured are asked once."""
    half = len(queries) // 2
    clients = {name: Client(server.port) for name, server in servers.items()}
    times: dict[str, dict[str, list[float]]] = {name: {} for name in servers}
    errors = dict.fromkeys(servers, 0)
    for kind in ("JSON", "page"):
        for start in range(0, len(queries), _CHUNK):
            for contender in contenders:
                kept = times[contender.name].setdefault(kind, [])
                for position, query in enumerate(queries[start : start + _CHUNK], start):
                    milliseconds, good = clients[contender.name].timed(contender.paths(query)[kind])
                    errors[contender.name] += not good
                    if position >= half:
                        kept.append(milliseconds)
    return {
        name: {kind: _spread(values) for kind, values in kinds.items()} | {"errors": errors[name]}
        for name, kinds in times.items()
    }


def _spread(values: Sequence[float]) -> Figures:
    return {f"p{share}": percentile(values, share / 100) for share in (50, 95, 99)}


def _rates(contender: Contender, server: Server, plan: Plan) -> Figures:
    """Requests a second by number of clients: the median of the rounds, no query asked twice."""
    addresses = iter([contender.paths(query)["JSON"] for query in plan.load])
    rates: dict[int, list[float]] = {clients: [] for clients in CLIENTS}
    for _ in range(plan.rounds):
        for clients, seen in rates.items():
            seen.append(load(server.port, addresses, clients, plan.seconds).rate)
    return {str(clients): median(seen) for clients, seen in rates.items()}


def _weighed(contender: Contender, server: Server, queries: Sequence[Query]) -> Figures:
    """The bytes of a results page, the median of some, and of the style sheets and scripts it loads."""
    client = Client(server.port)
    bodies = [client.get(contender.paths(query)["page"])[1] for query in queries[-20:]]
    links = set(re.findall(rb'(?:<link rel="stylesheet"|<script)[^>]*?(?:href|src)="(/[^"]+)"', bodies[0]))
    assets = sum(len(client.get(link.decode())[1]) for link in links)
    client.close()
    page = median(map(len, bodies))
    return {"page_bytes": page, "asset_bytes": assets, "weight": page + assets}


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.perf_counter() + _PATIENCE
    client = Client(port)
    while client.get("/")[0] != 200:
        if process.poll() is not None or time.perf_counter() > deadline:
            raise CommandFailedError("its server does not start")
        time.sleep(0.01)
    client.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
