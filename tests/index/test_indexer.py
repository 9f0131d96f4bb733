"""Runs: what is done, what is left alone, and what is said about it.

1. Unchanged files are not read again, and nothing is committed; only changed documents are put.
2. What is gone from below a SOURCE of the run goes; documents of other sources stay until removed.
3. A bad file or record is one failure with its reason; what was live of it stays live.
4. Two documents with one id: the second is a failure, until the first gives it up.
5. A rebuild keeps what the run did not read, with or without a manifest.
6. The report says what the whole index is like.
7. Of two runs at once, neither loses what the other did.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index.indexer import Indexer
from index.metadata.labels import Labels
from index.runs.manifest import MANIFEST_KEY, manifest_of
from index.runs.plan import Plan, make_plan
from search.analyzed import AnalyzedDocument
from search.document import Document
from search.engines.memory.engine import MemoryEngine, MemoryWriter
from search.errors import IndexLocked, SettingsError
from search.request import SearchRequest
from search.schema import Schema, Weights


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)


def write_records(path: Path, *records: dict[str, Any] | str) -> None:
    lines = (record if isinstance(record, str) else json.dumps(record) for record in records)
    path.write_text("\n".join(lines))


def document(engine: MemoryEngine, doc_id: str) -> Document:
    (found,) = engine.get_many([doc_id])
    assert found is not None
    return found


def ids(engine: MemoryEngine) -> set[str]:
    return {entry.id for entry in manifest_of(engine.commit_data(MANIFEST_KEY)).documents()}


def counts(report: Any) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.removed


def test_a_second_run_changes_nothing(indexer: Indexer, engine: MemoryEngine, seeds: Path) -> None:
    first, second = indexer.run([str(seeds)]), indexer.run([str(seeds)])
    assert counts(first) == (5, 0, 0, 0)
    assert counts(second) == (0, 0, 5, 0)
    assert first.generation == second.generation
    assert engine.info().documents == 5


def test_a_changed_and_a_vanished_file(
    indexer: Indexer, engine: MemoryEngine, folder: Path, seeds: Path
) -> None:
    shutil.copytree(seeds, folder, dirs_exist_ok=True)
    indexer.run([str(folder)])
    first, *_, last = sorted(folder.iterdir())
    first.write_text(first.read_text().replace("URGENT", "VERY URGENT"))
    assert counts(indexer.run([str(folder)])) == (0, 1, 4, 0)
    assert "VERY URGENT" in document(engine, first.stem).body
    last.unlink()
    assert counts(indexer.run([str(folder)])) == (0, 0, 4, 1)
    assert engine.get_many([last.stem]) == [None]


class RecordingWriter(MemoryWriter):
    """Appends the id of each document put to a list."""

    put_ids: list[str]

    def put(self, document: AnalyzedDocument) -> None:
        self.put_ids.append(document.id)
        super().put(document)


class RecordingEngine(MemoryEngine):
    """Knows the ids of the documents put by its writers."""

    def __init__(self, schema: Schema) -> None:
        super().__init__(schema)
        self.put_ids: list[str] = []

    @contextmanager
    def writer(self, text_bytes: int = 0, /) -> Iterator[MemoryWriter]:
        with super().writer(text_bytes) as writer:
            recording = RecordingWriter(**vars(writer))
            recording.put_ids = self.put_ids
            yield recording


def test_only_changed_records_are_put(schema: Schema, folder: Path) -> None:
    engine = RecordingEngine(schema)
    indexer = Indexer(engine, schema)
    records = [{"id": f"r{n}", "title": f"T{n}"} for n in range(5)]
    write_records(folder / "r.jsonl", *records)
    indexer.run([str(folder)])
    assert engine.put_ids == ["r0", "r1", "r2", "r3", "r4"]
    engine.put_ids.clear()
    records[3]["title"] = "other"
    write_records(folder / "r.jsonl", *records, {"id": "r5", "title": "T5"})
    assert counts(indexer.run([str(folder)])) == (1, 1, 4, 0)
    assert engine.put_ids == ["r3", "r5"]


def test_a_record_that_moves_is_known_by_its_new_place(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    write_records(folder / "r.jsonl", {"id": "a", "title": "A"})
    indexer.run([str(folder)])
    write_records(folder / "r.jsonl", {"id": "b", "title": "B"}, {"id": "a", "title": "A"})
    assert counts(indexer.run([str(folder)])) == (1, 0, 1, 0)
    assert document(engine, "a").source == "r.jsonl#2"


def test_records_without_id_keep_their_address(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write_records(folder / "r.jsonl", {"title": "A"}, {"title": "B"})
    indexer.run([str(folder)])
    before = ids(engine)
    write_records(folder / "r.jsonl", {"title": "new"}, {"title": "A"}, {"title": "B"})
    assert counts(indexer.run([str(folder)])) == (1, 0, 2, 0)
    assert before < ids(engine)


def test_other_sources_stay_until_removed(indexer: Indexer, engine: MemoryEngine, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for number, path in enumerate((one, two)):
        path.mkdir()
        write(path, **{f"d{number}": "Text."})
    indexer.run([str(one)])
    assert counts(indexer.run([str(two)])) == (1, 0, 0, 0)
    assert ids(engine) == {"d0", "d1"}
    assert counts(indexer.run([], removed=[str(one)])) == (0, 0, 0, 1)
    assert ids(engine) == {"d1"}
    assert engine.info().documents == 1
    with pytest.raises(SettingsError, match="two"):
        indexer.run([], removed=[str(one)])


def test_an_unreadable_file_is_one_failure(indexer: Indexer, folder: Path) -> None:
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


def test_what_becomes_unreadable_stays_live(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
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


def test_a_folder_that_cannot_be_looked_into_loses_nothing(
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


def test_a_strange_error_is_a_failure_too(
    indexer: Indexer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, a="Text.", b="Text.")

    def fails(*_: Any, **__: Any) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("index.metadata.understand.parse_header", fails)
    report = indexer.run([str(folder)])
    assert [problem.source for problem in report.failed] == ["a.txt", "b.txt"]
    assert "too deep" in report.failed[0].reason


def test_formats_that_are_not_read_are_skipped(indexer: Indexer, folder: Path) -> None:
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


def test_of_many_bad_records_some_are_listed(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
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


@pytest.mark.parametrize(
    "name", ["README", "Letter to Mr. Smith", "Diary 12.05.1871", "chapter.rst", "a.log"]
)
def test_texts_without_a_suffix_of_their_own_are_read(
    indexer: Indexer, engine: MemoryEngine, folder: Path, name: str
) -> None:
    (folder / name).write_text("A text of some words.")
    report = indexer.run([str(folder)])
    assert (report.added, report.skipped, report.failed) == (1, (), ())
    [found] = engine.scan(SearchRequest())
    assert (found.body, found.source) == ("A text of some words.", name)


def test_the_second_document_with_an_id_is_a_failure(
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


def test_one_id_twice_in_one_file(indexer: Indexer, folder: Path) -> None:
    write_records(folder / "r.jsonl", {"id": "x", "title": "A"}, {"id": "x", "title": "B"})
    report = indexer.run([str(folder)])
    assert (report.added, [problem.source for problem in report.failed]) == (1, ["r.jsonl#2"])


def test_a_record_can_move_to_another_file(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write_records(folder / "a.jsonl", {"id": "x", "title": "A"}, {"id": "y", "title": "B"})
    indexer.run([str(folder)])
    write_records(folder / "a.jsonl", {"id": "y", "title": "B"})
    write_records(folder / "b.jsonl", {"id": "x", "title": "A"})
    report = indexer.run([str(folder)])
    assert (counts(report), report.failed) == ((0, 0, 2, 0), ())
    assert document(engine, "x").source == "b.jsonl#1"


def test_a_rebuild_keeps_what_it_does_not_read(
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


def test_other_labels_read_files_again(engine: MemoryEngine, schema: Schema, folder: Path) -> None:
    write(folder, a="Title: T\nRegeste: In short.\n\nText.")
    Indexer(engine, schema).run([str(folder)])
    report = Indexer(engine, schema, Labels.of({"Regeste": "summary"})).run([str(folder)])
    assert counts(report) == (0, 1, 0, 0)
    assert document(engine, "a").summary == "In short."


@pytest.mark.parametrize("state", [b"", b"\xff\x00rubbish", b"\x81\xa6format\x63"])
def test_a_manifest_need_not_be_readable(state: bytes) -> None:
    assert not manifest_of(state).roots


def test_without_a_manifest_everything_is_read_again(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    write(folder, a="Text.")
    indexer.run([str(folder)])
    with engine.writer() as writer:
        writer.put_commit_data(MANIFEST_KEY, b"rubbish")
    assert counts(indexer.run([str(folder)])) == (1, 0, 0, 0)
    assert engine.info().documents == 1


@pytest.mark.parametrize("note", [b"", b"rubbish"])
def test_a_rebuild_without_a_manifest_loses_nothing(
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
def test_a_run_that_ends_during_another_is_not_lost(
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


def test_a_run_while_another_writes_says_so(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, a="Text.")
    with engine.writer(), pytest.raises(IndexLocked):
        indexer.run([str(folder)])
    assert indexer.run([str(folder)]).added == 1


LONG = "The text. " * 50


def test_the_report_says_what_the_index_is_like(indexer: Indexer, folder: Path) -> None:
    write(
        folder,
        letter=f"Letter from A. Smith to Jones\n\n4 July 1953\n\n{LONG}",
        copy=f"Letter from A. Smith to Jones\n\n4 July 1953\n\n{LONG.upper()}",
        strange="On Works\n\nDate: the day after Easter\n\nThe  TEXT.",
        empty="",
    )
    (folder / "r.csv").write_text("id,title,authors\nr,,Smith\n")
    report = indexer.run([str(folder)])
    assert (report.documents, report.undated, report.date_not_understood) == (5, 2, 1)
    assert (report.no_author, report.no_title, report.no_text) == (2, 2, ("empty", "r"))
    assert report.duplicates == (("copy", "letter"),)
    assert report.name_candidates == (("A. Smith", "Smith"),)
    assert indexer.run([str(folder)]).duplicates == report.duplicates


def test_documents_always_have_a_title(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, empty="", letter="Dear Sir,\n\nThe text.")
    indexer.run([str(folder)])
    assert document(engine, "empty").title == "empty.txt"
    assert document(engine, "letter").title == "Dear Sir,"


def test_an_index_of_another_schema_is_rebuilt(tmp_path: Path, folder: Path) -> None:
    from search.engines import open_engine  # noqa: PLC0415

    write(folder, a="Text.")
    url = f"whoosh:{tmp_path / 'index'}"
    for schema in (Schema(), Schema(weights=Weights(header=5))):
        engine = open_engine(url, schema, create=True)
        report = Indexer(engine, schema).run([str(folder)])
        assert report.documents == 1
        assert not engine.info().stale
        engine.close()
