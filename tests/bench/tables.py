"""The tables of docs/benchmarks.md: the goals, and every figure of each part."""

import re
from collections.abc import Iterator, Mapping

from tests.bench.contenders import CONTENDERS, VARIANTS
from tests.bench.exporting import PARTS as EXPORTED
from tests.bench.figures import DASH, counted, kilobytes, megabytes, milliseconds, seconds, spread, table
from tests.bench.goals import Goal
from tests.bench.measures import Figures, Results
from tests.bench.serving import CLIENTS

_Kept = tuple[str, Figures]


def goals_table(kept: list[Goal]) -> str:
    """The goals, and whether each is met."""
    words = {True: "yes", False: "**no**", None: DASH}
    rows = []
    for goal in kept:
        met = f"{words[goal.met]} ({goal.remark})" if goal.remark else words[goal.met]
        documents = counted(goal.documents) if goal.documents else DASH
        rows.append([goal.work, documents, goal.goal, goal.measured, goal.peer, goal.ratio, met])
    heads = ["work", "documents", "goal", "Opis", "peer", "ratio", "met"]
    return f"## Goals\n\n{table(heads, rows)}"


def sections(results: Results) -> Iterator[str]:
    """A section for each part and number of documents."""
    for part, (title, write) in PARTS.items():
        for documents, kept in results.read(part).items():
            about = kept["about"]
            effort = ", ".join(f"{name}: {about[name]}" for name in ("queries", "passes", "rounds"))
            said = f"{about['when']}; {effort}; load of the machine before: {about['busy']}."
            yield f"## {title}, {documents:,} documents\n\n{said}\n\n{write(kept['figures'])}"


def clean(reason: str) -> str:
    """A reason without the paths of this machine."""
    return re.sub(r"(?<![\w<])[\w+.-]*:?/[^\s'\",;]+", "…", reason)


def _rows(figures: Figures) -> Iterator[_Kept]:
    """The contenders in their order, by label."""
    for name, contender in CONTENDERS.items():
        if name in figures:
            yield contender.label, figures[name]


def _failed(figures: Figures) -> str:
    failed = [
        f"{label} failed: {clean(found['missing'])}" for label, found in _rows(figures) if "missing" in found
    ]
    return "".join(f"\n\n{line}" for line in failed)


def _measured(figures: Figures) -> list[_Kept]:
    return [(label, found) for label, found in _rows(figures) if "missing" not in found]


def _index(figures: Figures) -> str:
    heads = ["", "time", "processor time", "documents a second", "peak memory", "size on disk"]
    rows = [[label, *_indexed(found)] for label, found in _measured(figures)]
    return table(heads, rows) + _failed(figures)


def _indexed(found: Figures) -> list[str]:
    times = [seconds(found["seconds"]), seconds(found["cpu_seconds"]), counted(found["rate"])]
    return [*times, _bytes(found["peak_rss"]), megabytes(found["bytes"])]


def _query(figures: Figures) -> str:
    variants = ["top 10", "+ two facets", "+ passages"]
    heads = ["p50 / p95 / p99", *variants, "the last: processor time", "documents found (median)", "memory"]
    rows = []
    for label, found in _measured(figures):
        spreads = [_spread(found.get(variant)) for variant in VARIANTS]
        worked = _spread(found.get("full", {}).get("processor"))
        rows.append([label, *spreads, worked, counted(found["found"]), _bytes(found["rss"])])
    return table(heads, rows) + _failed(figures)


def _kinds(figures: Figures) -> str:
    tables = []
    for label, found in _measured(figures):
        heads = [label, "p50 / p95 / p99", "processor time", "first query of a process", "processor time"]
        rows = []
        for kind in found["first"]:
            costs = {figure: values[kind] for figure, values in found.items()}
            firsts = [milliseconds(costs[figure]) for figure in ("first", "first_processor")]
            rows.append([kind, _spread(costs), _spread(costs["processor"]), *firsts])
        tables.append(table(heads, rows))
    return "\n\n".join(tables) + _failed(figures)


def _http(figures: Figures) -> str:
    parts = [_latencies(figures), _costs(figures), _rates(figures)]
    return "\n\n".join(parts) + _failed(figures)


def _latencies(figures: Figures) -> str:
    heads = ["", "JSON p50 / p95 / p99", "page p50 / p95 / p99", "start", "page + CSS + JS", "no answer"]
    rows = []
    for label, found in _measured(figures):
        spreads = [_spread(found["latency"].get(kind)) for kind in ("JSON", "page")]
        sizes = [found.get(key) for key in ("page_bytes", "asset_bytes")]
        weight = " + ".join(kilobytes(size) for size in sizes if size is not None) or DASH
        started = seconds(found["start_seconds"])
        rows.append([label, *spreads, started, weight, counted(found["latency"]["errors"])])
    return table(heads, rows)


def _costs(figures: Figures) -> str:
    kinds = {"search": "search alone", "JSON": "JSON", "page": "page", "longest": "page of longest document"}
    heads = ["mean processor time", *kinds.values(), "own memory, 1 process", "a process of 2", "resident"]
    rows = []
    for label, found in _measured(figures):
        costs = [_maybe(found["cost"].get(kind)) for kind in kinds]
        memory = [_bytes(found["own"].get(processes)) for processes in ("1", "2")]
        rows.append([label, *costs, *memory, _bytes(found["rss"])])
    return table(heads, rows)


def _rates(figures: Figures) -> str:
    heads = ["requests a second (JSON)", *[f"{clients} clients" for clients in CLIENTS]]
    rows = []
    for label, found in _measured(figures):
        for processes, rate in found["rate"].items():
            said = f"{label}, {processes} process{'' if processes == '1' else 'es'}"
            rows.append([said, *[counted(value) for value in rate.values()]])
    if not all(len(row) == len(heads) for row in rows):
        return "Requests a second were left out: wrk, which makes them, is not installed."
    return table(heads, rows)


def _update(figures: Figures) -> str:
    heads = ["", "run over unchanged documents", "10 documents added, until a running server shows them"]
    rows = [
        [label, seconds(found["unchanged_seconds"]), seconds(found["shown_seconds"])]
        for label, found in _measured(figures)
    ]
    return table(heads, rows) + _failed(figures)


def _export(figures: Figures) -> str:
    heads = ["", "format", "time", "processor time", "file", "memory more: a tenth", "memory more: all"]
    rows = [
        [label, form, seconds(cost["seconds"]), seconds(cost["cpu_seconds"]), megabytes(cost["bytes"])]
        + [_bytes(cost[f"growth_{part}"]) for part in EXPORTED]
        for label, found in _measured(figures)
        for form, cost in found.items()
    ]
    return table(heads, rows) + _failed(figures)


def _growth(figures: Figures) -> str:
    heads = ["", "documents", "documents indexed a second", "peak memory", "size on disk"]
    heads += ["full query", "the same: processor time"]
    rows, failed = [], ""
    for name in CONTENDERS:
        for size, sized in figures.items():
            for label, found in _rows({name: sized[name]} if name in sized else {}):
                if "missing" in found["query"]:
                    failed += _failed({name: found["query"]})
                    continue
                full = found["query"].get("full", {})
                times = [_spread(full), _spread(full.get("processor"))]
                rows.append([label, counted(int(size)), *_indexed(found["index"])[2:], *times])
    return table(heads, rows) + failed


def _spread(found: Mapping[str, float] | None) -> str:
    return spread(*[found[share] for share in ("p50", "p95", "p99")]) if found else DASH


def _maybe(value: float | None) -> str:
    return DASH if value is None else milliseconds(value)


def _bytes(value: float | None) -> str:
    return DASH if value is None else megabytes(value)


PARTS = {
    "index": ("Indexing", _index),
    "query": ("Queries", _query),
    "kinds": ("The kinds of queries that cost most", _kinds),
    "http": ("Over HTTP", _http),
    "update": ("Updates", _update),
    "export": ("Export of all documents", _export),
    "growth": ("Growth", _growth),
}
"""Every part, in the order of the page: its title, and what writes its tables."""
