"""How long does a query take, in the process of the contender?"""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, Self, get_args

from bench.contenders import Contender, Variant
from bench.measures import Figures, latency
from bench.processes import ENVIRONMENT, ROOT, CommandFailedError, resident
from bench.workload import Query

VARIANTS: tuple[Variant, ...] = get_args(Variant)
_CHUNK = 20  # queries that one contender answers before the next has its turn


class Asked:
    """A contender's index, opened in a process of its own, which ends with the `with` block."""

    def __init__(self, contender: Contender, folder: Path) -> None:
        command = [sys.executable, "-m", "bench.worker", "ask", contender.name, str(folder)]
        self._process = subprocess.Popen(
            command, env=ENVIRONMENT, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._process.communicate()

    def answer(self, queries: Sequence[Query], **how: Any) -> list[float]:
        """What the worker answers: milliseconds, or totals. Raises CommandFailedError if it has ended."""
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
        answered: list[float] = json.loads(line)
        return answered

    def resident(self) -> int | None:
        """The resident bytes of the process, now."""
        return resident(self._process.pid)


def query(contenders: Sequence[Contender], folder: Path, queries: Sequence[Query], passes: int) -> Figures:
    """The latency of each variant for each contender: one pass to warm up, then medians of `passes`.

    Contenders take turns every few queries, so that whatever else the machine does meets all alike.
    """
    figures: Figures = {}
    with ExitStack() as stack:
        open_ = {c.name: stack.enter_context(Asked(c, folder / c.name)) for c in contenders}
        for name, asked in list(open_.items()):
            try:
                totals = asked.answer(queries, totals=True)
                figures[name] = {"found": median(totals), "empty": totals.count(0)}
            except CommandFailedError as error:
                figures[name] = {"missing": str(error)}
                del open_[name]
        for variant in VARIANTS:
            turns = [_turn(open_, queries, variant, turn) for turn in range(passes + 1)]
            for name in open_:
                figures[name][variant] = latency([turn[name] for turn in turns[1:]])
        for name, asked in open_.items():
            figures[name]["rss"] = asked.resident()
    return figures


def _turn(
    open_: dict[str, Asked], queries: Sequence[Query], variant: Variant, turn: int
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in open_}
    for start in range(0, len(queries), _CHUNK):
        for name, asked in open_.items():
            times[name] += asked.answer(queries[start : start + _CHUNK], variant=variant, turn=turn)
    return times
