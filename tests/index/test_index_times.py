"""When a document entered the index.

1. A document has the time of the run that put it in its present form; those of the run have the same one,
   and those of a later run a later one, also within a second.
2. It keeps it when its file is read again, written anew, moved or given another source.
3. It keeps it in a rebuild: of the same sources, under other settings, without a manifest, and where the run
   does not read it.
4. It keeps it when the index moves to another engine.
5. What an earlier format says nothing of stays unknown; what has changed since then gets a time.
6. Apart from it an index is the same as one that was made at once.
"""

import json
import os
import shutil
import tarfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.runs.manifest.states import MANIFEST_KEY
from search.engines import Engine, open_engine
from search.engines.disk import auto
from search.engines.memory.engine import MemoryEngine
from search.request import SearchRequest
from search.schema import Schema, Weights
from tests.index.indexed import entries

INDEXES = Path(__file__).parents[1] / "reliability" / "indexes"
DAY = 86_400

Run = Callable[..., dict[str, int]]


@pytest.fixture
def run(engine: MemoryEngine, schema: Schema, folder: Path) -> Run:
    """Run on the next day, and return the days of all documents by id."""
    days = count(1)

    def index(*sources: Path, rebuild: bool = False) -> dict[str, int]:
        clock = iter([next(days) * DAY + 0.9])
        indexer = Indexer(engine, schema, clock=clock.__next__)
        indexer.run([str(path) for path in sources or [folder]], rebuild=rebuild)
        return days_of(engine)

    return index


def days_of(engine: Engine) -> dict[str, int]:
    found = {item.id: item.indexed for item in engine.scan(SearchRequest())}
    known = {doc_id: entry.indexed for doc_id, entry in entries(engine).items()}
    assert known.items() <= found.items()
    assert {time % DAY for time in found.values()} <= {0}
    return {doc_id: time // DAY for doc_id, time in found.items()}


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def test_1_the_run_that_put_a_document(run: Run, folder: Path) -> None:
    write(folder, a="The armistice.", b="The talks.")
    assert run() == {"a": 1, "b": 1}
    write(folder, b="The talks go on.", c="A letter.")
    assert run() == {"a": 1, "b": 2, "c": 2}
    (folder / "a.txt.meta.toml").write_text('title = "Another"')
    assert run() == {"a": 3, "b": 2, "c": 2}


@pytest.mark.parametrize(("second", "expected"), [(100, 101), (99, 101), (101, 101), (102, 102), (20, 20)])
def test_1_runs_keep_their_order(
    engine: MemoryEngine, schema: Schema, folder: Path, second: int, expected: int
) -> None:
    for name, time in (("a", 100), ("b", second)):
        write(folder, **{name: f"Letter {name}."})
        Indexer(engine, schema, clock=iter([time]).__next__).run([str(folder)])
    found = engine.get_many(["a", "b"])
    assert [document.indexed for document in found if document] == [100, expected]


def test_1_the_records_of_a_file(run: Run, folder: Path) -> None:
    records = [{"id": f"r{n}", "title": f"Title {n}", "indexed": "1999"} for n in range(3)]

    def write_records() -> None:
        (folder / "r.jsonl").write_text("\n".join(map(json.dumps, records)))

    write_records()
    assert run() == {"r0": 1, "r1": 1, "r2": 1}
    records[1]["title"] = "Another"
    records.insert(0, {"id": "new", "title": "New"})  # all others have another number
    write_records()
    assert run() == {"r0": 1, "r1": 2, "r2": 1, "new": 2}


def test_2_unchanged_documents_keep_it(run: Run, folder: Path) -> None:
    write(folder, a="The armistice.", b="The talks.")
    run()
    os.utime(folder / "a.txt", (1, 1))
    assert run() == {"a": 1, "b": 1}
    (folder / "sub").mkdir()
    (folder / "a.txt").rename(folder / "sub" / "moved.txt")
    moved = run()
    assert sorted(moved.values()) == [1, 1]
    assert "a" not in moved
    other = folder.parent / "other"
    other.mkdir()
    (folder / "b.txt").rename(other / "b.txt")
    assert set(run(folder, other).values()) == {1}
    shutil.copy(other / "b.txt", other / "copy.txt")
    assert run(folder, other)["copy"] == 5


def test_2_the_parts_of_a_file_that_moves_keep_it(run: Run, folder: Path) -> None:
    (folder / "r.jsonl").write_text('{"title": "One", "body": "First."}\n{"title": "Two", "body": "Second."}')
    first = run()
    (folder / "r.jsonl").rename(folder / "s.jsonl")
    second = run()
    assert first.keys().isdisjoint(second)
    assert list(second.values()) == [1, 1]


def test_3_a_rebuild_keeps_it(run: Run, folder: Path, engine: MemoryEngine) -> None:
    write(folder, a="The armistice.", b="The talks.")
    run()
    write(folder, b="The talks go on.")
    run()
    write(folder, c="A letter.")
    assert run(rebuild=True) == {"a": 1, "b": 2, "c": 3}
    other = folder.parent / "other"
    write(other, d="Another.")
    assert run(other) == {"a": 1, "b": 2, "c": 3, "d": 4}
    assert run(rebuild=True) == {"a": 1, "b": 2, "c": 3, "d": 4}, "what the run does not read"


@pytest.mark.parametrize("rebuild", [True, False])
def test_3_a_lost_manifest_loses_no_time(run: Run, folder: Path, engine: MemoryEngine, rebuild: bool) -> None:
    write(folder, a="The armistice.", b="The talks.")
    run()
    with engine.writer() as writer:
        writer.put_commit_data(MANIFEST_KEY, b"damaged")
    write(folder, b="The talks go on.", c="A letter.")
    assert run(rebuild=rebuild) == {"a": 1, "b": 2, "c": 2}


@pytest.mark.parametrize("store", ["whoosh", "tantivy"])
def test_3_other_settings_keep_it(store: str, folder: Path, tmp_path: Path) -> None:
    write(folder, a="The armistice.")
    for day, schema in ((1, Schema()), (2, Schema(weights=Weights(header=9)))):
        engine = open_engine(f"{store}:{tmp_path / 'index'}", schema, create=True)
        Indexer(engine, schema, clock=lambda: day * DAY).run([str(folder)])  # noqa: B023
        assert not engine.info().stale
        assert days_of(engine) == {"a": 1}
        engine.close()


def test_4_another_engine_keeps_it(
    schema: Schema, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a="The armistice.")
    engine = open_engine(f"auto:{tmp_path / 'index'}", schema, create=True)
    Indexer(engine, schema, clock=lambda: DAY).run([str(folder)])
    monkeypatch.setattr(auto, "LARGE", 1)
    write(folder, b="The talks.")
    Indexer(engine, schema, clock=lambda: 2 * DAY).run([str(folder)])
    assert engine.info().engine == "tantivy"
    assert days_of(engine) == {"a": 1, "b": 2}
    engine.close()


@pytest.mark.parametrize("store", ["whoosh", "tantivy"])
def test_5_an_earlier_format_says_nothing(store: str, schema: Schema, tmp_path: Path) -> None:
    with tarfile.open(INDEXES / f"{store}-format-8.tar.gz") as archive:
        archive.extractall(tmp_path / "index", filter="data")
    folder = tmp_path / "archive"
    letter = "The armistice talks\n\nFrom: Anna Berg\nTo: Karl Holm\nDate: 12 May 1871\n\n"
    write(folder, letter=letter + "The talks on the armistice go on. Write to the U.S. Embassy.\n")
    write(folder, note="A note.")
    engine = open_engine(f"{store}:{tmp_path / 'index'}", schema)
    clock = iter([DAY, 2 * DAY])
    indexer = Indexer(engine, schema, clock=clock.__next__)
    indexer.run([str(folder)], removed=["/archive"])  # where it was when that index was made
    assert not engine.info().stale
    assert days_of(engine) == {"letter": 0, "note": 1}
    write(folder, letter=letter + "The talks are over.\n")
    indexer.run([str(folder)])
    assert days_of(engine) == {"letter": 2, "note": 1}
    engine.close()


def test_6_apart_from_it_indexes_are_the_same(
    run: Run, folder: Path, engine: MemoryEngine, schema: Schema
) -> None:
    write(folder, a="The armistice.", b="The talks.")
    run()
    write(folder, b="The talks go on.", c="A letter.")
    run()
    fresh = MemoryEngine(schema)
    Indexer(fresh, schema).run([str(folder)])
    assert list(engine.scan(SearchRequest())) == list(fresh.scan(SearchRequest()))
