"""What befalls disks and folders takes nothing out of an index, whether one looks on or not.

1. A folder that is emptied, unmounted or gone for a while keeps its documents.
2. A file that is gone, or turns into another kind of thing, between two looks ends no run.
3. A disk for the index that is full changes nothing.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.runs import source_comparison
from index.sources.files import SourceFile, walk
from index.workers.limits import WorkerLimits
from search.engines import open_engine
from search.engines.memory import MemoryEngine
from search.schema import Schema
from tests.in_time import in_time

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
ENVIRON = os.environ | {"PYTHONPATH": str(ROOT)}
FILES = 30


def fill(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for n in range(FILES):
        (folder / f"{n:02}.txt").write_text(f"Title {n}\n\nText number {n}.")


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "index", *map(str, arguments)]


def index(source: Path, where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(source, "--index", f"whoosh:{where}", "--json"),
        check=False,
        capture_output=True,
        text=True,
        env=ENVIRON,
        timeout=120,
    )


def documents(where: Path) -> int:
    engine = open_engine(f"whoosh:{where}", Schema())
    try:
        return engine.info().documents
    finally:
        engine.close()


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Callable[[], None]]:
    """A small disk at a folder; gives what unmounts it. Skips where one may not mount."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a disk, and not in every container")
    here = [True]

    def unmount() -> None:
        if here:
            subprocess.run(["umount", str(folder)], check=True)
            here.clear()

    try:
        yield unmount
    finally:
        unmount()


def test_1_a_disk_that_is_not_mounted(tmp_path: Path) -> None:
    source, where = tmp_path / "disk", tmp_path / "index"
    with mounted(source, "4m") as unmount:
        fill(source)
        assert json.loads(index(source, where).stdout)["added"] == FILES
        unmount()
        refused = index(source, where)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "--allow-removal" in refused.stderr
        assert documents(where) == FILES


def test_2_files_that_change_between_two_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schema: Schema
) -> None:
    def walked(source: str) -> Iterator[SourceFile]:
        files = list(walk(source))
        (tmp_path / "source" / "03.txt").unlink(missing_ok=True)  # gone since it was listed
        if (fifo := tmp_path / "source" / "04.txt").is_file():  # opening it would wait forever
            fifo.unlink()
            os.mkfifo(fifo)
        if (folder := tmp_path / "source" / "05.txt").is_file():
            folder.unlink()
            folder.mkdir()
        yield from files

    fill(tmp_path / "source")
    monkeypatch.setattr(source_comparison, "walk", walked)
    engine = MemoryEngine(schema)
    with in_time(60):
        report = Indexer(engine, schema, workers=2, limits=WorkerLimits(seconds=3)).run(
            [str(tmp_path / "source")]
        )
    assert report.documents == FILES - 3
    assert {one.source for one in (*report.failed, *report.skipped)} == {"03.txt", "04.txt", "05.txt"}


def test_3_a_disk_that_is_full(tmp_path: Path) -> None:
    source, disk = tmp_path / "source", tmp_path / "disk"
    fill(source)
    with mounted(disk, "1m"):
        assert index(source, disk / "index").returncode == 0
        for n in range(8):
            (source / f"large{n}.txt").write_text("\n".join(f"w{n}x{k}" for k in range(8_000)))
        refused = index(source, disk / "index")
        assert refused.returncode == 3
        assert len(refused.stderr.strip().splitlines()) == 1
        assert documents(disk / "index") == FILES
        for path in source.glob("large*"):
            path.unlink()
        (source / "new.txt").write_text("New.")
        assert json.loads(index(source, disk / "index").stdout)["documents"] == FILES + 1
