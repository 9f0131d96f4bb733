"""An index and the manifest beside it, which is another file, are always of one commit.

1. A run that is killed, at a random moment or between the steps of its commit, leaves the old index or the
   new one, with the manifest that was written with it; the next run reads only what has changed.
2. So does a disk that fills.
3. While a run goes on, others read the manifest without waiting.
4. Damage to the manifest is found by verifying, and the cure that is named works.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.runs.listing import listed
from index.runs.manifest.database import NAME
from index.runs.manifest.states import next_manifest
from index.runs.read_results import document_key
from index.verification import verify
from search.engines import Engine, open_engine
from search.errors import IndexDamaged
from search.request import SearchRequest
from search.schema import Schema
from search.settings import Settings
from tests.index.indexed import counts, entries

ROOT = Path(__file__).parent.parent.parent
ENVIRON = os.environ | {"PYTHONPATH": str(ROOT)}
FILES = 40

RUN = """
import os, resource, signal, sys
from importlib import import_module
from index.indexer import Indexer
from search.engines import open_engine
from search.errors import EngineUnavailable
from search.schema import Schema
url, source, rebuild, step, when, limit = sys.argv[1:]
if step:
    module, _, name = step.partition(":")
    owner, _, last = name.rpartition(".")
    owner = getattr(import_module(module), owner) if owner else import_module(module)
    real = getattr(owner, last)
    def killed(*arguments, **options):
        if when == "after":
            real(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(owner, last, killed)
engine = open_engine(url, Schema(), create=True)
print("ready", flush=True)
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit),) * 2)
try:
    Indexer(engine, Schema()).run([source], rebuild=bool(rebuild))
except EngineUnavailable as error:
    sys.exit(str(error))
"""

STEPS = [
    ("index.runs.manifest.next_manifest:NextManifest.end", "before"),
    ("index.runs.manifest.next_manifest:NextManifest.end", "after"),
    ("search.engines.disk.generations:record", "before"),
    ("search.engines.disk.generations:Generations._make_live", "after"),
    ("index.runs.manifest.states:_forget_earlier", "before"),
    ("index.runs.manifest.states:_forget_earlier", "after"),
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    write(folder, 0)
    return folder


def write(folder: Path, turn: int) -> None:
    """Files of which in each turn some are new, some changed, some gone and some the same."""
    for number in range(FILES):
        text = f"Title {number}\n\nText of {turn if number % 2 else 'always'}."
        (folder / f"{number + turn * (number % 5 == 0):02}.txt").write_text(text)
    for path in sorted(folder.iterdir())[: max(0, turn - 1) * 2 : 2]:
        path.unlink()


def start(
    url: str, source: Path, *, rebuild: bool = False, step: str = "", when: str = "", limit: str = ""
) -> subprocess.Popen[str]:
    arguments = [url, str(source), "yes" if rebuild else "", step, when, limit]
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", RUN, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRON,
        text=True,
    )


def assert_they_agree(url: str) -> None:
    """The manifest is not lost, and has the documents of the index, each as it is there."""
    engine = open_engine(url, Schema())
    try:
        assert engine.verify().problems == ()
        found = {item.id: document_key(item) for item in engine.scan(SearchRequest())}
        assert found == {doc_id: entry.key for doc_id, entry in entries(engine).items()}
        assert found
    finally:
        engine.close()


def run(url: str, source: Path) -> tuple[int, int, int, int]:
    engine = open_engine(url, Schema(), create=True)
    try:
        return counts(Indexer(engine, Schema()).run([str(source)]))
    finally:
        engine.close()


@pytest.mark.slow
def test_1_killed_at_random_moments(store: str, root: Path, source: Path) -> None:
    url, dice = f"{store}:{root}", random.Random(1)
    run(url, source)
    for turn in range(1, 13):
        write(source, turn)
        with start(url, source, rebuild=turn % 3 == 0) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.uniform(0, 0.4))
            process.send_signal(signal.SIGKILL)
        assert_they_agree(url)
    run(url, source)
    assert_they_agree(url)
    assert run(url, source) == (0, 0, len(list(source.iterdir())), 0)


def test_1_killed_between_the_steps(store: str, root: Path, source: Path) -> None:
    url = f"{store}:{root}"
    run(url, source)
    for turn, (step, when) in enumerate(STEPS, 1):
        write(source, turn)
        with start(url, source, rebuild=turn % 2 == 0, step=step, when=when) as process:
            process.communicate(timeout=60)
            assert process.returncode == -signal.SIGKILL
        assert_they_agree(url)
    run(url, source)
    assert run(url, source) == (0, 0, len(list(source.iterdir())), 0)


@pytest.mark.parametrize("limit", ["1000", "100000"])
def test_2_a_disk_that_fills(store: str, root: Path, source: Path, limit: str) -> None:
    url = f"{store}:{root}"
    run(url, source)
    records = "\n".join(f'{{"id": "{n:0200}", "title": "Record {n}"}}' for n in range(1500))
    (source / "records.jsonl").write_text(records)
    with start(url, source, limit=limit) as process:
        _, message = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "nothing was changed" in message
    assert_they_agree(url)
    assert run(url, source) == (1500, 0, FILES, 0)
    assert_they_agree(url)


def test_3_others_read_it_meanwhile(opened: Callable[[], Engine], source: Path) -> None:
    engine = opened()
    Indexer(engine, Schema()).run([str(source)])
    undated = list(listed("undated", engine))
    folder, state = engine.local_folder(), engine.commit_data("sources")
    reading = listed("undated", engine)
    next(reading)
    with next_manifest(folder, state) as manifest:
        manifest.leave_out([(str(source), "01.txt")])
        assert list(listed("undated", engine)) == undated
        manifest.end_files()
        manifest.end({})
    assert len(list(reading)) == len(undated) - 1


def test_4_damage(store: str, root: Path, source: Path) -> None:
    url = f"{store}:{root}"
    run(url, source)
    assert verify(url, Settings()).problems == ()
    database = root / NAME
    content = database.read_bytes()
    database.write_bytes(content[:4096] + bytes(len(content) - 4096))
    [problem] = verify(url, Settings()).problems
    assert problem.startswith(f"{NAME} is not as it was written")
    with pytest.raises(IndexDamaged, match="remove this file"):
        run(url, source)
    database.unlink()
    assert run(url, source) == (FILES, 0, 0, 0)
    assert_they_agree(url)
    assert verify(url, Settings()).problems == ()


def test_4_a_rebuild_is_a_cure_too(store: str, root: Path, source: Path) -> None:
    url = f"{store}:{root}"
    run(url, source)
    content = (root / NAME).read_bytes()
    (root / NAME).write_bytes(content[:4096] + bytes(len(content) - 4096))
    engine = open_engine(url, Schema())
    Indexer(engine, Schema()).run([str(source)], rebuild=True)
    engine.close()
    assert_they_agree(url)
    assert verify(url, Settings()).problems == ()
