"""docs/benchmarks.md: the goals, then every figure, from the last results of each part."""

from pathlib import Path

from tests.bench.chart import Bar, Panel, chart
from tests.bench.contenders import CONTENDERS
from tests.bench.measures import Figures, Results
from tests.bench.promises import goals
from tests.bench.tables import PARTS, clean, goals_table, sections

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
_METHOD = """## Method

- A fixed, seeded mix of queries, the same for all: one to four words (all of them), two or three words
  (any of them), phrases of two or three words, taken from the documents so that each finds something;
  frequent words and rare ones. No stop words, which some drop and others do not.
- *Top 10* is the ten best documents with title, date, author and summary; *+ two facets* counts the
  authors and years of everything found, too; *+ passages* (the full query) marks what matched.
- Every contender is asked in a fresh process of its own. One pass warms up; then each query counts with
  the median of its measured passes, and contenders take turns every 20 queries. What takes more than a
  minute is measured by one pass.
- The kinds that cost most are asked in process with facets and passages, each kind in a fresh process, each
  query once: answers and corrections that are kept help no other. The first query of a process is timed from
  the opened index on, the longest of as many processes as there are rounds. Words are taken from the
  documents; an edit exchanges, leaves out or adds a letter.
- Indexing is the whole command, from reading the compressed file to the last byte on disk; the median of
  the rounds, contenders in turn. Memory is the highest sum of the resident sizes of all its processes.
- Over HTTP, connections are kept, no query is asked twice, and half of the queries warm up. The client waits
  for the whole answer; only answers with status 200 count. Requests a second are made by wrk on the same
  cores, with one thread; its addresses are distinct.
- Processor time over HTTP is that of all processes of the server, by the kernel's count, divided by the
  requests; that of the search alone is taken in process, for the same queries, with the same facets and
  passages. The longest document is that with the most characters of text; 20 queries are marked in its page.
- Memory of a server's own is what is no file's (`Pss_Anon` of smaps_rollup), after the load, divided by the
  processes that answer; mapped pages of the index are the system's, which takes them back. The resident
  memory has both.
- An export writes all documents by date, opening the index included. FTS5 selects its rows (id, title, date,
  author, summary) and writes them with `csv`; CSV of Opis has 26 columns, JSON Lines whole documents. Memory
  is what the process has more of its own than before, without mapped files.
- Growth repeats the documents under other ids with some words in another order. `make soak MILLION=1`
  indexes a million of them.
"""


def write_report(results: Results, output: Path) -> None:
    """Write the page, and the chart into images/ beside it; nothing if there are no results."""
    page = [_INTRODUCTION, _about(results), _drawn(results, output), goals_table(goals(results))]
    page += [*sections(results), _METHOD, _setups()]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(section.strip() + "\n" for section in page if section), encoding="utf-8")


def _about(results: Results) -> str:
    kept = [found["about"] for part in PARTS for found in results.read(part).values()]
    if not kept:
        return "Nothing has been measured yet."
    about = max(kept, key=lambda one: one["when"])
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    memory = f"{about['memory'] / 2**30:.0f} GiB"
    lines = [
        f"Machine: {about['processor']}, {about['cores']} cores, {memory}, {about['system']}. {versions}."
    ]
    missing = {name: reason for one in kept for name, reason in one["missing"].items()}
    lines += [f"{CONTENDERS[name].label} was not measured: {clean(why)}" for name, why in missing.items()]
    return "\n\n".join(lines)


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
        found = figures.get(name, {})
        for key in keys:
            found = found.get(key, {})
        if found:
            bars.append(Bar(contender.label, found["p50"], found["p95"], contender.ours))
    return bars


def _setups() -> str:
    lines = [f"- **{contender.label}**: {contender.setup}." for contender in CONTENDERS.values()]
    limited = [f"{c.label} up to {c.limit:,}" for c in CONTENDERS.values() if c.limit]
    return "\n".join(["## Set-up", "", *lines, "", f"Measured on fewer documents: {', '.join(limited)}."])
