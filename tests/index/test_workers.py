"""Files read by processes of their own.

1. They give what reading here gives, in the order of the files, whatever the number of workers.
2. A reader that breaks down, hangs or takes too much memory costs its own file alone.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import formats
from index.extracted import Extracted, Passage
from index.labels import Labels
from index.manifest import Failure
from index.reading import Found
from index.source import SourceFile, walk
from index.workers import Limits, read_here, read_in_workers
from search.schema import Schema

LABELS, SCHEMA = Labels(), Schema()


def results(read: Iterator[tuple[SourceFile, Iterator[Found]]]) -> list[tuple[str, list[str]]]:
    return [
        (file.name, [f.reason if isinstance(f, Failure) else f.analyzed().document.title for f in found])
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
    files = [file for file in walk(str(folder)) if formats.reader_of(file)]
    expected = results(read_here(files, LABELS, SCHEMA))
    assert results(read_in_workers(files, LABELS, SCHEMA, count)) == expected
    assert sum(len(found) for _, found in expected) >= 237


def test_1_stopping_early_leaves_no_process(folder: Path) -> None:
    files = list(walk(str(folder)))
    read = read_in_workers(files, LABELS, SCHEMA, 2)
    next(read)
    read.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("harm", ["dies", "hangs", "eats"])
def test_2_a_bad_file_costs_itself_alone(folder: Path, harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(file: SourceFile) -> Iterator[Extracted]:
        if file.name == "3.txt":
            match harm:
                case "dies":
                    os._exit(11)
                case "hangs":
                    time.sleep(60)
                case "eats":
                    bytearray(8 << 30)
        yield Extracted((Passage("paragraph", file.name),))

    monkeypatch.setattr(formats, "reader_of", lambda _: read)
    files = [file for file in walk(str(folder)) if file.suffix == ".txt"]
    started = time.monotonic()
    found = dict(results(read_in_workers(files, LABELS, SCHEMA, 2, Limits(seconds=1.5, memory=2 << 30))))
    said = {"dies": "broke down", "hangs": "longer than 1.5 seconds", "eats": "memory"}[harm]
    assert said in found.pop("3.txt")[0].casefold()
    assert all(titles == [name] for name, titles in found.items())
    assert len(found) == 7
    assert time.monotonic() - started < 20
