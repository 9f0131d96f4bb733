"""How long does a query take, in the process of the contender?"""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, Self

from tests.bench.contenders import VARIANTS, Contender
from tests.bench.measures import Figures, latency
from tests.bench.processes import ENVIRONMENT, ROOT, CommandFailedError, resident
from tests.bench.workload import Query

_CHUNK = 20  # queries that one contender answers before the next has its turn
_SLOW = 60_000.0  # milliseconds of all queries together


class Asked:
    """A contender's index, opened in a process of its own, which ends with the `with` block."""

    def __init__(self, contender: Contender, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.bench.worker", "ask", contender.name, str(folder)]
        self._process = subprocess.Popen(
            command, env=ENVIRONMENT, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.communicate()

    def answer(self, queries: Sequence[Query], **how: Any) -> list[Any]:
        """What the worker answers of each query, see there. Raises CommandFailedError if it has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            asked = [(query.kind, query.words) for query in queries]
            self._process.stdin.write(json.dumps({"queries": asked, **how}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise CommandFailedError(f"the process ended with exit code {self._process.wait()}")
        answered: list[Any] = json.loads(line)
        return answered

    def resident(self) -> int | None:
        """The resident bytes of the process, now."""
        return resident(self._process.pid)


def query(contenders: Sequence[Contender], folder: Path, queries: Sequence[Query], passes: int) -> Figures:
    """The latency of each variant for each contender: one pass to warm up, then medians of `passes`.

    Contenders take turns every few queries, so that whatever else the machine does meets all alike. One
    that needs minutes for a pass is measured by one pass, and one that breaks is left out from there on.
    """
    with ExitStack() as stack:
        opened = {c.name: stack.enter_context(Asked(c, folder / c.name)) for c in contenders}
        turns = _Turns(opened, queries)
        found = turns.take(opened, totals=True)
        figures: Figures = {n: {"found": median(t), "empty": t.count(0)} for n, t in found.items()}
        for variant in VARIANTS:
            able = [contender.name for contender in contenders if variant in contender.variants]
            times = [turns.take(able, variant=variant, turn=0)]
            quick = [name for name, taken in times[0].items() if sum(wall for wall, _ in taken) < _SLOW]
            for turn in range(1, passes + 1):
                times.append(turns.take(able if turn == 1 else quick, variant=variant, turn=turn))
            for name in set(able) - turns.broken.keys():
                figures[name][variant] = _latencies([taken[name] for taken in times[1:] if name in taken])
        for name in figures:
            figures[name]["rss"] = opened[name].resident()
    return figures | {name: {"missing": reason} for name, reason in turns.broken.items()}


def _latencies(passes: Sequence[Sequence[tuple[float, float]]]) -> Figures:
    """The percentiles of the time, and under `processor` those of the processor time."""
    times, worked = ([[pair[place] for pair in one] for one in passes] for place in (0, 1))
    return latency(times) | {"processor": latency(worked)}


@dataclass(frozen=True)
class _Turns:
    """Contenders that answer the same queries in turn, and why some of them no longer do."""

    opened: Mapping[str, Asked]
    queries: Sequence[Query]
    broken: dict[str, str] = field(default_factory=dict)

    def take(self, names: Iterable[str], **how: Any) -> dict[str, list[Any]]:
        """All queries answered by each of these that is not broken."""
        answers: dict[str, list[Any]] = {name: [] for name in names if name not in self.broken}
        for start in range(0, len(self.queries), _CHUNK):
            for name in list(answers):
                try:
                    answers[name] += self.opened[name].answer(self.queries[start : start + _CHUNK], **how)
                except CommandFailedError as error:
                    self.broken[name] = str(error)
                    del answers[name]
        return answers
