"""What does a process cost? Time and memory, children included; memory only where there is /proc."""

import os
import re
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

_EVERY = 0.02  # seconds between two looks at memory
ROOT = Path(__file__).parent.parent.parent
# Bytecode is kept from the first start on, as pip keeps it of what it installs: else each start compiles all.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class CommandFailedError(Exception):
    """A contender's command ended with an error."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Wall and processor seconds, and the highest sum of resident bytes seen (None: cannot be told)."""

    seconds: float
    cpu_seconds: float
    peak_rss: int | None


def run(command: Sequence[str]) -> Usage:
    """Run a command to its end. Raises CommandFailedError with its last words."""
    before, started, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0
    with TemporaryFile() as errors:
        process = subprocess.Popen(
            command, env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors
        )
        while process.poll() is None:
            peak = max(peak, resident(process.pid) or 0)
            time.sleep(_EVERY)
        seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    if process.returncode:
        raise CommandFailedError(" ".join(said.split()[-60:]) or f"exit code {process.returncode}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Usage(seconds, cpu, peak or None)


@dataclass(frozen=True, slots=True)
class _Process:
    """The parent of a process, its resident pages and its processor time in clock ticks."""

    parent: int
    pages: int
    ticks: int


def resident(pid: int) -> int | None:
    """The resident bytes of a process and all below it, shared pages counted in each; None without /proc."""
    family = _family(pid)
    return sum(one.pages for one in family.values()) * resource.getpagesize() if family else None


def worked(pid: int) -> float | None:
    """The seconds of processor time of a process and all below it that live; None without /proc."""
    family = _family(pid)
    return sum(one.ticks for one in family.values()) / os.sysconf("SC_CLK_TCK") if family else None


def own_bytes(pid: int) -> int | None:
    """The memory of a process and all below it that is no file's; what they share is counted once.

    It is `Pss_Anon` of smaps_rollup: mapped files are left out, since the system takes their pages back.
    None where the kernel does not say.
    """
    found = []
    for member in _family(pid):
        try:
            said = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue  # gone in the meantime
        found += re.findall(r"^Pss_Anon:\s+(\d+) kB$", said, re.MULTILINE)
    return sum(map(int, found)) * 1024 if found else None


def _family(pid: int) -> dict[int, _Process]:
    """A process and all below it; empty if it is gone, or without /proc."""
    table = _table()
    family = found = {pid} & table.keys()
    while found:
        found = {child for child, process in table.items() if process.parent in found}
        family = family | found
    return {member: table[member] for member in family}


def _table() -> dict[int, _Process]:
    """Every process; see proc_pid_stat(5) for the places of its fields."""
    table = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # gone in the meantime
        table[int(path.parent.name)] = _Process(
            int(fields[1]), int(fields[21]), int(fields[11]) + int(fields[12])
        )
    return table


def private_bytes() -> int | None:
    """The resident bytes of this process that are no file's (files are mapped); None without /proc."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"^RssAnon:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def size_of(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
