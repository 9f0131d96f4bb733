"""Indexes that are made anew, and runs that meet.

1. A rebuild keeps what the run did not read, with or without a manifest.
2. Of two runs at once, neither loses what the other did.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest

from index.indexer import Indexer
from index.runs.manifest.states import MANIFEST_KEY, manifest_of
from index.runs.plan import Plan, make_plan
from search.engines.memory.engine import MemoryEngine
from search.errors import IndexLocked
from search.schema import Schema, Weights
from tests.index.indexed import counts, document, ids, write


def test_1_a_rebuild_keeps_what_it_does_not_read(
    indexer: Indexer, engine: MemoryEngine, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for number, path in enumerate((one, two)):
        path.mkdir()
        write(path, **{f"d{number}": "Text.", f"e{number}": "Text."})
    indexer.run([str(one), str(two)])
    (one / "d0.txt").write_bytes(b"\0")
    (one / "e0.txt").unlink()
    shutil.rmtree(two)
    report = indexer.run([str(one)], rebuild=True)
    assert ids(engine) == {"d0", "d1", "e1"}
    assert engine.info().documents == 3
    assert document(engine, "d0").body == "Text."
    assert (report.removed, len(report.failed)) == (1, 1)


@pytest.mark.parametrize("state", [b"", b"\xff\x00rubbish", b"\x81\xa6format\x63"])
def test_1_a_manifest_need_not_be_readable(state: bytes, tmp_path: Path) -> None:
    with manifest_of(tmp_path, state) as manifest:
        assert list(manifest.documents()) == []


def test_1_without_a_manifest_everything_is_read_again(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    write(folder, a="Text.")
    indexer.run([str(folder)])
    with engine.writer() as writer:
        writer.put_commit_data(MANIFEST_KEY, b"rubbish")
    assert counts(indexer.run([str(folder)])) == (1, 0, 0, 0)
    assert engine.info().documents == 1


@pytest.mark.parametrize("note", [b"", b"rubbish"])
def test_1_a_rebuild_without_a_manifest_loses_nothing(
    indexer: Indexer, engine: MemoryEngine, tmp_path: Path, note: bytes
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for path in (one, two):
        path.mkdir()
        write(path, **{path.name: "Text."})
    indexer.run([str(one), str(two)])
    with engine.writer() as writer:
        writer.put_commit_data(MANIFEST_KEY, note)
    for added in (1, 0):
        report = indexer.run([str(one)], rebuild=True)
        assert counts(report) == (added, 0, 2 - added, 0)
        assert document(engine, "two").body == "Text."
        assert engine.info().documents == 2


@pytest.mark.parametrize("rebuild", [False, True])
def test_2_a_run_that_ends_during_another_is_not_lost(
    indexer: Indexer, engine: MemoryEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rebuild: bool
) -> None:
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for path in folders:
        path.mkdir()
        write(path, **{path.name: "Text."})
    one, two, three = map(str, folders)
    indexer.run([one])
    plan = make_plan

    def overtaken(*arguments: Any, **options: Any) -> Plan:
        made = plan(*arguments, **options)
        monkeypatch.setattr("index.indexer.make_plan", plan)
        indexer.run([two])
        return made

    monkeypatch.setattr("index.indexer.make_plan", overtaken)
    assert indexer.run([three], rebuild=rebuild).documents == 3
    assert ids(engine) == {"one", "two", "three"}
    assert indexer.run([one], rebuild=True).documents == 3
    assert counts(indexer.run([one, two, three])) == (0, 0, 3, 0)


def test_2_a_run_while_another_writes_says_so(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, a="Text.")
    with engine.writer(), pytest.raises(IndexLocked):
        indexer.run([str(folder)])
    assert indexer.run([str(folder)]).added == 1


def test_1_an_index_of_another_schema_is_rebuilt(tmp_path: Path, folder: Path) -> None:
    from search.engines import open_engine  # noqa: PLC0415

    write(folder, a="Text.")
    url = f"whoosh:{tmp_path / 'index'}"
    for schema in (Schema(), Schema(weights=Weights(header=5))):
        engine = open_engine(url, schema, create=True)
        report = Indexer(engine, schema).run([str(folder)])
        assert report.documents == 1
        assert not engine.info().stale
        engine.close()
