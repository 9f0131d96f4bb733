"""Which processes has a process begun, and have they ended?"""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.in_time import in_time

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="tells processes by /proc")


def children(pid: int) -> set[int]:
    """The processes that one has begun and that have not ended."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # gone in the meantime
        if int(parent) == pid and state != "Z":
            found.add(int(path.parent.name))
    return found


def workers(pid: int) -> set[int]:
    """The processes that answer, of an `opis-serve` with several."""
    [server] = children(pid)
    return children(server)


def wait_for(condition: Callable[[], bool]) -> None:
    """Return when a condition holds."""
    with in_time(60):
        while not condition():
            time.sleep(0.02)


def ended(pid: int) -> bool:
    """Whether a process has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
