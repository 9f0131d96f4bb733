"""The benchmark is sound: on twenty documents, with the contenders that are here.

1. The same documents give the same queries: distinct, and every contender finds something.
2. A run measures every part and writes the page, which names no path of this machine.
3. Queries of every kind that costs much are made, and asked in fresh processes.
4. A goal is judged by the ratio of one run, and says so where it was not measured.
5. A contender that breaks is reported, and the others go on.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench.collection import Collection, count, records
from tests.bench.contenders import CONTENDERS, Contender
from tests.bench.goals import Goal
from tests.bench.indexing import index
from tests.bench.kinds import KINDS, ask_kinds, make_kinds
from tests.bench.measures import Results, latency, percentile
from tests.bench.processes import ENVIRONMENT, ROOT
from tests.bench.promises import goals
from tests.bench.querying import query
from tests.bench.report import write_report
from tests.bench.workload import make_queries

pytestmark = pytest.mark.slow
HERE = [
    name
    for name in ("fts5", "tantivy", "opis-tantivy", "opis-whoosh", "whoosh")
    if not CONTENDERS[name].missing()
]
SUBJECTS = ("armistice talks", "wheat shipments", "prisoner exchange", "harbour dues", "border survey")


def made() -> Iterator[dict[str, object]]:
    for number in range(20):
        subject, place = SUBJECTS[number % 5], ("Paris", "London", "Vienna")[number % 3]
        body = f"Concerning {subject}, the {place} delegation proposed clause {number} without success.\n" * 9
        yield {
            "id": f"d{number}",
            "title": f"Telegram on {subject} from {place}",
            "date": f"19{50 + number}-03-0{number % 9 + 1}",
            "authors": [f"Envoy {place}"],
            "summary": f"Report about {subject}",
            "body": body,
        }


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "docs.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in made())
    return path


def test_1_queries_are_fixed_and_distinct(source: Path) -> None:
    queries = make_queries(source, 100)
    assert len(queries) == len(set(queries)) == 100
    assert queries == make_queries(source, 100)
    assert queries != make_queries(source, 100, seed=2)
    assert {query.kind for query in queries} == {"all", "any", "phrase"}


@pytest.mark.parametrize("size", [7, 20, 45])
def test_1_a_collection_of_any_size(source: Path, tmp_path: Path, size: int) -> None:
    path = Collection(source, tmp_path).of_size(size, 20)
    found = list(records(path))
    assert count(path) == size
    assert len({record["id"] for record in found}) == len({record["body"] for record in found}) == size


def test_1_short_documents_are_fixed_and_distinct(source: Path, tmp_path: Path) -> None:
    first, second = (list(records(Collection(source, tmp_path / name).of_passages(45))) for name in "ab")
    assert first == second
    assert len({record["id"] for record in first}) == 45
    assert all(len(record["body"].split(" ")) <= 200 for record in first)


def test_1_contenders_find_the_same(source: Path, tmp_path: Path) -> None:
    queries = make_queries(source, 60)
    totals = []
    indexed = index([CONTENDERS[name] for name in HERE], source, tmp_path, rounds=1)
    assert [name for name in HERE if "missing" in indexed[name]] == []
    for name in HERE:
        with closing(CONTENDERS[name].open(tmp_path / name)) as session:
            totals.append([session.total(query) for query in queries])
            for turn, variant in enumerate(CONTENDERS[name].variants):
                session.ask(queries[0], variant, turn)
    assert all(total > 0 for found in totals for total in found)
    assert all(found == totals[0] for found in totals)


def bench(source: Path, folder: Path, *parts: str, only: str) -> str:
    """The page after a quick run of these parts."""
    options = {"source": source, "folder": folder / "bench", "output": folder / "page.md", "only": only}
    options |= {"documents": "all", "rounds": 1, "passes": 1, "queries": 12, "seconds": 1}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-m", "tests.bench", *parts, *words]
    run = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return (folder / "page.md").read_text(encoding="utf-8")


def test_2_every_part_is_measured_and_written(source: Path, tmp_path: Path) -> None:
    bench(source, tmp_path, "index", "query", "http", "update", only="opis-whoosh,tantivy,fts5,datasette")
    page = bench(source, tmp_path, "export", "growth", only="fts5")
    measured = ("Indexing", "Queries", "Over HTTP", "Updates", "Export of all documents", "Growth")
    for section in ("Goals", *(f"{part}, 20" for part in measured)):
        assert f"\n## {section}" in page
    assert "failed" not in page
    assert str(ROOT) not in page
    assert str(tmp_path) not in page
    ElementTree.parse(tmp_path / "images" / "benchmarks.svg")  # noqa: S314 - written just now


@pytest.mark.parametrize("data", [None, "nowhere"])
def test_2_without_documents_nothing_is_measured(tmp_path: Path, data: str | None) -> None:
    environment = {key: value for key, value in ENVIRONMENT.items() if key != "OPIS_DATA"}
    environment |= {"OPIS_DATA": str(tmp_path / data)} if data else {"OPIS_DATA": ""}
    command = [sys.executable, "-m", "tests.bench"]
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "OPIS_DATA" in run.stdout


def test_3_kinds_are_distinct_queries_and_asked_in_fresh_processes(source: Path, tmp_path: Path) -> None:
    kinds = make_kinds(source, 8)
    assert kinds == make_kinds(source, 8)
    assert kinds.keys() == KINDS.keys()
    assert all(len(set(queries)) == len(queries) > 2 for queries in kinds.values())
    ours, fuzzy = CONTENDERS["opis-whoosh"], "fuzzy: `word~`"
    index([ours], source, tmp_path, rounds=1)
    figures = ask_kinds([ours], tmp_path, {fuzzy: kinds[fuzzy]}, 2)
    results = Results(tmp_path / "results")
    write(results, "kinds", 20, {"opis-tantivy": figures["opis-whoosh"]})
    for work in ("worst kind of query, Tantivy: p99", "first query of a process, Tantivy"):
        assert goal(results, work).measured.endswith(" ms")


def goal(results: Results, work: str) -> Goal:
    return next(one for one in goals(results) if one.work == work)


def write(results: Results, part: str, documents: int, figures: dict[str, object]) -> None:
    results.write(part, documents, {"about": {}, "figures": figures})


def test_4_goals_are_judged_by_ratios_of_one_run(tmp_path: Path) -> None:
    results = Results(tmp_path)
    assert goal(results, "index, Whoosh").met is None
    write(results, "index", 50, {"opis-whoosh": {"seconds": 5.0}, "whoosh": {"seconds": 10.0}})
    write(results, "index", 100, {"whoosh": {"seconds": 1.0}})  # of another run: no peer of the first
    judged = goal(results, "index, Whoosh")
    assert (judged.documents, judged.measured, judged.peer, judged.ratio) == (50, "5.0 s", "10.0 s", "0.50 ×")
    assert judged.met
    write(results, "index", 50, {"opis-tantivy": {"seconds": 9.0}, "fts5": {"seconds": 5.0}})
    judged = goal(results, "index, Tantivy")
    assert (judged.ratio, judged.met, judged.remark) == ("1.80 ×", True, "1.50 ×: not reached")
    write(results, "query", 50, {"opis-whoosh": {"facets": {"p50": 3.0}}, "whoosh": {"facets": {"p50": 9.0}}})
    judged = goal(results, "query with facets, Whoosh: p50")
    assert (judged.ratio, judged.met) == ("3.00 ×", False)
    sizes: dict[str, object] = {
        size: {"opis-tantivy": {"index": {"peak_rss": rss}}}
        for size, rss in (("5", 1), ("50", 4), ("200", 8))
    }
    write(results, "http", 50, {"opis-tantivy": {}})
    write(results, "growth", 50, sizes)
    judged = goal(results, "4 × the documents: memory of indexing")
    assert (judged.ratio, judged.met) == ("2.00 ×", False)


def test_4_percentiles_are_of_medians() -> None:
    assert [percentile(range(1, 101), share) for share in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]
    assert percentile([7], 0.95) == 7
    assert latency([[1, 10], [3, 90], [2, 20]]) == {"p50": 2, "p95": 20, "p99": 20}


@dataclass(frozen=True)
class Broken(Contender):
    """Its command ends with an error that names a path of this machine."""

    def index_command(self, documents: Path, folder: Path) -> list[str]:  # noqa: ARG002
        said = f"cannot read {os.fspath(documents)}"
        return [sys.executable, "-c", f"import sys; sys.exit({said!r})"]


def test_5_a_contender_that_breaks_is_reported(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = Broken("broken", "Broken peer")
    monkeypatch.setitem(CONTENDERS, "broken", broken)
    figures = index([broken, CONTENDERS["fts5"]], source, tmp_path / "work", rounds=2)
    assert figures["broken"] == {"missing": f"cannot read {source}"}
    assert figures["fts5"]["rate"] > 0
    about = {"when": "", "processor": "", "cores": 1, "memory": 1, "system": "", "busy": 0, "versions": {}}
    kept = {"about": about | {"queries": 1, "passes": 1, "rounds": 2, "missing": {}}, "figures": figures}
    results = Results(tmp_path / "results")
    results.write("index", 20, kept)
    asked = query(
        [CONTENDERS["opis-whoosh"], CONTENDERS["fts5"]], tmp_path / "work", make_queries(source, 5), 1
    )
    assert "exit code" in asked["opis-whoosh"]["missing"]  # it has no index there
    assert asked["fts5"]["full"]["p50"] > 0
    write_report(results, tmp_path / "page.md")
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "Broken peer failed: cannot read …" in page
    assert str(source) not in page
