"""Load on a server: one client whose every request is timed, or wrk with as many as are wanted."""

import http.client
import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

TIMEOUT = 30.0
_SCRIPT = Path(__file__).with_suffix(".lua")


@dataclass(frozen=True, slots=True)
class Load:
    """How many answers were good (status 200), how many requests were not answered so, and seconds in all."""

    good: int
    errors: int
    seconds: float

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return self.good / self.seconds


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


def can_load() -> bool:
    """Whether wrk is installed (a package of that name in Debian and others)."""
    return shutil.which("wrk") is not None


def load(port: int, addresses: Sequence[str], clients: int, seconds: int) -> Load:
    """Ask for the addresses, each once, by so many clients at a time, for so long.

    wrk makes the requests: it costs the server's processors less than a generator in Python.
    """
    with NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(f"{address}\n" for address in addresses))
        file.flush()
        command = ["wrk", "--threads", "1", "--connections", str(clients), "--duration", f"{seconds}s"]
        command += ["--timeout", f"{TIMEOUT:.0f}s", "--script", str(_SCRIPT), f"http://127.0.0.1:{port}"]
        said = subprocess.run([*command, "--", file.name], capture_output=True, text=True, check=True).stdout
    found = json.loads(said.strip().splitlines()[-1])
    errors = found["refused"] + found["unanswered"]
    return Load(found["answers"] - found["refused"], errors, found["seconds"])
