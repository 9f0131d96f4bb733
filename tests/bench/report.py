"""docs/benchmarks.md: the goals, then every figure, from the last results of each part."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.chart import Bar, Panel, chart
from tests.bench.contenders import CONTENDERS
from tests.bench.exporting import PARTS
from tests.bench.figures import DASH, counted, megabytes, seconds, spread, table
from tests.bench.goals import Goal, goals
from tests.bench.measures import Figures, Results
from tests.bench.querying import VARIANTS

CHART = "benchmarks.svg"
_INTRODUCTION = """# Benchmarks

Opis and its peers, side by side on one machine. `make bench` measures all of this again and writes this
page; `make bench ARGS="query --documents 5000 --only fts5,opis-whoosh"` a part of it, and
`make bench ARGS=--help` lists what can be chosen. The documents are those of `frus/docs.jsonl.gz` in
`OPIS_DATA` (42,868 diplomatic documents, 204 MB of text), or a number of them spread evenly; `--source`
names others. Absolute times drift with the machine and with what else it does; ratios are of one run.
What is found, and on which place, is measured by `make evaluate`: see the records on
[what a query may mean](adr/012-what-a-query-may-mean.md) and on
[archives in several languages](adr/031-known-items-in-several-languages.md).
"""
_VARIANTS = {"top10": "top 10", "facets": "+ two facets", "full": "+ passages"}
_METHOD = """## Method

- A fixed, seeded mix of queries, the same for all: one to four words (all of them), two or three words
  (any of them), phrases of two or three words, taken from the documents so that each finds something;
  frequent words and rare ones. No stop words, which some drop and others do not.
- *Top 10* is the ten best documents with title, date, author and summary; *+ two facets* counts the
  authors and years of everything found, too; *+ passages* (the full query) marks what matched.
- Every contender is asked in a fresh process of its own. One pass warms up; then each query counts with
  the median of its measured passes, and contenders take turns every 20 queries. What takes more than a
  minute is measured by one pass.
- Indexing is the whole command, from reading the compressed file to the last byte on disk; the median of
  the rounds, contenders in turn. Memory is the highest sum of the resident sizes of all its processes.
- Over HTTP, connections are kept, no query is asked twice, and half of the queries warm up; the load is
  made on the same cores. The client waits for the whole answer; only answers with status 200 count.
- An export writes all documents by date, opening the index included. FTS5 selects its rows (id, title, date,
  author, summary) and writes them with `csv`; CSV of Opis has 26 columns, JSON Lines whole documents. Memory
  is what the process has more of its own than before, without mapped files.
- Growth repeats the documents under other ids with some words in another order.
"""


def write_report(results: Results, output: Path) -> None:
    """Write the page, and the chart into images/ beside it; nothing if there are no results."""
    sections = [_INTRODUCTION, _about(results), _drawn(results, output), _goals(goals(results))]
    sections += [*_index(results), *_query(results), *_http(results), *_update(results), *_export(results)]
    sections += [*_growth(results)]
    sections += [_METHOD, _setups()]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(section.strip() + "\n" for section in sections if section), encoding="utf-8")


def _about(results: Results) -> str:
    kept = [found["about"] for part in _PARTS for found in results.read(part).values()]
    if not kept:
        return "Nothing has been measured yet."
    about = max(kept, key=lambda one: one["when"])
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    memory = f"{about['memory'] / 2**30:.0f} GiB"
    lines = [
        f"Machine: {about['processor']}, {about['cores']} cores, {memory}, {about['system']}. {versions}."
    ]
    missing = {name: reason for one in kept for name, reason in one["missing"].items()}
    lines += [f"{CONTENDERS[name].label} was not measured: {_clean(why)}" for name, why in missing.items()]
    return "\n\n".join(lines)


def _clean(reason: str) -> str:
    """A reason without the paths of this machine."""
    return re.sub(r"(?<![\w<])[\w+.-]*:?/[^\s'\",;]+", "…", reason)


def _goals(kept: list[Goal]) -> str:
    words = {True: "yes", False: "**no**", None: "–"}
    rows = [
        [
            g.work,
            counted(g.documents) if g.documents else DASH,
            g.goal,
            g.measured,
            g.peer,
            g.ratio,
            words[g.met],
        ]
        for g in kept
    ]
    heads = ["work", "documents", "goal", "Opis", "peer", "ratio", "met"]
    return f"## Goals\n\n{table(heads, rows)}"


_PARTS = ("index", "query", "http", "update", "export", "growth")


def _sections(results: Results, part: str, title: str) -> Iterator[tuple[str, Figures]]:
    for documents, kept in results.read(part).items():
        about = kept["about"]
        effort = ", ".join(f"{name}: {about[name]}" for name in ("queries", "passes", "rounds"))
        said = f"{about['when']}; {effort}; load of the machine before: {about['busy']}."
        yield f"## {title}, {documents:,} documents\n\n{said}", kept["figures"]


def _rows(figures: Figures) -> Iterator[tuple[str, Figures]]:
    """The contenders in their order, by label."""
    for name, contender in CONTENDERS.items():
        if name in figures:
            yield contender.label, figures[name]


def _failed(figures: Figures) -> str:
    failed = [
        f"{label} failed: {_clean(found['missing'])}" for label, found in _rows(figures) if "missing" in found
    ]
    return "".join(f"\n\n{line}" for line in failed)


def _measured(figures: Figures) -> list[tuple[str, Figures]]:
    return [(label, found) for label, found in _rows(figures) if "missing" not in found]


def _index(results: Results) -> Iterator[str]:
    heads = ["", "time", "processor time", "documents a second", "peak memory", "size on disk"]
    for title, figures in _sections(results, "index", "Indexing"):
        rows = [[label, *_indexed(found)] for label, found in _measured(figures)]
        yield f"{title}\n\n{table(heads, rows)}{_failed(figures)}"


def _indexed(found: Figures) -> list[str]:
    memory = megabytes(found["peak_rss"]) if found["peak_rss"] else DASH
    times = [seconds(found["seconds"]), seconds(found["cpu_seconds"]), counted(found["rate"])]
    return [*times, memory, megabytes(found["bytes"])]


def _query(results: Results) -> Iterator[str]:
    heads = ["p50 / p95 / p99", *_VARIANTS.values(), "documents found (median)", "memory"]
    for title, figures in _sections(results, "query", "Queries"):
        rows = [
            [
                label,
                *[_spread(found[variant]) for variant in VARIANTS],
                counted(found["found"]),
                megabytes(found["rss"]) if found["rss"] else DASH,
            ]
            for label, found in _measured(figures)
        ]
        yield f"{title}\n\n{table(heads, rows)}{_failed(figures)}"


def _spread(found: Mapping[str, float]) -> str:
    return spread(*[found[share] for share in ("p50", "p95", "p99")])


def _http(results: Results) -> Iterator[str]:
    heads = [
        "",
        "JSON p50 / p95 / p99",
        "page p50 / p95 / p99",
        "start",
        "memory",
        "page + CSS + JS",
        "no answer",
    ]
    loads = ["requests a second (JSON)", "1 client", "4 clients", "16 clients"]
    for title, figures in _sections(results, "http", "Over HTTP"):
        rows, rates = [], []
        for label, found in _measured(figures):
            memory = megabytes(found["rss"]) if found["rss"] else DASH
            spreads = [_spread(found["latency"][kind]) for kind in ("JSON", "page")]
            started = seconds(found["start_seconds"])
            weight = f"{found['page_bytes'] / 1e3:.0f} + {found['asset_bytes'] / 1e3:.0f} KB"
            rows.append([label, *spreads, started, memory, weight, counted(found["latency"]["errors"])])
            for processes, rate in found["rate"].items():
                said = f"{label}, {processes} process{'' if processes == '1' else 'es'}"
                rates.append([said, *[counted(value) for value in rate.values()]])
        yield f"{title}\n\n{table(heads, rows)}\n\n{table(loads, rates)}{_failed(figures)}"


def _update(results: Results) -> Iterator[str]:
    heads = ["", "run over unchanged documents", "10 documents added, until a running server shows them"]
    for title, figures in _sections(results, "update", "Updates"):
        rows = [
            [label, seconds(found["unchanged_seconds"]), seconds(found["shown_seconds"])]
            for label, found in _measured(figures)
        ]
        yield f"{title}\n\n{table(heads, rows)}{_failed(figures)}"


def _export(results: Results) -> Iterator[str]:
    heads = ["", "format", "time", "processor time", "file", "memory more: a tenth", "memory more: all"]
    for title, figures in _sections(results, "export", "Export of all documents"):
        rows = [
            [label, form, seconds(cost["seconds"]), seconds(cost["cpu_seconds"]), megabytes(cost["bytes"])]
            + [DASH if (more := cost[f"growth_{part}"]) is None else megabytes(more) for part in PARTS]
            for label, found in _measured(figures)
            for form, cost in found.items()
        ]
        yield f"{title}\n\n{table(heads, rows)}{_failed(figures)}"


def _growth(results: Results) -> Iterator[str]:
    heads = ["", "documents", "documents indexed a second", "peak memory", "size on disk", "full query"]
    for title, figures in _sections(results, "growth", "Growth"):
        rows = [
            [label, counted(int(size)), *_indexed(found["index"])[2:], _spread(found["query"]["full"])]
            for name in CONTENDERS
            for size, sized in figures.items()
            for label, found in _rows({name: sized[name]} if name in sized else {})
            if "missing" not in found["query"]
        ]
        failed = [_failed({n: one["query"] for n, one in sized.items()}) for sized in figures.values()]
        yield f"{title}\n\n{table(heads, rows)}{''.join(failed)}"


def _drawn(results: Results, output: Path) -> str:
    panels = [
        Panel(
            f"Full query in process, {documents:,} documents: p50 and p95", _bars(kept["figures"], ("full",))
        )
        for documents, kept in results.read("query").items()
    ]
    panels += [
        Panel(
            f"The same over HTTP as JSON, {documents:,} documents: p50 and p95",
            _bars(kept["figures"], ("latency", "JSON")),
        )
        for documents, kept in results.read("http").items()
    ]
    panels = [panel for panel in panels if panel.bars]
    if not panels:
        return ""
    (output.parent / "images").mkdir(parents=True, exist_ok=True)
    (output.parent / "images" / CHART).write_text(chart(panels), encoding="utf-8")
    return f"![Latency by contender, p50 and p95; the tables below have the figures](images/{CHART})"


def _bars(figures: Figures, keys: tuple[str, ...]) -> list[Bar]:
    bars = []
    for name, contender in CONTENDERS.items():
        found = figures.get(name)
        if found and "missing" not in found:
            for key in keys:
                found = found[key]
            bars.append(Bar(contender.label, found["p50"], found["p95"], contender.ours))
    return bars


def _setups() -> str:
    lines = [f"- **{contender.label}**: {contender.setup}." for contender in CONTENDERS.values()]
    limited = [f"{c.label} up to {c.limit:,}" for c in CONTENDERS.values() if c.limit]
    return "\n".join(["## Set-up", "", *lines, "", f"Measured on fewer documents: {', '.join(limited)}."])
