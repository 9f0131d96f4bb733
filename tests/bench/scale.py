"""How far does one machine go? `python -m tests.bench.scale [DOCUMENTS…]` prints a line for each number.

Short documents (see `Collection.of_passages`) are indexed, asked the mix of queries, and ten are added. The
queries are the same for all numbers, made of the documents of the smallest.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tests.bench.collection import Collection, find_collection
from tests.bench.contenders import CONTENDERS
from tests.bench.indexing import index
from tests.bench.measures import Figures
from tests.bench.processes import ROOT
from tests.bench.querying import query
from tests.bench.updating import update
from tests.bench.workload import Query, make_queries

OPIS = CONTENDERS["opis-tantivy"]
HEAD = (
    "documents", "indexed in (s)", "processor (s)", "a second", "memory (MB)", "index (MB)",
    "query p50 / p95 (ms)", "processor p50 / p95 (ms)", "found nothing to do in (s)", "ten added in (s)",
)  # fmt: skip


@click.command()
@click.argument("sizes", nargs=-1, type=int)
@click.option("--queries", default=300, show_default=True, help="Distinct queries.")
@click.option("--folder", default=ROOT / "var" / "scale", type=click.Path(path_type=Path))
def main(sizes: Sequence[int], queries: int, folder: Path) -> None:
    """Index so many documents, ask queries, and add ten."""
    source = find_collection()
    if source is None:
        click.echo("Nothing to measure: set OPIS_DATA to a folder with frus/docs.jsonl.gz.")
        sys.exit()
    collection, sizes = Collection(source, folder), sorted(sizes or (100_000, 1_000_000))
    asked = make_queries(collection.of_passages(sizes[0]), queries)
    for line in (HEAD, ("---",) * len(HEAD)):
        click.echo(f"| {' | '.join(line)} |")
    for size in sizes:
        figures = measured(collection, size, asked)
        click.echo(f"| {' | '.join(_cells(size, figures))} |")


def measured(collection: Collection, size: int, queries: Sequence[Query]) -> Figures:
    """All figures of one number of documents."""
    documents, folder = collection.of_passages(size), collection.folder / str(size)
    figures: Figures = {}
    figures |= index([OPIS], documents, folder, 1)[OPIS.name]
    figures |= query([OPIS], folder, queries, 1)[OPIS.name]["full"]
    figures |= update([OPIS], documents, folder, 1)[OPIS.name]
    return figures


def _cells(size: int, found: Figures) -> Iterator[str]:
    yield f"{size:,}"
    yield f"{found['seconds']:.0f}"
    yield f"{found['cpu_seconds']:.0f}"
    yield f"{found['rate']:,.0f}"
    yield f"{(found['peak_rss'] or 0) / 1e6:,.0f}"
    yield f"{found['bytes'] / 1e6:,.0f}"
    yield f"{found['p50']:.1f} / {found['p95']:.1f}"
    yield f"{found['processor']['p50']:.1f} / {found['processor']['p95']:.1f}"
    yield f"{found['unchanged_seconds']:.1f}"
    yield f"{found['shown_seconds']:.1f}"


if __name__ == "__main__":
    main(prog_name="python -m tests.bench.scale")
