"""What may one file take? Processor time and silence by its size, memory, and nothing but reading."""

import math
import resource
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NO_MEMORY = "It takes more memory to read than is allowed for one file."
LARGEST_TEMPORARY_FILE = 256 << 20
"""Bytes of one file that a worker may write."""

_SMALL_FILE = 4 << 20  # bytes, up to which a file has the time of one file
_MOST_TIMES = 6  # as much time, and no more, has the largest file
_PATIENT_WITH = 20  # files that took too long, after which others get less time
_LESS = 4  # times less


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """`seconds` without a result that a file may take, larger ones more; `memory` in bytes of one worker."""

    seconds: float = 20.0
    memory: int = 4 << 30

    def seconds_for(self, size: int) -> float:
        """The time for a file of `size` bytes."""
        return self.seconds * min(max(1.0, size / _SMALL_FILE), _MOST_TIMES)


class Patience:
    """The time that files get, which is less once many have taken too long: a run is to end some day."""

    def __init__(self, limits: WorkerLimits) -> None:
        self._limits, self._given_up = limits, 0

    def seconds_for(self, size: int) -> float:
        """The time for a file of `size` bytes now."""
        seconds = self._limits.seconds_for(size)
        return seconds / _LESS if self._given_up >= _PATIENT_WITH else seconds

    def gave_up(self) -> None:
        """One more file took too long."""
        self._given_up += 1


def limit_process(limits: WorkerLimits) -> None:
    """Limit this process; where memory runs out all the same, the kernel is to end it before all others."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    largest = _mapped() + limits.memory  # more than is mapped now: the parent may have an index open
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    size = largest if most == resource.RLIM_INFINITY else min(largest, most)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def limit_processor_time(seconds: float) -> None:
    """From now on the kernel ends this process after so many seconds of work, even if its parent is busy."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (end if most == resource.RLIM_INFINITY else min(end, most), most))


def _mapped() -> int:
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:  # not Linux
        return 0
