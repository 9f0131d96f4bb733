"""The values of all metrics in all processes of a program, in memory that these processes share.

Each process has a place: a row in which it alone writes. Who takes the place of a process that has ended
counts on from where that one was, so that no counter falls and no memory is added, and there are no files
that somebody would have to remove. A value is 8 bytes at a multiple of 8, which processors write undivided;
no lock is shared that a killed process could keep.
"""

import mmap
import os
from collections.abc import Mapping, Sequence
from itertools import count

from search.metrics.declaration import Gauge, Metric

_PID = 0  # the first cell of a row: the id of the process, 0 for none
_CELL = 8  # bytes


class Table:
    """The values of `metrics` for as many processes as there are `places`.

    To be made before the processes are forked; each then calls `take`. Place 0 is that of the first process.
    """

    def __init__(self, metrics: Sequence[Metric], places: int = 1) -> None:
        self.metrics = tuple(metrics)
        self._begins: dict[Metric, int] = {}
        position = _PID + 1
        for metric in self.metrics:
            self._begins[metric] = position
            position += metric.size
        memory = memoryview(mmap.mmap(-1, places * position * _CELL))
        cells = memory.cast("d")
        self._rows = [cells[place * position : (place + 1) * position] for place in range(places)]

    def take(self, place: int = 0) -> None:
        """Have all metrics of this process written to a place, whose gauges begin at 0."""
        self.vacate(place)
        row = self._rows[place]
        row[_PID] = os.getpid()
        for metric, begin in self._begins.items():
            metric.cells = row[begin : begin + metric.size]

    def vacate(self, place: int) -> None:
        """A process has ended: what it had no longer counts, what it has counted stays."""
        row = self._rows[place]
        row[_PID] = 0
        for metric, begin in self._begins.items():
            if isinstance(metric, Gauge):
                for position in range(begin, begin + metric.size):
                    row[position] = 0

    def close(self) -> None:
        """Have this process measure nothing any more."""
        for metric in self.metrics:
            metric.cells = None

    def processes(self) -> Mapping[int, int]:
        """The ids of the processes that write, by their places."""
        return {place: int(row[_PID]) for place, row in zip(count(), self._rows) if row[_PID]}

    def totals(self) -> Mapping[Metric, Sequence[float]]:
        """The cells of each metric, summed over all places."""
        used = [cells for row in self._rows if any(cells := row.tolist())]
        sums = [sum(column) for column in zip(*used, strict=True)]
        return {
            metric: sums[begin : begin + metric.size] if used else [0.0] * metric.size
            for metric, begin in self._begins.items()
        }
