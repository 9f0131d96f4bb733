"""Is a goal reached? What was measured, held against a bound, alone or as a ratio of one run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal, Protocol

from tests.bench.figures import times
from tests.bench.measures import Figures, Results

Bound = Literal["at most", "at least"]
MOST: Bound = "at most"
LEAST: Bound = "at least"
Show = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of the table; `met` is None where it was not measured, `remark` says what else is to be said."""

    work: str
    documents: int | None
    goal: str
    measured: str
    peer: str = ""
    ratio: str = ""
    met: bool | None = None
    remark: str = ""


class Promise(Protocol):
    """What was promised, to be compared with results."""

    def against(self, results: Results) -> Goal:
        """The goal at the largest number of documents at which it was measured."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a figure stands: in which part's results, of which contender, under which keys."""

    part: str
    contender: str
    keys: tuple[str, ...]

    def of(self, figures: Figures) -> float | None:
        """The figure, the highest where there are several, if it was measured."""
        found = _inner(figures.get(self.contender), self.keys)
        figure: float | None = max(found.values(), default=None) if isinstance(found, dict) else found
        return figure


def _inner(figures: Any, keys: tuple[str, ...]) -> Any:
    """What stands under keys, one in the other; None if nothing does."""
    return reduce(lambda found, key: found.get(key) if isinstance(found, dict) else None, keys, figures)


@dataclass(frozen=True, slots=True)
class Bounded:
    """One figure held to a bound: itself, or as a share of a peer's (`inverse`: how many times the peer's).

    `work` says what is done, `goal` the bound in words; `best`, a bound beyond the goal, is remarked on.
    """

    work: str
    goal: str
    figure: Figure
    show: Show
    bound: Bound
    limit: float
    peer: Figure | None = None
    inverse: bool = False
    best: float | None = None

    def against(self, results: Results) -> Goal:
        """See `Promise`."""
        for documents, kept in sorted(results.read(self.figure.part).items(), reverse=True):
            ours = self.figure.of(kept["figures"])
            theirs = self.peer.of(kept["figures"]) if self.peer else None
            if ours is not None and (theirs is not None or self.peer is None):
                return self._judged(documents, ours, theirs)
        return Goal(self.work, None, self.goal, "not measured")

    def _judged(self, documents: int, ours: float, theirs: float | None) -> Goal:
        value, ratio, peer = ours, "", ""
        if theirs is not None:
            value = theirs / ours if self.inverse else ours / theirs
            ratio, peer = times(value), self.show(theirs)
        met, remark = _met(value, self.bound, self.limit), ""
        if self.best is not None:
            reached = "reached" if _met(value, self.bound, self.best) else "not reached"
            remark = f"{times(self.best)}: {reached}"
        return Goal(self.work, documents, self.goal, self.show(ours), peer, ratio, met, remark)


@dataclass(frozen=True, slots=True)
class Grown:
    """A figure at a larger size of the growth run as a ratio of that at the size before.

    `step` is the place of the smaller size among those that were measured.
    """

    work: str
    goal: str
    contender: str
    keys: tuple[str, ...]
    show: Show
    bound: Bound
    limit: float
    step: int

    def against(self, results: Results) -> Goal:
        """See `Promise`."""
        for documents, kept in sorted(results.read("growth").items(), reverse=True):
            sizes = list(kept["figures"])[self.step : self.step + 2]
            figures = [Figure(size, self.contender, self.keys).of(kept["figures"][size]) for size in sizes]
            if len(figures) == 2 and all(figures):
                return self._judged(documents, sizes, [figure or 0.0 for figure in figures])
        return Goal(self.work, None, self.goal, "not measured")

    def _judged(self, documents: int, sizes: list[str], figures: list[float]) -> Goal:
        before, after = figures
        ratio = after / before
        smaller = f"{self.show(before)} at {int(sizes[0]):,}"
        met = _met(ratio, self.bound, self.limit)
        return Goal(self.work, documents, self.goal, self.show(after), smaller, times(ratio), met)


def _met(value: float, bound: Bound, limit: float) -> bool:
    return value <= limit if bound == MOST else value >= limit
