"""Files read by processes of their own.

1. They give what reading here gives, in the order of the files, whatever the number of workers.
2. A reader that breaks down, hangs or takes too much memory costs its own file alone.
3. A large file of records is read by all workers together, with the same results.
4. No process outlives the run.
"""

import gzip
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import formats
from index.extracted import Extracted, Passage
from index.formats import Format, ReadContext
from index.metadata.labels import Labels
from index.runs import reading, shared_reading
from index.runs.manifest.entries import SourceFailure
from index.runs.read_results import ReadResult
from index.runs.reading import read_here
from index.runs.shared_reading import read_in_workers
from index.sources.files import SourceFile, walk
from index.sources.read_task import RUN, ReadTask
from index.workers import pool
from index.workers.limits import WorkerLimits
from search.schema import Schema

LABELS, SCHEMA = Labels(), Schema()
ROOT = Path(__file__).parents[3]


def tasks(source: Path | str) -> list[ReadTask]:
    found = ((file, formats.format_of(file)) for file in walk(str(source)))
    return [ReadTask(file, many=bool(form and form.many)) for file, form in found]


def results(read: Iterator[tuple[SourceFile, Iterator[ReadResult]]]) -> list[tuple[str, list[str]]]:
    return [
        (
            file.name,
            [f.reason if isinstance(f, SourceFailure) else f.analyzed().document.title for f in found],
        )
        for file, found in read
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(7):
        (tmp_path / f"{n}.txt").write_text(f"July {n + 1}, 1953\nTitle number {n}\n\nText.\n")
    lines = "\n".join(f'{{"id": "r{n}", "title": "Record {n}", "extra": "x"}}' for n in range(230))
    (tmp_path / "records.jsonl").write_text(lines)
    (tmp_path / "broken.txt").write_bytes(b"\x00\x01\x02")
    return tmp_path


@pytest.mark.parametrize("count", [1, 2, 5])
def test_1_workers_give_what_reading_here_gives(folder: Path, count: int) -> None:
    files = [task for task in tasks(folder) if formats.format_of(task.file)]
    expected = results(read_here(files, LABELS, SCHEMA))
    assert results(read_in_workers(files, LABELS, SCHEMA, count, readable=[str(folder)])) == expected
    assert sum(len(found) for _, found in expected) >= 237


def test_1_nothing_is_analysed_that_is_not_wanted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "analyze", lambda *_: pytest.fail("analysed"))
    assert sum(1 for _, found in read_here(tasks(folder), LABELS, SCHEMA) for _ in found) > 200


def test_4_stopping_early_leaves_no_process(folder: Path) -> None:
    read = read_in_workers(tasks(folder), LABELS, SCHEMA, 2, readable=[str(folder)])
    next(read)
    assert len(multiprocessing.active_children()) == 2
    read.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_4_workers_end_with_a_parent_that_is_killed(folder: Path) -> None:
    program = f"""if True:
        import multiprocessing, time
        from test_pool import LABELS, SCHEMA, read_in_workers, tasks
        read = read_in_workers(tasks({str(folder)!r}), LABELS, SCHEMA, 2, readable=[{str(folder)!r}])
        next(read)
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        time.sleep(60)
    """
    path = os.pathsep.join(map(str, (Path(__file__).parent, ROOT, ROOT / "tests")))
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
    ) as parent:
        assert parent.stdout
        pids = parent.stdout.readline().split()
        parent.kill()
    assert len(pids) == 2
    for _ in range(200):
        if not any(map(lives, pids)):
            return
        time.sleep(0.05)
    pytest.fail("its workers are still there")


def lives(pid: str) -> bool:
    """Whether a process runs; one that ended and that nobody asked about does not."""
    try:
        return Path("/proc", pid, "stat").read_text("ascii", "replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def records(folder: Path) -> Path:
    lines = [f'{{"id": "r{n}", "title": "Record {n}", "body": "{"word " * n}"}}' for n in range(300)]
    lines[7], lines[41], lines[45] = '{"id": broken', "not JSON", ""
    lines[80:140] = [""] * 60
    lines[200] = '{"id": "w", "title": "Kept back", "withhold": true}'
    path = folder / "records.jsonl"
    path.write_text("\n".join(lines))
    return path


def table(folder: Path) -> Path:
    path = folder / "records.csv"
    rows = [f'r{n},"Title\n{n}"' + ("," if n % 50 == 49 else "") for n in range(200)]
    path.write_text("\n".join(["id,title", *rows]))
    return path


def packed(folder: Path) -> Path:
    path = folder / "records.jsonl.gz"
    path.write_bytes(gzip.compress(records(folder).read_bytes()))
    return path


def cut_short(folder: Path) -> Path:
    path = packed(folder)
    path.write_bytes(path.read_bytes()[:-300])
    return path


def mailbox(folder: Path) -> Path:
    path = folder / "mail.mbox"
    path.write_text("\n".join(f"From x\nSubject: Message {n}\n\nText {n}.\n" for n in range(90)))
    return path


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("make", [records, table, packed, cut_short, mailbox])
def test_3_a_large_file_is_shared(
    tmp_path: Path, make: Callable[[Path], Path], count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_reading, "_SHARED_SIZE", 0)
    path = make(tmp_path)
    (tmp_path / "small.txt").write_text("Title\n\nText.")
    files = [*tasks(path), *tasks(tmp_path / "small.txt")]
    expected = results(read_here(files, LABELS, SCHEMA))
    assert results(read_in_workers(files, LABELS, SCHEMA, count, readable=[str(tmp_path)])) == expected
    assert len(expected[0][1]) > 80


def test_3_a_worker_that_breaks_leaves_what_the_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(file: SourceFile, context: ReadContext) -> Iterator[Extracted]:
        for number in range(1, 200):
            if number == 50 and context.shard.holds(number):
                os._exit(11)
            yield Extracted((Passage("paragraph", str(number)),), number=number)

    monkeypatch.setattr(shared_reading, "_SHARED_SIZE", 0)
    monkeypatch.setattr(formats, "format_of", lambda _: Format("test", (), read, many=True))
    ((_, found),) = results(read_in_workers(tasks(records(tmp_path)), LABELS, SCHEMA, 2))
    assert "crashed" in found.pop()
    assert [int(title) for title in found] == [
        n for n in range(1, 200) if n < 40 or n // RUN % 2 != 50 // RUN % 2
    ]


def test_memory_is_bounded_by_what_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_BUFFER", 1000)
    for n in range(20):
        (tmp_path / f"{n:02}.txt").write_text(f"Title {n}\n\n" + "Text. " * 1000)
    files = tasks(tmp_path)
    expected = results(read_here(files, LABELS, SCHEMA))
    assert results(read_in_workers(files, LABELS, SCHEMA, 3, readable=[str(tmp_path)])) == expected


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["dies", "hangs", "eats"])
def test_2_a_bad_file_costs_itself_alone(folder: Path, harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(file: SourceFile, _: ReadContext) -> Iterator[Extracted]:
        if file.name == "3.txt":
            match harm:
                case "dies":
                    os._exit(11)
                case "hangs":
                    time.sleep(60)
                case "eats":
                    bytearray(8 << 30)
        yield Extracted((Passage("paragraph", file.name),))

    monkeypatch.setattr(formats, "format_of", lambda _: Format("test", (), read))
    files = [task for task in tasks(folder) if task.file.suffix == ".txt"]
    started = time.monotonic()
    found = dict(
        results(read_in_workers(files, LABELS, SCHEMA, 2, WorkerLimits(seconds=1.5, memory=2 << 30)))
    )
    said = {"dies": "crashed", "hangs": "longer than 1.5 seconds", "eats": "memory"}[harm]
    assert said in found.pop("3.txt")[0].casefold()
    assert all(titles == [name] for name, titles in found.items())
    assert len(found) == 7
    assert time.monotonic() - started < 20
