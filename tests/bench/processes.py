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
ENVIRONMENT = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}


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


def resident(pid: int) -> int | None:
    """The resident bytes of a process and all below it, shared pages counted in each; None without /proc."""
    parents, pages = _table()
    if pid not in pages:
        return None
    family = found = {pid}
    while found:
        found = {child for child, parent in parents.items() if parent in found}
        family = family | found
    return sum(pages[member] for member in family) * resource.getpagesize()


def _table() -> tuple[dict[int, int], dict[int, int]]:
    """The parent, and the resident pages, of every process."""
    parents, pages = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # gone in the meantime
        parents[int(path.parent.name)] = int(fields[1])
        pages[int(path.parent.name)] = int(fields[21])
    return parents, pages


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
