"""What was live stays live, whatever happens to the process or the files.

1. A process killed while it writes leaves the old index or the new one, whole.
2. Damage is a clear error with the cure, and the cure works.
3. The index is private, and leftovers of a crash are swept away.
"""

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from archive import document, fill

from search.analyzed import analyze
from search.engines import Writer, open_engine
from search.errors import EngineUnavailable, IndexDamaged
from search.request import SearchRequest
from search.schema import Schema

ENDLESS_WRITER = """
import sys
from archive import document
from search.analyzed import analyze
from search.engines import open_engine
from search.schema import Schema
engine = open_engine(sys.argv[1], Schema())
print("ready", flush=True)
for batch in range(1, 10_000):
    with (engine.rebuild() if batch % 3 == 0 else engine.writer()) as writer:
        for n in range(50):
            writer.put(analyze(document(f"d{n}", f"batch{batch} " * 20), engine.schema))
        writer.remember("batch", str(batch).encode())
"""


def test_1_a_killed_writer_leaves_a_whole_index(tmp_path: Path, schema: Schema) -> None:
    url = f"whoosh:{tmp_path / 'index'}"
    engine = open_engine(url, schema, create=True)
    fill(engine, [document(f"d{n}", "batch0 " * 20) for n in range(50)])
    engine.close()
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    for seed in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", ENDLESS_WRITER, url], stdout=subprocess.PIPE, env=environ
        )
        with writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(random.Random(seed).uniform(0.02, 0.4))
            writer.send_signal(signal.SIGKILL)
        reader = open_engine(url, schema)
        batches = {item.body.split()[0] for item in reader.scan(SearchRequest())}
        assert reader.info().documents == 50
        assert len(batches) == 1
        assert reader.recall("batch").decode() in {"", batches.pop().removeprefix("batch")}
        reader.close()
    again = open_engine(url, schema)
    fill(again, [document("new")])  # the lock died with its holder
    assert again.info().documents == 51
    again.close()


@pytest.mark.parametrize("pattern", ["CURRENT", "*/manifest.json", "*/*.toc", "*/*.seg"])
@pytest.mark.parametrize("damage", ["empty", "garbage"])
def test_2_damage_is_a_clear_error_with_the_cure(
    tmp_path: Path, schema: Schema, pattern: str, damage: str
) -> None:
    url = f"whoosh:{tmp_path / 'index'}"
    fill(open_engine(url, schema, create=True), [document("a", "war")]).close()
    [file] = (tmp_path / "index").glob(pattern)
    file.write_bytes(b"" if damage == "empty" else b"\xff garbage" * 9)
    engine = open_engine(url, schema, create=True)
    with pytest.raises(IndexDamaged, match="rebuild") as error:
        engine.search(SearchRequest())
    assert "\n" not in str(error.value)
    with engine.rebuild() as writer:
        writer.put(analyze(document("b", "war"), schema))
    assert engine.search(SearchRequest()).total == 1
    engine.close()


def test_3_the_index_is_private_and_swept(tmp_path: Path, schema: Schema) -> None:
    root = tmp_path / "index"
    engine = open_engine(f"whoosh:{root}", schema, create=True)
    fill(engine, [document("a")])
    assert {stat.S_IMODE(path.stat().st_mode) for path in (root, *root.iterdir()) if path.is_dir()} == {0o700}
    leftover = root / "whoosh-leftover"
    leftover.mkdir()
    (leftover / "manifest.json").write_text("{}")
    with engine.rebuild():
        pass
    assert len([path for path in root.iterdir() if path.is_dir()]) == 1
    engine.close()


# Whoosh leaves a file of its own open where it fails to begin.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_3_a_full_disk_changes_nothing_and_leaves_nothing(
    tmp_path: Path, schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "index"
    engine = open_engine(f"whoosh:{root}", schema, create=True)
    fill(engine, [document("a")])
    before = sorted(path.name for path in root.iterdir())

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write(transaction: Callable[[], AbstractContextManager[Writer]]) -> None:
        with transaction() as writer:
            writer.put(analyze(document("b"), schema))

    for place in ("pathlib.Path.write_bytes", "search.engines.whoosh.storage.DurableStorage.create_file"):
        for transaction in (engine.writer, engine.rebuild):
            with monkeypatch.context() as patch:
                patch.setattr(place, full)
                with pytest.raises(EngineUnavailable, match="No space left"):
                    write(transaction)
            assert sorted(path.name for path in root.iterdir()) == before
            assert [item.id for item in engine.scan(SearchRequest())] == ["a"]
    write(engine.writer)
    assert [item.id for item in engine.scan(SearchRequest())] == ["a", "b"]
    engine.close()
