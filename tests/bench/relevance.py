"""`make evaluate`: how well each engine ranks the judged collections in OPIS_DATA.

A collection is a folder relevance/<name>/ with docs.jsonl.gz, queries.tsv and qrels.txt, as
`python -m search.evaluate` reads them. Each query is asked for any of its words, and as users who choose
nothing ask it. Defaults only: no setting per collection. OPIS_CLUSTER names the hosts of a cluster, if one is
to be asked as well.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from index.indexer import Indexer
from search.engines import open_engine
from search.evaluate import Match, evaluate, mean, read_judgements, read_queries
from search.schema import Schema
from tests.cluster.indexes import CLUSTER, index_address

ENGINES = ("memory", "whoosh", "tantivy", *(["opensearch"] if CLUSTER in os.environ else []))


def collections() -> list[Path]:
    root = Path(os.environ.get("OPIS_DATA", ""), "relevance")
    return sorted(path.parent for path in root.glob("*/qrels.txt"))


def rows(collection: Path) -> Iterator[str]:
    queries, judgements = read_queries(collection / "queries.tsv"), read_judgements(collection / "qrels.txt")
    for name in ENGINES:
        with TemporaryDirectory() as folder, index_address(name, Path(folder)) as url:
            engine = open_engine(url, Schema(), create=True)
            Indexer(engine, engine.schema).run([str(collection / "docs.jsonl.gz")])
            for match in get_args(Match):
                scores = evaluate(engine, queries, judgements, match)
                figures = " | ".join(f"{value:.4f}" for value in mean(scores).rounded().values())
                yield f"| {collection.name} ({len(scores)} queries) | {name} | {match} | {figures} |"
            engine.close()


if __name__ == "__main__":
    if not collections():
        print("Nothing to measure: set OPIS_DATA to a folder with relevance/<name>/docs.jsonl.gz and so on.")
        sys.exit()
    print("| collection | engine | match | AP | nDCG@10 | P@10 | R@100 |\n|---|---|---|---|---|---|---|")
    for collection in collections():
        for row in rows(collection):
            print(row, flush=True)
