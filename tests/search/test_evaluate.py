"""The measures, against values worked out by hand, and the command."""

import json
import os
from math import log2
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.indexer import Indexer
from search.engines import Engine, open_engine
from search.evaluate import evaluate, main, mean, measure, read_judgements, read_queries
from search.schema import Schema
from tests.archive import document, fill

DATA = Path(os.environ.get("OPIS_DATA", ""))


def test_measures_by_hand() -> None:
    scores = measure(["a", "x", "b", "y"], {"a": 1, "b": 2, "c": 1, "x": 0})
    assert scores.average_precision == pytest.approx((1 / 1 + 2 / 3) / 3)
    assert scores.ndcg_10 == pytest.approx((1 + 2 / log2(4)) / (2 + 1 / log2(3) + 1 / log2(4)))
    assert scores.precision_10 == pytest.approx(0.2)
    assert scores.recall_100 == pytest.approx(2 / 3)
    assert measure([], {"a": 1}).rounded() == {"AP": 0, "nDCG@10": 0, "P@10": 0, "R@100": 0}


def test_the_command(tmp_path: Path, schema: Schema) -> None:
    engine = open_engine(f"whoosh:{tmp_path / 'index'}", schema, create=True)
    fill(engine, [document("a", "war"), document("b", "peace")]).close()
    (tmp_path / "queries.tsv").write_text("1\twar and more\n2\tpeace\n3\tunjudged\n")
    (tmp_path / "qrels.txt").write_text("1 0 a 1\n2 0 a 1\n")
    files = ["--queries", str(tmp_path / "queries.tsv"), "--qrels", str(tmp_path / "qrels.txt")]
    run = CliRunner().invoke(main, ["--index", f"whoosh:{tmp_path / 'index'}", *files, "--json"])
    assert json.loads(run.output) == {"AP": 0.5, "nDCG@10": 0.5, "P@10": 0.05, "R@100": 0.5, "queries": 2}
    run = CliRunner().invoke(main, ["--index", "memory:", "--queries", "nowhere", "--qrels", "nowhere"])
    assert (run.exit_code, run.stdout) == (2, "")
    assert "nowhere cannot be read" in run.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("collection", "goal"), [("cacm", (0.405, 0.545)), ("cranfield", (0.434, 0.527))])
def test_relevance_on_judged_collections(engine: Engine, collection: str, goal: tuple[float, float]) -> None:
    folder = DATA / "relevance" / collection
    if not DATA.name or not folder.exists():
        pytest.skip("set OPIS_DATA to a folder with relevance/cacm and relevance/cranfield")
    Indexer(engine, engine.schema).run([str(folder / "docs.jsonl.gz")])
    judged = evaluate(engine, read_queries(folder / "queries.tsv"), read_judgements(folder / "qrels.txt"))
    scores = mean(judged)
    assert scores.average_precision >= goal[0]
    assert scores.ndcg_10 >= goal[1]
