"""How fast over HTTP, from the start of the server on?"""

import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from tests.bench.contenders import Contender
from tests.bench.load import Client, can_load, load
from tests.bench.measures import Figures, spread_of
from tests.bench.processes import ENVIRONMENT, ROOT, CommandFailedError, own_bytes, resident, worked
from tests.bench.querying import Asked
from tests.bench.workload import Query

CLIENTS = (4, 16)
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

    def own(self, processes: int) -> float | None:
        """The bytes of a process that are no file's, now: those of all divided by how many answer."""
        found = own_bytes(self.process.pid)
        return None if found is None else found / processes

    def worked(self) -> float:
        """The milliseconds of processor time of all its processes until now; 0 where it cannot be told."""
        return (worked(self.process.pid) or 0.0) * 1000


@dataclass(frozen=True)
class Plan:
    """How much is asked: queries for latency, then rounds of load, each of some seconds.

    `longest` is the id of the document with the longest text.
    """

    latency: Sequence[Query]
    load: Sequence[Query]
    longest: str
    rounds: int
    seconds: int


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
    """Start, memory, latency, processor time and requests a second of each contender that serves."""
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
        for name, found in _latencies(ready, servers, plan.latency).items():
            figures[name] |= found
        for contender in ready:
            server, name = servers[contender.name], contender.name
            figures[name] |= _weighed(contender, server, plan.latency)
            figures[name]["cost"] |= _costs(contender, server, folder / name, plan)
            figures[name]["rate"] = {"1": _rates(contender, server, plan)}
            figures[name] |= {"rss": server.resident(), "own": {"1": server.own(1)}}
    for contender in ready:
        for processes in contender.servers(folder, 0).keys() - {1}:
            with serving(contender, folder / contender.name, processes) as server:
                figures[contender.name]["rate"][str(processes)] = _rates(contender, server, plan)
                figures[contender.name]["own"][str(processes)] = server.own(processes)
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
    """One client, contenders in turn; half of the queries warm up, those measured are asked once.

    `latency` holds percentiles by what is sent, `cost` the mean processor time of a request: milliseconds.
    """
    half = len(queries) // 2
    clients = {name: Client(server.port) for name, server in servers.items()}
    figures: dict[str, Figures] = {name: {"latency": {"errors": 0}, "cost": {}} for name in servers}
    for kind in ("JSON", "page"):
        sending = [c for c in contenders if kind in c.paths(queries[0])]
        times: dict[str, list[float]] = {contender.name: [] for contender in sending}
        before: dict[str, float] = {}
        for start in range(0, len(queries), _CHUNK):
            for contender in sending:
                name = contender.name
                if start >= half:
                    before.setdefault(name, servers[name].worked())
                for query in queries[start : start + _CHUNK]:
                    milliseconds, good = clients[name].timed(contender.paths(query)[kind])
                    figures[name]["latency"]["errors"] += not good
                    if start >= half:
                        times[name].append(milliseconds)
        for name, seen in times.items():
            figures[name]["latency"][kind] = spread_of(seen)
            figures[name]["cost"][kind] = (servers[name].worked() - before[name]) / len(seen)
    return figures


def _costs(contender: Contender, server: Server, folder: Path, plan: Plan) -> Figures:
    """Mean milliseconds of processor time: a search in process, its page, in turns; the longest document."""
    half, costs = len(plan.latency) // 2, {}
    if "full" in contender.variants and contender.in_process:
        with Asked(contender, folder) as asked:
            asked.answer(plan.latency[:half], variant="full", turn=0)  # warms up
            took, pages = [], 0.0
            for start in range(half, len(plan.latency), _CHUNK):
                chunk = plan.latency[start : start + _CHUNK]
                took += asked.answer(chunk, variant="full", turn=0)
                pages += _pages_cost(contender, server, chunk)
        costs["search"] = mean(processor for _, processor in took)
        if pages:
            costs["page"] = pages / len(took)
    asked_for = [contender.document_path(plan.longest, query) for query in plan.latency[:_CHUNK]]
    if all(asked_for):
        client, before = Client(server.port), server.worked()
        for address in asked_for:
            client.get(address)
        costs["longest"] = (server.worked() - before) / len(asked_for)
        client.close()
    return costs


def _pages_cost(contender: Contender, server: Server, queries: Sequence[Query]) -> float:
    """The milliseconds of processor time that the pages of some queries take; 0 where there are none."""
    paths = [paths["page"] for paths in map(contender.paths, queries) if "page" in paths]
    client, before = Client(server.port), server.worked()
    for path in paths:
        client.get(path)
    client.close()
    return server.worked() - before


def _rates(contender: Contender, server: Server, plan: Plan) -> Figures:
    """Requests a second by number of clients: the median of the rounds, no query asked twice.

    Nothing without wrk.
    """
    if not can_load():
        return {}
    addresses = [contender.paths(query)["JSON"] for query in plan.load]
    share, rates = len(addresses) // (plan.rounds * len(CLIENTS)), {}
    for place, clients in enumerate(CLIENTS):
        seen = []
        for turn in range(plan.rounds):
            start = (turn * len(CLIENTS) + place) * share
            seen.append(load(server.port, addresses[start : start + share], clients, plan.seconds).rate)
        rates[str(clients)] = median(seen)
    return rates


def _weighed(contender: Contender, server: Server, queries: Sequence[Query]) -> Figures:
    """The bytes of a results page, the median of some, and of the style sheets and scripts it loads."""
    if "page" not in contender.paths(queries[0]):
        return {}
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
