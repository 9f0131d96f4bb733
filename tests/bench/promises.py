"""What was promised: every goal, with the figure that it is held against and its peer."""

from tests.bench.figures import counted, kilobytes, megabytes, milliseconds, seconds
from tests.bench.goals import LEAST, MOST, Bounded, Figure, Goal, Grown, Promise, Show
from tests.bench.measures import Results

TANTIVY, WHOOSH, FTS5 = "opis-tantivy", "opis-whoosh", "fts5"
CLUSTER, BY_HAND = "opis-opensearch", "opensearch"


def goals(results: Results) -> list[Goal]:
    """Every goal, measured or not."""
    return [promise.against(results) for promise in promises(engine_of(results))]


def engine_of(results: Results) -> str:
    """The engine of Opis that goals of no engine are held against: Tantivy where it was measured."""
    measured = {
        name
        for part in ("http", "update")
        for kept in results.read(part).values()
        for name in kept["figures"]
    }
    return TANTIVY if TANTIVY in measured else WHOOSH


def promises(engine: str) -> list[Promise]:
    """All goals; what is not of one engine is held against `engine`."""
    return [
        *_indexing(),
        *_queries(),
        *_over_http(),
        *_on_whoosh(),
        *_in_cluster(),
        *_of_any(engine),
        *_growth(engine),
    ]


def _indexing() -> list[Promise]:
    ours, fts5 = (Figure("index", name, ("seconds",)) for name in (TANTIVY, FTS5))
    memory = Figure("index", TANTIVY, ("peak_rss",))
    written = Figure("export", TANTIVY, ("csv", "seconds"))
    return [
        Bounded("index, Tantivy", "≤ 2 × FTS5's time", ours, seconds, MOST, 2, fts5, best=1.5),
        Bounded("index, Tantivy: memory", "≤ 400 MB", memory, megabytes, MOST, 400e6),
        Bounded("42,868 documents as CSV, Tantivy", "≤ 10 s", written, seconds, MOST, 10),
    ]


def _queries() -> list[Promise]:
    p50, p95 = (Figure("query", TANTIVY, ("full", share)) for share in ("p50", "p95"))
    kinds, first = (Figure("kinds", TANTIVY, (key,)) for key in ("p99", "first"))
    return [
        Bounded("full query, Tantivy: p50", "≤ 4 ms", p50, milliseconds, MOST, 4),
        Bounded("full query, Tantivy: p95", "≤ 9 ms", p95, milliseconds, MOST, 9),
        *_beside_fts5("full query, Tantivy", "query", ("full",), 0.6),
        Bounded("worst kind of query, Tantivy: p99", "≤ 100 ms", kinds, milliseconds, MOST, 100),
        Bounded("first query of a process, Tantivy", "≤ 100 ms", first, milliseconds, MOST, 100),
    ]


def _beside_fts5(work: str, part: str, keys: tuple[str, ...], share: float) -> list[Promise]:
    """p50 as a share of FTS5's, which does the same work, and p95 at least six times faster."""
    (p50, peer50), (p95, peer95) = (
        [Figure(part, name, (*keys, key)) for name in (TANTIVY, FTS5)] for key in ("p50", "p95")
    )
    return [
        Bounded(f"{work}: p50", f"≤ {share} × FTS5's", p50, milliseconds, MOST, share, peer50),
        Bounded(f"{work}: p95", "≥ 6 × faster than FTS5", p95, milliseconds, LEAST, 6, peer95, inverse=True),
    ]


def _over_http() -> list[Promise]:
    made = _beside_fts5("full query over HTTP, Tantivy", "http", ("latency", "JSON"), 0.75)
    for key, share in (("p50", 0.25), ("p95", 0.35)):
        ours, theirs = (Figure("http", name, ("latency", "JSON", key)) for name in (TANTIVY, "datasette"))
        work, goal = f"full query over HTTP, Tantivy: {key}", f"≤ {share} × Datasette's"
        made.append(Bounded(work, goal, ours, milliseconds, MOST, share, theirs))
    rate = Figure("http", TANTIVY, ("rate", "2"))
    page, search = (Figure("http", TANTIVY, ("cost", kind)) for kind in ("page", "search"))
    longest = Figure("http", TANTIVY, ("cost", "longest"))
    said = "processor time of a results page, Tantivy"
    return [
        *made,
        Bounded("distinct queries a second, 2 processes", "≥ 300", rate, counted, LEAST, 300),
        Bounded(said, "≤ 1.5 × the search's", page, milliseconds, MOST, 1.5, search),
        Bounded("processor time of the longest document", "≤ 100 ms", longest, milliseconds, MOST, 100),
    ]


def _on_whoosh() -> list[Promise]:
    ours, theirs = (Figure("index", name, ("seconds",)) for name in (WHOOSH, "whoosh"))
    made: list[Promise] = [
        Bounded("index, Whoosh", "≤ 1 × stock Whoosh's time", ours, seconds, MOST, 1, theirs)
    ]
    for share in ("p50", "p95"):
        ours, theirs = (Figure("query", name, ("facets", share)) for name in (WHOOSH, "whoosh"))
        work, goal = f"query with facets, Whoosh: {share}", "≥ 4 × faster than stock"
        made.append(Bounded(work, goal, ours, milliseconds, LEAST, 4, theirs, inverse=True))
    return made


def _in_cluster() -> list[Promise]:
    made: list[Promise] = []
    for share in ("p50", "p95"):
        ours, theirs = (Figure("query", name, ("facets", share)) for name in (CLUSTER, BY_HAND))
        work, goal = f"query with facets, OpenSearch: {share}", "≤ 1.3 × the same clauses by hand"
        made.append(Bounded(work, goal, ours, milliseconds, MOST, 1.3, theirs))
    shown = Figure("update", CLUSTER, ("shown_seconds",))
    work = "10 documents added, until a server shows them, OpenSearch"
    return [*made, Bounded(work, "≤ 10 s", shown, seconds, MOST, 10)]


def _of_any(engine: str) -> list[Promise]:
    rows: list[tuple[str, str, str, str, Show, float]] = [
        ("run over unchanged documents", "≤ 1.5 s", "update", "unchanged_seconds", seconds, 1.5),
        ("10 documents added, until a server shows them", "≤ 2 s", "update", "shown_seconds", seconds, 2),
        ("server: own memory of a process", "≤ 150 MB", "http", "own", megabytes, 150e6),
        ("server: start", "≤ 1 s", "http", "start_seconds", seconds, 1),
        ("results page: HTML + CSS + JS", "≤ 60 KB", "http", "weight", kilobytes, 60e3),
    ]
    return [
        Bounded(work, goal, Figure(part, engine, (key,)), show, MOST, limit)
        for work, goal, part, key, show, limit in rows
    ]


def _growth(engine: str) -> list[Promise]:
    p95, rate, memory = ("query", "full", "p95"), ("index", "rate"), ("index", "peak_rss")
    ten, four = "10 × the documents", "4 × the documents"
    return [
        Grown(f"{ten}: full query, p95", "≤ 2 ×", engine, p95, milliseconds, MOST, 2, 0),
        Grown(f"{ten}: documents indexed a second", "≥ 0.8 ×", engine, rate, counted, LEAST, 0.8, 0),
        Grown(f"{four}: memory of indexing", "≤ 1.1 ×", engine, memory, megabytes, MOST, 1.1, 1),
    ]
