"""What was promised, and is it kept? Each goal with what was measured, its peer and the ratio of one run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

from tests.bench.figures import counted, megabytes, milliseconds, seconds, times
from tests.bench.measures import Figures, Results

Bound = Literal["at most", "at least"]
_MOST: Bound = "at most"
_LEAST: Bound = "at least"
Show = Callable[[float], str]
TANTIVY, WHOOSH = "opis-tantivy", "opis-whoosh"


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of the table; `met` is None where it was not measured."""

    work: str
    documents: int | None
    goal: str
    measured: str
    peer: str
    ratio: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a figure stands: in which part's results, of which contender, under which keys."""

    part: str
    contender: str
    keys: tuple[str, ...]

    def of(self, figures: Figures) -> float | None:
        """The figure, if it was measured."""

        found = _inner(figures.get(self.contender), self.keys)
        figure: float | None = max(found.values()) if isinstance(found, dict) else found
        return figure


def _inner(figures: Any, keys: tuple[str, ...]) -> Any:
    """What stands under keys, one in the other; None if nothing does."""
    return reduce(lambda found, key: found.get(key) if isinstance(found, dict) else None, keys, figures)


@dataclass(frozen=True, slots=True)
class Promise:
    """One figure held to a bound: itself, or as a share of a peer's (`inverse`: how many times the peer's).

    `work` says what is done, `goal` the bound in words.
    """

    work: str
    goal: str
    figure: Figure
    show: Show
    bound: Bound
    limit: float
    peer: Figure | None = None
    inverse: bool = False

    def against(self, results: Results) -> Goal:
        """The goal at the largest number of documents at which it was measured."""
        for documents, kept in sorted(results.read(self.figure.part).items(), reverse=True):
            ours = self.figure.of(kept["figures"])
            theirs = self.peer.of(kept["figures"]) if self.peer else None
            if ours is not None and (theirs is not None or self.peer is None):
                return self._judged(documents, ours, theirs)
        return Goal(self.work, None, self.goal, "not measured", "", "", None)

    def _judged(self, documents: int, ours: float, theirs: float | None) -> Goal:
        value, ratio, peer = ours, "", ""
        if theirs is not None:
            value = theirs / ours if self.inverse else ours / theirs
            ratio, peer = times(value), self.show(theirs)
        met = _met(value, self.bound, self.limit)
        return Goal(self.work, documents, self.goal, self.show(ours), peer, ratio, met)


def promises(engine: str) -> list[Promise]:
    """All goals but growth; what is not of one engine is held against `engine`."""
    return [*_on_tantivy(), *_over_http(), *_on_whoosh(), *_of_any(engine)]


def _on_tantivy() -> list[Promise]:
    index, fts5 = (Figure("index", name, ("seconds",)) for name in (TANTIVY, "fts5"))
    p50, p95 = (Figure("query", TANTIVY, ("full", share)) for share in ("p50", "p95"))
    memory, alone = Figure("index", TANTIVY, ("peak_rss",)), Figure("query", "fts5", ("top10", "p95"))
    written = Figure("export", TANTIVY, ("csv", "seconds"))
    beside = "the same beside FTS5's top 10 alone: p95"
    return [
        Promise("index, Tantivy", "≤ 1.5 × FTS5's time", index, seconds, _MOST, 1.5, fts5),
        Promise("index, Tantivy: memory", "≤ 1 GB", memory, megabytes, _MOST, 1e9),
        Promise("full query, Tantivy: p50", "≤ 4 ms", p50, milliseconds, _MOST, 4),
        Promise("full query, Tantivy: p95", "≤ 10 ms", p95, milliseconds, _MOST, 10),
        Promise(beside, "≥ 5 × faster", p95, milliseconds, _LEAST, 5, alone, inverse=True),
        Promise("42,868 documents as CSV, Tantivy", "≤ 10 s", written, seconds, _MOST, 10),
    ]


def _over_http() -> list[Promise]:
    rate = Figure("http", TANTIVY, ("rate", "2"))
    made = [Promise("distinct queries a second, 2 processes", "≥ 400", rate, counted, _LEAST, 400)]
    for share, part in (("p95", 25), ("p50", 8)):
        ours, theirs = (Figure("http", name, ("latency", "JSON", share)) for name in (TANTIVY, "datasette"))
        goal = f"≤ 1/{part} of Datasette's"
        full = f"full query over HTTP, Tantivy: {share}"
        made.insert(0, Promise(full, goal, ours, milliseconds, _MOST, 1 / part, theirs))
    return made


def _on_whoosh() -> list[Promise]:
    ours, theirs = (Figure("index", name, ("seconds",)) for name in (WHOOSH, "whoosh"))
    made = [Promise("index, Whoosh", "≤ 1 × stock Whoosh's time", ours, seconds, _MOST, 1, theirs)]
    for share in ("p50", "p95"):
        ours, theirs = (Figure("query", name, ("facets", share)) for name in (WHOOSH, "whoosh"))
        work, goal = f"query with facets, Whoosh: {share}", "≥ 4 × faster than stock"
        made.append(Promise(work, goal, ours, milliseconds, _LEAST, 4, theirs, inverse=True))
    return made


def _of_any(engine: str) -> list[Promise]:
    rows: list[tuple[str, str, str, str, Show, float]] = [
        ("run over unchanged documents", "≤ 3 s", "update", "unchanged_seconds", seconds, 3),
        ("10 documents added, until a server shows them", "≤ 2 s", "update", "shown_seconds", seconds, 2),
        ("server: memory of a process", "≤ 200 MB", "http", "rss", megabytes, 200e6),
        ("server: start", "≤ 1.5 s", "http", "start_seconds", seconds, 1.5),
        ("results page: HTML + CSS + JS", "≤ 60 KB", "http", "weight", _kilobytes, 60e3),
    ]
    return [
        Promise(work, goal, Figure(part, engine, (key,)), show, _MOST, limit)
        for work, goal, part, key, show, limit in rows
    ]


def _kilobytes(value: float) -> str:
    return f"{value / 1e3:.0f} KB"


def growth(results: Results, engine: str) -> list[Goal]:
    """Ten times the documents: from the smallest size of the last growth run to the one in the middle."""
    for documents, found in sorted(results.read("growth").items(), reverse=True):
        pair = [found["figures"].get(size, {}).get(engine) for size in list(found["figures"])[:2]]
        if all(pair):
            return [_grown(documents, pair, row) for row in _GROWTH]
    return [_grown(None, ({}, {}), row) for row in _GROWTH]


_GrowthRow = tuple[str, str, tuple[str, ...], Show, Bound, float]
_GROWTH: tuple[_GrowthRow, ...] = (
    ("full query, p95", "≤ 5 ×", ("query", "full", "p95"), milliseconds, _MOST, 5),
    ("documents indexed a second", "≥ 0.8 ×", ("index", "rate"), counted, _LEAST, 0.8),
    ("memory of indexing", "flat: ≤ 1.25 ×", ("index", "peak_rss"), megabytes, _MOST, 1.25),
)


def _grown(documents: int | None, pair: Sequence[Figures], row: _GrowthRow) -> Goal:
    work, goal, keys, show, bound, limit = row
    before, after = (_inner(figures, keys) for figures in pair)
    said = f"10 × the documents: {work}"
    if not before or not after:
        return Goal(said, None, goal, "not measured", "", "", None)
    ratio = after / before
    return Goal(
        said, documents, goal, show(after), f"{show(before)} at 1/10", times(ratio), _met(ratio, bound, limit)
    )


def _met(value: float, bound: Bound, limit: float) -> bool:
    return value <= limit if bound == _MOST else value >= limit


def engine_of(results: Results) -> str:
    """The engine of Opis that goals of no engine are held against: Tantivy where it was measured."""
    measured = {
        name
        for part in ("http", "update")
        for kept in results.read(part).values()
        for name in kept["figures"]
    }
    return TANTIVY if TANTIVY in measured else WHOOSH


def goals(results: Results) -> list[Goal]:
    """Every goal, measured or not."""
    engine = engine_of(results)
    return [promise.against(results) for promise in promises(engine)] + growth(results, engine)
