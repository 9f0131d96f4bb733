"""`opis-index --watch`, in processes of their own, with real disks and signals.

1. A source that goes away and comes back, at the start or later, unmounted or deleted, keeps its documents.
2. An index that is locked, gone, damaged or on a full disk is waited for, which is said once.
3. Settings and aliases that change hold from then on; settings that cannot be used change nothing.
4. A signal ends it, between runs and within one, with its exit code and a whole index.
5. Burst and stream of files are few runs, of which none loses a file.
6. With --json each report is a line on stdout; the log is on stderr.
"""

import json
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import open_engine
from search.schema import Schema
from tests.in_time import in_time
from tests.reliability.test_disks import FILES, documents, fill, mounted
from tests.reliability.watching import Watching, watching

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _bound() -> Iterator[None]:
    with in_time(240):
        yield


@pytest.fixture
def source(tmp_path: Path) -> Path:
    fill(tmp_path / "source")
    return tmp_path / "source"


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def watched(source: Path, where: Path) -> Iterator[Watching]:
    """A watcher that has made its first run."""
    with watching(source, "--index", f"whoosh:{where}") as it:
        it.message("Watching", str(source))
        assert it.run()["added"] == FILES
        yield it


def test_1_a_folder_that_goes_is_emptied_and_comes_back(
    watched: Watching, source: Path, where: Path, tmp_path: Path
) -> None:
    source.rename(tmp_path / "away")
    watched.message("is away (No such file or directory)")
    source.mkdir()
    watched.message("30 of the 30 documents", "--allow-removal")
    shutil.rmtree(source)
    watched.message("is away")
    assert documents(where) == FILES
    (tmp_path / "away").rename(source)
    (source / "new.txt").write_text("New.")
    watched.message("is back")
    found = watched.run()
    assert (found["documents"], found["removed"]) == (FILES + 1, 0)


def test_1_a_disk_that_is_mounted_after_the_start(tmp_path: Path, where: Path) -> None:
    source, other = tmp_path / "disk", tmp_path / "other"
    fill(other)
    with watching(source / "letters", other, "--index", f"whoosh:{where}") as it:
        it.message("Watching 2 sources")
        it.message("letters", "is away")
        assert it.run()["documents"] == FILES
        with mounted(source, "4m") as unmount:
            (source / "letters").mkdir()
            (source / "letters" / "a.txt").write_text("Text.")
            it.message("letters", "is back")
            assert it.run()["documents"] == FILES + 1
            unmount()
            it.message("letters", "is away")
        (other / "b.txt").write_text("Text.")
        assert it.run()["documents"] == FILES + 2


def test_2_an_index_that_another_run_writes_to(watched: Watching, source: Path, where: Path) -> None:
    engine = open_engine(f"whoosh:{where}", Schema())
    with engine.writer():
        (source / "new.txt").write_text("New.")
        assert watched.message("Another process is writing")["level"] == "warning"
    engine.close()
    watched.message("up to date again")
    assert watched.run()["added"] == 1


def test_2_an_index_that_is_gone_for_a_while(watched: Watching, source: Path, where: Path) -> None:
    where.rename(where.with_name("away"))
    (source / "new.txt").write_text("New.")
    assert watched.message("There is no index")["level"] == "error"
    assert not where.exists()
    where.with_name("away").rename(where)
    watched.message("up to date again")
    assert watched.run()["documents"] == FILES + 1


def test_2_an_index_that_is_damaged(watched: Watching, source: Path, where: Path) -> None:
    [segment] = where.glob("*/*.seg")
    whole = segment.read_bytes()
    segment.write_bytes(b"")
    (source / "new.txt").write_text("New.")
    assert watched.message("is damaged", "--rebuild")["level"] == "error"
    segment.write_bytes(whole)
    watched.message("up to date again")
    assert watched.run()["documents"] == FILES + 1


def test_2_a_disk_that_is_full(tmp_path: Path, source: Path) -> None:
    disk = tmp_path / "small"
    with mounted(disk, "2m"), watching(source, "--index", f"whoosh:{disk / 'index'}") as it:
        it.message("Watching")
        it.run()
        (disk / "ballast").write_bytes(bytes(1 << 20))
        for n in range(8):
            (source / f"large{n}.txt").write_text("\n".join(f"w{n}x{k}" for k in range(8_000)))
        assert it.message("make room")["level"] == "error"
        (disk / "ballast").unlink()
        for path in source.glob("large*"):
            path.unlink()
        (source / "new.txt").write_text("New.")
        it.message("up to date again")
        assert it.run()["documents"] == FILES + 1
        it.stop()


def test_3_settings_and_aliases(tmp_path: Path, source: Path) -> None:
    (source / "00.txt").write_text("Regestenart: Brief an Kuznetsov\n\nText.")
    settings = tmp_path / "opis.toml"
    settings.write_text('index = "whoosh:index"\n')
    with watching(source, cwd=tmp_path) as it:
        it.message("Watching")
        it.run()
        settings.write_text('index = "whoosh:index"\n[labels]\nRegestenart = "type"\n')
        it.message("opis.toml have changed")
        assert it.run()["changed"] >= 1
        settings.write_text("[labels")
        it.message("cannot be read", "hold")
        settings.unlink()
        it.message("are gone")
        (source / "aliases.txt").write_text("Kuznetsov; Kusnezow\n")
        it.run()
    engine = open_engine(f"whoosh:{tmp_path / 'index'}", Schema())
    assert b"Kusnezow" in engine.commit_data("aliases")
    engine.close()


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)])
def test_4_signals_between_runs(watched: Watching, where: Path, how: signal.Signals, code: int) -> None:
    assert watched.process.poll() is None
    ended, [line] = watched.stop(how)
    assert (ended, line["message"].split(".")[0]) == (code, "Stopped")
    assert documents(where) == FILES


def test_4_a_signal_within_a_run(watched: Watching, source: Path, where: Path) -> None:
    for number in range(500):
        (source / f"n{number}.txt").write_text(f"word{number} " * 2000)
    time.sleep(0.6)
    ended, lines = watched.stop()
    assert ended == 143
    assert lines[-1]["message"].startswith("Stopped")
    engine = open_engine(f"whoosh:{where}", Schema())
    assert engine.verify().problems == ()
    assert engine.info().documents in {FILES, FILES + 500}
    engine.close()


def test_5_a_stream_and_a_burst(source: Path, where: Path) -> None:
    with watching(
        source, "--index", f"whoosh:{where}", OPIS_WATCH_QUIET_SECONDS="2", OPIS_WATCH_LONGEST_SECONDS="4"
    ) as it:
        it.message("Watching")
        generations = [it.run()["generation"]]
        for number in range(50):
            (source / f".part.{number}").write_text("half")
            (source / f"stream{number}.txt").write_text(f"Stream {number}.")
            time.sleep(0.2)
        for number in range(500):
            (source / f"burst{number}.txt").write_text(f"Burst {number}.")
        for path in source.glob(".part.*"):
            path.rename(source / f"whole{path.suffix}.txt")
        count = FILES
        while count < FILES + 600:
            found = it.run()
            count = found["documents"]
            generations.append(found["generation"])
        assert len(set(generations)) <= 8
    assert documents(where) == FILES + 600


def test_6_reports_as_json(source: Path, where: Path) -> None:
    with watching(source, "--index", f"whoosh:{where}", "--json", OPIS_LOG="text") as it:
        assert it.process.stdout is not None
        assert json.loads(it.process.stdout.readline())["added"] == FILES
        (source / "bad.txt").write_bytes(b"\0")
        report = json.loads(it.process.stdout.readline())
        assert [failure["source"] for failure in report["failed"]] == ["bad.txt"]
        it.process.terminate()
        _, log = it.process.communicate(timeout=60)
    runs = [line for line in log.splitlines() if " run added=" in line]
    assert len(runs) == 2
    assert ' failure source=bad.txt reason="It holds binary data, not text."' in log


def test_6_reports_that_cannot_be_written_end_nothing(source: Path, where: Path) -> None:
    with (
        Path("/dev/full").open("w") as full,
        watching(source, "--index", f"whoosh:{where}", "--json", stdout=full) as it,
    ):
        it.message("Watching")
        it.run()
        it.message("The output cannot be written: No space left on device.")
        (source / "new.txt").write_text("New.")
        assert it.run()["added"] == 1
        it.stop()


def test_the_command_line_is_checked(source: Path, where: Path) -> None:
    for arguments in (["--verify"], ["--remove", str(source)], ["--list", "failed"], ["--index", "nonsense"]):
        with watching(source, "--index", f"whoosh:{where}", *arguments) as it:
            _, errors = it.process.communicate(timeout=60)
            assert it.process.returncode == 2, errors
