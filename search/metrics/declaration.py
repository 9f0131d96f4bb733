"""What is measured? Counters, gauges and histograms, each with all the labels that it can ever have.

A metric takes no time and no memory until a `Table` holds its values. After the conventions of Prometheus a
name begins with `opis_`, ends with its base unit, and a counter's with `_total`.
"""

import threading
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

OTHER = "other"
"""The label of whatever is not among those that were declared, where it is."""

Labels = tuple[str, ...]

_lock = threading.Lock()  # of this process: each writes values of its own


class Metric:
    """A name, what it means, and for each label the values that it can have.

    `width` is the number of cells that the values of one combination of labels take. Where `is_sparse`, only
    combinations that have occurred are shown.
    """

    width = 1

    def __init__(
        self,
        name: str,
        meaning: str,
        labels: Mapping[str, tuple[str, ...]] | None = None,
        *,
        is_sparse: bool = False,
    ) -> None:
        self.name, self.meaning, self.is_sparse = name, meaning, is_sparse
        self.labels = dict(labels or {})
        self.cells: memoryview[float] | None = None
        """The values in this process; None while nobody asks for them."""
        self.size = self.width
        """The number of its cells."""
        self._steps: list[dict[str, int]] = []  # how many cells further the values of each label lie
        for values in reversed(self.labels.values()):
            self._steps.insert(0, {value: number * self.size for number, value in enumerate(values)})
            self.size *= len(values)

    def combinations(self) -> Iterator[Labels]:
        """All combinations of labels, in the order of their cells."""
        return product(*self.labels.values())

    def _position(self, labels: Labels) -> int:
        """Where the values of a combination of labels begin. Raises KeyError where one is not declared."""
        position = 0
        for label, steps in zip(labels, self._steps, strict=True):
            step = steps.get(label)
            position += steps[OTHER] if step is None else step
        return position


class Counter(Metric):
    """A number that only grows."""

    def add(self, *labels: str, by: float = 1) -> None:
        """Count something with these labels, in the order of the declaration."""
        if self.cells is not None:
            position = self._position(labels)
            with _lock:
                self.cells[position] += by


class Gauge(Metric):
    """A number that grows and shrinks: in a process that has ended, it is 0."""

    def set(self, value: float, *labels: str) -> None:
        """The number is now this."""
        if self.cells is not None:
            self.cells[self._position(labels)] = value

    def add(self, *labels: str, by: float = 1) -> None:
        """The number is by so much more, or less."""
        if self.cells is not None:
            position = self._position(labels)
            with _lock:
                self.cells[position] += by


class Histogram(Metric):
    """How many of the observed numbers are up to each of the `bounds`, and what they all amount to."""

    def __init__(
        self,
        name: str,
        meaning: str,
        bounds: tuple[float, ...],
        labels: Mapping[str, tuple[str, ...]] | None = None,
        *,
        is_sparse: bool = False,
    ) -> None:
        self.bounds = bounds
        self.width = len(bounds) + 2  # one for what is above all bounds, and one for the sum
        super().__init__(name, meaning, labels, is_sparse=is_sparse)

    def observe(self, value: float, *labels: str) -> None:
        """Count a number."""
        if self.cells is not None:
            position = self._position(labels)
            with _lock:
                self.cells[position + bisect_left(self.bounds, value)] += 1
                self.cells[position + self.width - 1] += value


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that is read when somebody asks for it. The `kind` "info" has labels alone."""

    name: str
    meaning: str
    value: float = 1
    labels: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["counter", "gauge", "info"] = "gauge"
