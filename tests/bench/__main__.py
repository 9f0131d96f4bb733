"""`python -m tests.bench [PART…]`: measure, store the results, write docs/benchmarks.md from the last."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click

from tests.bench.collection import Collection, count, find_collection, longest
from tests.bench.contenders import CONTENDERS, Contender
from tests.bench.exporting import export
from tests.bench.indexing import index, prepared
from tests.bench.kinds import ask_kinds, make_kinds
from tests.bench.machine import machine
from tests.bench.measures import Figures, Results
from tests.bench.processes import ROOT
from tests.bench.querying import query
from tests.bench.report import write_report
from tests.bench.serving import CLIENTS, Plan, serve
from tests.bench.updating import update
from tests.bench.workload import Query, make_queries

FEWEST = 10  # documents; queries cannot be made of fewer
FASTEST = 1_000  # requests a second that queries are made for; one that is faster runs out of them


@dataclass(frozen=True)
class Effort:
    """How much is done: rounds of whole runs, passes over the queries, seconds of load, sizes of growth."""

    rounds: int
    passes: int
    queries: int
    seconds: int
    growth: tuple[float, ...]


@dataclass(frozen=True)
class Bench:
    """All parts of the benchmark on one number of documents."""

    collection: Collection
    documents: int
    total: int
    contenders: tuple[Contender, ...]
    effort: Effort

    @cached_property
    def path(self) -> Path:
        return self._file(self.documents)

    def index(self) -> Figures:
        asked = [contender for contender in self._fitting() if contender.in_process and contender.indexes]
        return index(asked, self.path, self._folder(self.documents), self.effort.rounds)

    def query(self) -> Figures:
        asked = [contender for contender in self._indexed() if contender.in_process]
        return query(asked, self._folder(self.documents), self._queries(), self.effort.passes)

    def kinds(self) -> Figures:
        ours = [contender for contender in self._indexed() if contender.ours]
        queries = make_kinds(self.path, max(2, self.effort.queries // 3))
        return ask_kinds(ours, self._folder(self.documents), queries, self.effort.rounds)

    def http(self) -> Figures:
        serving = [contender for contender in self._indexed() if contender.serves]
        alone = self.effort.queries * 2
        loads = FASTEST * self.effort.seconds * self.effort.rounds * len(CLIENTS)
        fresh = make_queries(self.path, alone + loads, seed=1953)
        latency, load = fresh[:alone], fresh[alone:]
        plan = Plan(latency, load, longest(self.path), self.effort.rounds, self.effort.seconds)
        return serve(serving, self._folder(self.documents), plan)

    def update(self) -> Figures:
        ours = [contender for contender in self._indexed() if contender.ours]
        return update(ours, self.path, self._folder(self.documents), self.effort.rounds)

    def export(self) -> Figures:
        asked = [contender for contender in self._indexed() if contender.exports]
        return export(asked, self.documents, self._folder(self.documents), self.effort.rounds)

    def growth(self) -> Figures:
        """Indexing and the full query at each size, with the same queries, which all find something."""
        sizes = [max(FEWEST, int(self.documents * factor)) for factor in self.effort.growth]
        queries = make_queries(self._file(sizes[0]), self.effort.queries)
        figures: Figures = {}
        for size in sizes:
            folder = self._folder(size) / "growth"
            asked = [c for c in self._fitting() if c.in_process and c.indexes and c.takes(size)]
            indexed = index(asked, self._file(size), folder, 1)
            able = [contender for contender in asked if "missing" not in indexed[contender.name]]
            queried = query(able, folder, queries, 1)
            figures[str(size)] = {
                name: {"index": found, "query": queried.get(name, found)} for name, found in indexed.items()
            }
            for contender in asked:
                contender.clear(folder / contender.name)
            shutil.rmtree(folder)
        return figures

    def _fitting(self) -> list[Contender]:
        return [contender for contender in self.contenders if contender.takes(self.documents)]

    def _indexed(self) -> list[Contender]:
        folder = self._folder(self.documents)
        return [contender for contender in self._fitting() if prepared(contender, self.path, folder)]

    def _queries(self) -> list[Query]:
        return make_queries(self.path, self.effort.queries)

    def _file(self, documents: int) -> Path:
        return self.collection.of_size(documents, self.total)

    def _folder(self, documents: int) -> Path:
        return self.collection.folder / f"{documents}-of-{self.total}"


PARTS: dict[str, Callable[[Bench], Figures]] = {
    "index": Bench.index,
    "query": Bench.query,
    "kinds": Bench.kinds,
    "http": Bench.http,
    "update": Bench.update,
    "export": Bench.export,
    "growth": Bench.growth,
}


@click.command(help=f"Measure PARTs ({' '.join(PARTS)}; all unless named) and write the report.")
@click.argument("parts", nargs=-1, type=click.Choice([*PARTS, "report"]))
@click.option("--source", type=click.Path(path_type=Path), help="Documents, instead of OPIS_DATA's frus.")
@click.option("--documents", default="5000,all", show_default=True, help="How many, comma separated.")
@click.option("--only", default=",".join(CONTENDERS), help="Contenders, comma separated.")
@click.option("--rounds", default=3, show_default=True, help="Runs of indexing, updating and load.")
@click.option("--passes", default=3, show_default=True, help="Measured passes over the queries.")
@click.option("--queries", default=300, show_default=True, help="Distinct queries.")
@click.option("--seconds", default=3, show_default=True, help="Seconds of each load, whole ones.")
@click.option("--growth", default="0.1,1,4", show_default=True, help="Sizes of growth, as shares of all.")
@click.option("--folder", default=ROOT / "var" / "bench", type=click.Path(path_type=Path))
@click.option("--output", default=ROOT / "docs" / "benchmarks.md", type=click.Path(path_type=Path))
def main(  # noqa: PLR0917 - one for each option
    parts: tuple[str, ...],
    source: Path | None,
    documents: str,
    only: str,
    rounds: int,
    passes: int,
    queries: int,
    seconds: int,
    growth: str,
    folder: Path,
    output: Path,
) -> None:
    results = Results(folder / "results")
    source = source or find_collection()
    if source is None:
        click.echo(
            "Nothing to measure: set OPIS_DATA to a folder with frus/docs.jsonl.gz, or name a --source."
        )
        sys.exit()
    effort = Effort(rounds, passes, queries, seconds, tuple(map(float, growth.split(","))))
    contenders, missing = _present(only.split(","))
    total = count(source)
    for size in [total if word == "all" else min(int(word), total) for word in documents.split(",")]:
        bench = Bench(Collection(source, folder), size, total, contenders, effort)
        for part in [part for part in PARTS if part in parts or not parts]:
            click.echo(f"==> {part}, {size:,} documents")
            about = machine() | {"queries": queries, "rounds": rounds, "passes": passes, "missing": missing}
            results.write(part, size, {"about": about, "figures": PARTS[part](bench)})
    write_report(results, output)
    click.echo(f"Written: {output.name}")


def _present(names: list[str]) -> tuple[tuple[Contender, ...], dict[str, str]]:
    """The contenders that can be measured here, and why others cannot; both are said."""
    if unknown := [name for name in names if name not in CONTENDERS]:
        raise click.UsageError(f"There is no contender {unknown[0]!r}; there are {', '.join(CONTENDERS)}.")
    reasons = {name: CONTENDERS[name].missing() for name in names}
    missing = {name: reason for name, reason in reasons.items() if reason}
    for name, reason in missing.items():
        click.echo(f"Not measured: {CONTENDERS[name].label}: {reason}")
    return tuple(CONTENDERS[name] for name in names if name not in missing), missing


if __name__ == "__main__":
    main(prog_name="python -m tests.bench")
