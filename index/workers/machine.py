"""How many workers, and how large? As the processors and the memory allow that are available now.

Of memory that is what the kernel can give without swapping (`MemAvailable`), or less where a control group
of this process has a limit: https://docs.kernel.org/admin-guide/cgroup-v2.html#memory
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index.workers.limits import WorkerLimits

MOST_WORKERS = 8
"""More of them produce faster than the one writer consumes."""
MOST_MEMORY = 4 << 30
"""Bytes that one worker may have, however large the machine is."""

_SHARE = 0.75  # of the available memory that all workers have together
_GOOD_MEMORY = 512 << 20  # bytes, below which there are fewer workers instead
_LEAST_MEMORY = 256 << 20  # bytes that the last worker has in any case
_ROOT = Path("/")


def worker_count(root: Path = _ROOT) -> int:
    """How many workers keep busy the processors that this process may use, and find room in memory."""
    busy = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
    memory = available_memory(root)
    room = MOST_WORKERS if memory is None else int(memory * _SHARE) // _GOOD_MEMORY
    return max(1, min(busy, MOST_WORKERS, room))


def limits_of(count: int, seconds: float, root: Path = _ROOT) -> WorkerLimits:
    """The limits of each of `count` workers, which are to find room together."""
    memory = available_memory(root)
    share = MOST_MEMORY if memory is None else int(memory * _SHARE) // max(count, 1)
    return WorkerLimits(seconds, max(_LEAST_MEMORY, min(share, MOST_MEMORY)))


def available_memory(root: Path = _ROOT) -> int | None:
    """Bytes that processes may still take; None where the system does not tell."""
    return min((*_in_machine(root), *_in_groups(root)), default=None)


def _in_machine(root: Path) -> Iterator[int]:
    with suppress(OSError, ValueError):
        for line in (root / "proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                yield int(line.split()[1]) << 10


def _in_groups(root: Path) -> Iterator[int]:
    """What each control group with a limit has left, from that of this process upwards."""
    try:
        lines = (root / "proc/self/cgroup").read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        names = ("memory.max", "memory.current", "inactive_file")
        folder = root / "sys/fs/cgroup"
        if "memory" in controllers.split(","):  # version 1
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
            folder /= "memory"
        elif controllers:
            continue
        group = folder / path.strip("/")
        for place in (group, *group.parents):
            if place.is_relative_to(folder):
                yield from _left(place, *names)


def _left(group: Path, limit: str, usage: str, reclaimable: str) -> Iterator[int]:
    """The limit of a group less what it uses; pages of files count as free. Nothing without a limit."""
    with suppress(OSError, ValueError):
        most = int((group / limit).read_text("ascii"))  # not a number: "max"
        used = int((group / usage).read_text("ascii"))
        with suppress(OSError, ValueError):
            fields = (line.split() for line in (group / "memory.stat").read_text("ascii").splitlines())
            used -= next((int(value) for name, value in fields if name == reclaimable), 0)
        yield max(0, most - used)
