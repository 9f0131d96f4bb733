"""A load generator: clients that keep their connection and ask one query after the other."""

import http.client
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Load:
    """Milliseconds of each answer with status 200, how many answers were none, and seconds in all."""

    milliseconds: Sequence[float]
    errors: int
    seconds: float

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.milliseconds) / self.seconds


@dataclass
class _Shared:
    """What the clients share: addresses nobody has asked for yet, and what came of the others."""

    addresses: Iterator[str]
    until: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0

    def next(self) -> str | None:
        """Another address, while there are any and there is time."""
        with self.lock:
            return next(self.addresses, None) if time.perf_counter() < self.until else None

    def note(self, milliseconds: float, *, good: bool) -> None:
        with self.lock:
            if good:
                self.milliseconds.append(milliseconds)
            else:
                self.errors += 1


class Client:
    """One connection to a server on this machine, kept open as a browser or a proxy does."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)

    def get(self, address: str) -> tuple[int, bytes]:
        """Status and body; 0 if there was no answer."""
        try:
            self._connection.request("GET", address)
            response = self._connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return 0, b""

    def timed(self, address: str) -> tuple[float, bool]:
        """Milliseconds until the whole answer was there, and whether it was a good one."""
        started = time.perf_counter()
        status, _ = self.get(address)
        return (time.perf_counter() - started) * 1000, status == 200

    def close(self) -> None:
        self._connection.close()


def load(port: int, addresses: Iterator[str], clients: int, seconds: float) -> Load:
    """Ask for the addresses, each once, by so many clients at a time, for so long."""
    started = time.perf_counter()
    shared = _Shared(addresses, started + seconds)
    threads = [threading.Thread(target=_ask, args=(port, shared)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(shared.milliseconds, shared.errors, time.perf_counter() - started)


def _ask(port: int, shared: _Shared) -> None:
    client = Client(port)
    while (address := shared.next()) is not None:
        milliseconds, good = client.timed(address)
        shared.note(milliseconds, good=good)
    client.close()
