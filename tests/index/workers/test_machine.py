"""Workers take no more than the machine has to give, and the limits of its control groups count.

1. What is available is the least of what the machine and each control group has left.
2. There are fewer workers where memory is scarce, but always one; together they take a part of it.
3. A machine that tells nothing is taken for a usual one.
"""

from pathlib import Path

import pytest

from index.workers.limits import Patience, WorkerLimits
from index.workers.machine import MOST_MEMORY, available_memory, limits_of, worker_count

GB = 1 << 30


def machine(root: Path, available: int, files: dict[str, str] | None = None) -> Path:
    """A root folder with what the kernel tells there."""
    told = {"proc/meminfo": f"MemTotal: 999 kB\nMemAvailable: {available >> 10} kB\n"} | (files or {})
    for name, text in told.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


VERSION_2 = {
    "proc/self/cgroup": "0::/a/b\n",
    "sys/fs/cgroup/a/b/memory.max": "max\n",
    "sys/fs/cgroup/a/memory.max": f"{2 * GB}\n",
    "sys/fs/cgroup/a/memory.current": f"{GB}\n",
    "sys/fs/cgroup/a/memory.stat": f"anon 5\ninactive_file {GB // 2}\n",
}
VERSION_1 = {
    "proc/self/cgroup": "5:cpu,memory:/c\n1:name=systemd:/\n",
    "sys/fs/cgroup/memory/c/memory.limit_in_bytes": f"{2 * GB}\n",
    "sys/fs/cgroup/memory/c/memory.usage_in_bytes": f"{GB // 2}\n",
    "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    "sys/fs/cgroup/memory/memory.usage_in_bytes": "0\n",
}
IN_A_CONTAINER = {
    "proc/self/cgroup": "0::/not/to/be/seen\n",
    "sys/fs/cgroup/memory.max": f"{2 * GB}\n",
    "sys/fs/cgroup/memory.current": f"{GB // 2}\n",
}


@pytest.mark.parametrize("files", [VERSION_2, VERSION_1, IN_A_CONTAINER], ids=["v2", "v1", "container"])
def test_1_the_limits_of_control_groups_count(tmp_path: Path, files: dict[str, str]) -> None:
    assert available_memory(machine(tmp_path, 8 * GB, files)) == 1.5 * GB


def test_1_so_does_the_machine(tmp_path: Path) -> None:
    assert available_memory(machine(tmp_path, GB, VERSION_2)) == GB


@pytest.mark.parametrize("available", [0, GB // 8, GB, 3 * GB, 64 * GB, 1024 * GB])
def test_2_workers_find_room_together(
    tmp_path: Path, available: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(64), raising=False)
    root = machine(tmp_path, available)
    count = worker_count(root)
    memory = limits_of(count, 20.0, root).memory
    assert 1 <= count <= 8
    assert 256 << 20 <= memory <= MOST_MEMORY
    assert count == 1 or count * memory <= 0.75 * available


def test_3_a_machine_that_tells_nothing(tmp_path: Path) -> None:
    assert available_memory(tmp_path) is None
    assert limits_of(2, 20.0, tmp_path) == WorkerLimits(20.0, MOST_MEMORY)


def test_the_time_of_a_file_grows_with_its_size_and_shrinks_with_patience() -> None:
    patience = Patience(WorkerLimits(seconds=20.0))
    assert [patience.seconds_for(size << 20) for size in (0, 4, 8, 24, 1000)] == [20, 20, 40, 120, 120]
    for _ in range(20):
        patience.gave_up()
    assert [patience.seconds_for(size << 20) for size in (0, 8)] == [5, 10]
