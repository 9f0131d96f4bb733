"""Files that are not read, in a run.

1. A bad file or record is one failure with its reason; what was live of it stays live.
2. A format that is not read is skipped, with the reason.
3. Two documents with one id: the second is a failure, until the first gives it up.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from index.indexer import Indexer
from search.engines.memory.engine import MemoryEngine
from tests.index.indexed import counts, document, ids, write, write_records


def test_1_an_unreadable_file_is_one_failure(indexer: Indexer, folder: Path) -> None:
    write(folder, good="Text.")
    (folder / "bad.txt").write_bytes(b"MZ\0")
    (folder / "dangling.txt").symlink_to(folder / "gone.txt")
    (folder / "broken.jsonl.gz").write_bytes(b"no gzip")
    for _ in range(2):
        report = indexer.run([str(folder)])
        assert report.documents == 1
        assert sorted(problem.source for problem in report.failed) == [
            "bad.txt",
            "broken.jsonl.gz",
            "dangling.txt",
        ]
        assert all(problem.reason.endswith(".") for problem in report.failed)


def test_1_what_becomes_unreadable_stays_live(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, a="Text.")
    write_records(folder / "r.jsonl", {"id": "r1", "title": "A"}, {"id": "r2", "title": "B"})
    indexer.run([str(folder)])
    (folder / "a.txt").write_bytes(b"\0")
    write_records(folder / "r.jsonl", {"id": "r1", "title": "new"}, "{broken")
    report = indexer.run([str(folder)])
    assert counts(report) == (0, 1, 2, 0)
    assert len(report.failed) == 2
    assert document(engine, "a").body == "Text."
    assert document(engine, "r2").title == "B"
    write_records(folder / "r.jsonl", {"id": "r1", "title": "new"})
    assert counts(indexer.run([str(folder)])) == (0, 0, 2, 1)


def test_1_a_folder_that_cannot_be_looked_into_loses_nothing(
    indexer: Indexer, engine: MemoryEngine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sub").mkdir()
    write(folder, a="Text.")
    write(folder / "sub", b="Text.")
    indexer.run([str(folder)])
    scandir = os.scandir

    def refuse(path: Path) -> Any:
        if Path(path).name == "sub":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    report = indexer.run([str(folder)])
    assert counts(report) == (0, 0, 2, 0)
    assert [(p.source, p.reason) for p in report.failed] == [
        ("sub", "It cannot be opened: Permission denied.")
    ]
    assert ids(engine) == {"a", "sub~b"}


def test_1_a_strange_error_is_a_failure_too(
    indexer: Indexer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a="Text.", b="Text.")

    def fails(*_: Any, **__: Any) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("index.metadata.understand.parse_header", fails)
    report = indexer.run([str(folder)])
    assert [problem.source for problem in report.failed] == ["a.txt", "b.txt"]
    assert "too deep" in report.failed[0].reason


def test_2_formats_that_are_not_read_are_skipped(indexer: Indexer, folder: Path) -> None:
    (folder / "photo.tiff").write_bytes(b"II*\0")
    (folder / "catalog").write_bytes(b"\0\1\2")
    (folder / "notes.let").write_text("Text.")
    report = indexer.run([str(folder)])
    assert [(problem.source, problem.reason) for problem in report.skipped] == [
        ("catalog", "A file without a suffix is read only if it is text."),
        ("notes.let", "The format .let is not read; it is text, and is read if it is called .txt."),
        ("photo.tiff", "The format .tiff is not read; it is a picture; make it a PDF with text by ocrmypdf."),
    ]
    assert not report.failed


def test_1_of_many_bad_records_some_are_listed(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    lines = ['{"title": "A"}', *["broken"] * 500, '{"title": "B"}', *["5"] * 10]
    (folder / "records.jsonl").write_text("\n".join(lines))
    report = indexer.run([str(folder)])
    assert report.added == 2
    assert [problem.source for problem in report.failed[:2]] == ["records.jsonl#2", "records.jsonl#3"]
    assert len(report.failed) == 21
    assert (report.failed[20].source, report.failed[20].reason) == (
        "records.jsonl",
        "490 more of its records failed.",
    )


def test_3_the_second_document_with_an_id_is_a_failure(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    (folder / "a.md").write_text("---\nid: a\n---\nFrom the first")
    (folder / "b.md").write_text("---\nid: a\n---\nFrom the second")
    for _ in range(2):
        report = indexer.run([str(folder)])
        assert [problem.source for problem in report.failed] == ["b.md"]
        assert "a.md" in report.failed[0].reason
        assert document(engine, "a").body == "From the first"
    (folder / "a.md").unlink()
    assert not indexer.run([str(folder)]).failed
    assert document(engine, "a").body == "From the second"


def test_3_one_id_twice_in_one_file(indexer: Indexer, folder: Path) -> None:
    write_records(folder / "r.jsonl", {"id": "x", "title": "A"}, {"id": "x", "title": "B"})
    report = indexer.run([str(folder)])
    assert (report.added, [problem.source for problem in report.failed]) == (1, ["r.jsonl#2"])
