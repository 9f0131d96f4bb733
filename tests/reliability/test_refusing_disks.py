"""What was live stays live, whatever the disk refuses, with every store.

1. A disk that refuses changes nothing and leaves nothing; the error says what to do.
2. Where the file system has no links, everything works.
3. An error after a commit takes nothing away.
"""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from search.analyzed import analyze
from search.engines import Engine, Writer
from search.errors import EngineUnavailable
from search.request import SearchRequest
from search.schema import Schema
from tests.archive import document, fill
from tests.on_disk import live, names

TESTS = Path(__file__).parent.parent
ENVIRON = os.environ | {"PYTHONPATH": str(TESTS)}


def refuse(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def put_one(transaction: Callable[[], AbstractContextManager[Writer]], schema: Schema) -> None:
    with transaction() as writer:
        writer.put(analyze(document("new"), schema))


# Whoosh leaves a file of its own open where it fails to begin.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("transaction", ["writer", "rebuild"])
@pytest.mark.parametrize(
    "place",
    [
        "pathlib.Path.mkdir",
        "pathlib.Path.write_bytes",
        "pathlib.Path.write_text",
        "search.engines.whoosh.storage.DurableStorage.create_file",
        "os.fsync",
    ],
)
def test_1_a_full_disk_changes_nothing_and_leaves_nothing(
    engine: Engine, root: Path, monkeypatch: pytest.MonkeyPatch, place: str, transaction: str
) -> None:
    if "whoosh" in place and engine.name != "whoosh":
        pytest.skip("another store's files")
    before, documents = names(root), list(engine.scan(SearchRequest()))
    with monkeypatch.context() as patch:
        patch.setattr(place, refuse)
        with pytest.raises(EngineUnavailable, match=r"No space left.*make room"):
            put_one(getattr(engine, transaction), engine.schema)
    assert names(root) == before
    assert list(engine.scan(SearchRequest())) == documents
    put_one(engine.writer, engine.schema)
    assert engine.info().documents == len(documents) + 1


# A limit on the size of files refuses as a full disk does: within the library, in whatever thread.
REFUSED_WRITER = """
import resource, sys
from random import Random
from tests.archive import document
from search.analyzed import analyze
from search.engines import open_engine
from search.errors import EngineUnavailable
from search.schema import Schema
engine, dice = open_engine(sys.argv[1], Schema()), Random(1)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    with getattr(engine, sys.argv[3])() as writer:
        for n in range(400):
            text = " ".join(str(dice.randrange(10**6)) for _ in range(100))
            writer.put(analyze(document(f"new{n}", text), engine.schema))
except EngineUnavailable as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("transaction", ["writer", "rebuild"])
@pytest.mark.parametrize("limit", [1_000, 30_000, 150_000])
def test_1_nor_does_one_that_fills_while_the_library_writes(
    engine: Engine, root: Path, transaction: str, limit: int
) -> None:
    before, documents = names(root), engine.info().documents
    command = [sys.executable, "-W", "ignore", "-c", REFUSED_WRITER, f"{engine.name}:{root}"]
    ended = subprocess.run(
        [*command, str(limit), transaction],
        check=False,
        env=ENVIRON,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "File too large); nothing was changed: raise the limit" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert names(root) == before
    assert engine.info().documents == documents


def test_2_without_links(engine: Engine, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr("os.link", refuse_links)
    before = engine.info().documents
    for name in ("new", "newer"):
        fill(engine, [document(name)])
    assert engine.info().documents == before + 2
    assert engine.verify().problems == ()
    assert {path.stat().st_nlink for path in live(root).iterdir()} == {1}


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(errno.EIO, "I/O error")])
def test_3_an_error_after_the_commit_takes_nothing_away(
    engine: Engine, root: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException | type[BaseException]
) -> None:
    from search.engines.disk import generations  # noqa: PLC0415 - patched

    sync = generations.sync

    def fail(path: Path) -> None:
        sync(path)
        if path == root:  # the last thing to be synced
            raise error

    monkeypatch.setattr(generations, "sync", fail)
    with pytest.raises((KeyboardInterrupt, EngineUnavailable)):
        put_one(engine.writer, engine.schema)
    monkeypatch.undo()
    assert engine.get_many(["new"]) != [None]
    assert engine.verify().problems == ()
