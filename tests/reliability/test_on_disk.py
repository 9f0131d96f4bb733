"""What was live stays live, whatever happens to the process or the files, with every store.

1. A process killed while it writes leaves the old index or the new one, whole, and nothing that stays.
2. Damage is a clear error with the cure, found at once or by verifying; a rebuild is the cure.
3. Damage stays damage: a later run does not make it look whole.
4. The index is private, and leftovers of a crash are swept away.
5. What is not the index's fault is not called damage.
"""

import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from search.analyzed import analyze
from search.engines import Engine, open_engine
from search.errors import EngineError, IndexDamaged
from search.request import Question, SearchRequest
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill
from tests.in_time import in_time
from tests.on_disk import live

TESTS = Path(__file__).parent.parent
ENVIRON = os.environ | {"PYTHONPATH": str(TESTS)}

ENDLESS_WRITER = """
import sys
from tests.archive import document
from search.analyzed import analyze
from search.engines import open_engine
from search.schema import Schema
engine = open_engine(sys.argv[1], Schema())
print("ready", flush=True)
for batch in range(1, 10_000):
    with (engine.rebuild() if batch % 3 == 0 else engine.writer()) as writer:
        for n in range(50):
            writer.put(analyze(document(f"d{n}", f"batch{batch} " * 20), engine.schema))
        writer.put_commit_data("batch", str(batch).encode())
"""


def test_1_a_killed_writer_leaves_a_whole_index(store: str, root: Path, schema: Schema) -> None:
    url = f"{store}:{root}"
    engine = open_engine(url, schema, create=True)
    fill(engine, [document(f"d{n}", "batch0 " * 20) for n in range(50)])
    engine.close()
    for seed in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", ENDLESS_WRITER, url], stdout=subprocess.PIPE, env=ENVIRON
        )
        with writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(random.Random(seed).uniform(0.02, 0.4))
            writer.send_signal(signal.SIGKILL)
        reader = open_engine(url, schema)
        assert reader.verify().problems == ()
        batches = {item.body.split()[0] for item in reader.scan(SearchRequest())}
        assert reader.info().documents == 50
        assert len(batches) == 1
        assert reader.commit_data("batch").decode() in {"", batches.pop().removeprefix("batch")}
        reader.close()
    again = open_engine(url, schema)
    fill(again, [document("new")])  # the lock died with its holder
    assert again.info().documents == 51
    again.close()
    assert [path for path in root.iterdir() if path.is_dir()] == [live(root)]


def flip(file: Path, at: float) -> None:
    content = bytearray(file.read_bytes())
    content[int(at * len(content))] ^= 1
    file.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "garbage": lambda file: file.write_bytes(b"\xff garbage" * 9),
    "truncated": lambda file: os.truncate(file, file.stat().st_size // 2),
    "longer": lambda file: file.write_bytes(file.read_bytes() + b"\0"),
    "gone": lambda file: file.unlink(),
    "first bit": lambda file: flip(file, 0),
    "middle bit": lambda file: flip(file, 0.5),
    "late bit": lambda file: flip(file, 0.99),
}
FOUND_AT_ONCE = {"empty", "garbage", "truncated", "longer", "gone"}


def use(engine: Engine) -> None:
    """Everything that reads or writes."""
    searcher = Searcher(engine)
    for text in ("war peace", '"war and peace"', "wa* -x", "author:A date:1901..1905", "waar~", ""):
        searcher.search(Question(text, facets=("author", "subject", "date"), sort="relevance"))
    assert len(list(engine.scan(SearchRequest()))) > 0
    engine.commit_data("note")
    fill(engine, [document("0-0", "war")])


@pytest.mark.parametrize("damage", DAMAGE)
def test_2_damage_to_any_file_is_a_clear_error_with_the_cure(
    engine: Engine, opened: Callable[[], Engine], root: Path, tmp_path: Path, damage: str
) -> None:
    whole = tmp_path / "whole"
    engine.close()
    shutil.copytree(root, whole)
    kinds = {file.suffix or file.name: file.name for file in live(root).iterdir() if file.stat().st_size}
    for name in {*kinds.values(), "manifest.json", "checksums.json"}:
        shutil.rmtree(root)
        shutil.copytree(whole, root)
        DAMAGE[damage](live(root) / name)
        damaged = opened()
        with in_time(60):
            problems = damaged.verify().problems
            assert any(name in problem for problem in problems), name
            try:
                use(damaged)
            except EngineError as error:
                assert "\n" not in str(error), name  # noqa: PT017 - some damage is found by verifying alone
                assert "rebuild" in str(error), name  # noqa: PT017
            else:
                assert damage not in FOUND_AT_ONCE or name == "checksums.json", name
            with damaged.rebuild() as writer:
                writer.put(analyze(document("b", "war"), Schema()))
            assert damaged.search(SearchRequest()).total == 1
            assert damaged.verify().problems == ()
        damaged.close()


@pytest.mark.parametrize("content", [b"", b"\xff garbage", b"whoosh-000000000000", b"../x", b"uhoosh-1"])
def test_2_damage_to_the_name_of_what_is_live(engine: Engine, root: Path, content: bytes) -> None:
    engine.close()
    for url in (f"{engine.name}:{root}", f"auto:{root}"):
        damaged = open_engine(url, Schema())
        (root / "CURRENT").write_bytes(content)
        with pytest.raises(IndexDamaged, match="rebuild"):
            damaged.search(SearchRequest())
        with damaged.rebuild() as writer:
            writer.put(analyze(document("b", "war"), Schema()))
        assert damaged.search(SearchRequest()).total == 1
        damaged.close()


@pytest.mark.parametrize(("before", "after"), [(b"english", b"unglish"), (b"fingerprint", b"fingerprinu")])
def test_2_damage_to_the_manifest_is_not_called_something_else(
    engine: Engine, opened: Callable[[], Engine], root: Path, before: bytes, after: bytes
) -> None:
    manifest = live(root) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(before, after))
    engine.close()
    with pytest.raises(IndexDamaged, match=r"manifest.json is not as it was written.*--rebuild"):
        opened().search(SearchRequest())


def test_2_a_hundred_flipped_bits_are_found(engine: Engine, root: Path) -> None:
    dice = random.Random(7)
    files = [file for file in live(root).iterdir() if file.stat().st_size]
    for number in range(100):
        file = files[number % len(files)]
        before = file.read_bytes()
        flip(file, dice.random())
        assert engine.verify().problems, file.name
        file.write_bytes(before)
    assert engine.verify().problems == ()


def test_3_damage_is_not_forgotten(opened: Callable[[], Engine], root: Path) -> None:
    engine = opened()
    dice = random.Random(3)  # so many words that the largest file is large, and not read when it is opened
    fill(engine, [document(f"d{n}", " ".join(str(dice.random()) for _ in range(40))) for n in range(600)])
    before = live(root).name
    file = max((file for file in live(root).iterdir()), key=lambda file: file.stat().st_size)
    shutil.copyfile(file, copy := file.with_name("copy"))  # a new file: the old one may have other links
    flip(copy, 0.4)
    copy.replace(file)
    with engine.writer() as writer:
        writer.put_commit_data("note", b"changed")
    assert live(root).name != before
    assert engine.verify().problems == (f"{file.name} is not as it was written.",)


def test_4_the_index_is_private_and_swept(engine: Engine, root: Path, store: str) -> None:
    engine.search(SearchRequest())
    assert {stat.S_IMODE(path.stat().st_mode) for path in (root, *root.iterdir()) if path.is_dir()} == {0o700}
    for leftover in ("tantivy-0123456789ab", "whoosh-0123456789ab"):
        (root / leftover).mkdir()
        (root / leftover / "segment").write_text("x")
    (root / "mine").mkdir()
    (root / "CURRENT.new").write_text("half")
    fill(engine, [document("b")])
    assert {path.name for path in root.iterdir()} == {"CURRENT", "LOCK", live(root).name, "mine"}


def test_5_what_a_reader_does_wrong_is_no_damage(engine: Engine) -> None:
    def fail() -> None:
        with engine.reading():
            engine.info()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()


def test_2_the_checksums_say_what_they_are(engine: Engine, root: Path) -> None:
    digest, files = (live(root) / "checksums.json").read_bytes().split(b"\n")
    assert len(digest) == 64
    assert set(json.loads(files)) == {
        file.name for file in live(root).iterdir() if file.suffix != ".lock" and file.name != "checksums.json"
    }
