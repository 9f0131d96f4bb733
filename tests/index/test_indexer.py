"""Runs: what is done, what is left alone, and what is said about it.

1. Unchanged files are not read again, and nothing is committed; only changed documents are put.
2. What is gone from below a SOURCE of the run goes; documents of other sources stay until removed.
3. Texts are read whatever their suffix; documents always have a title.
4. The report says what the whole index is like.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.metadata.labels import Labels
from search.analyzed import AnalyzedDocument
from search.engines.memory.engine import MemoryEngine, MemoryWriter
from search.errors import SettingsError
from search.request import SearchRequest
from search.schema import Schema
from tests.index.indexed import counts, document, ids, write, write_records


def test_1_a_second_run_changes_nothing(indexer: Indexer, engine: MemoryEngine, seeds: Path) -> None:
    first, second = indexer.run([str(seeds)]), indexer.run([str(seeds)])
    assert counts(first) == (5, 0, 0, 0)
    assert counts(second) == (0, 0, 5, 0)
    assert first.generation == second.generation
    assert engine.info().documents == 5


def test_1_a_changed_and_a_vanished_file(
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


def test_1_only_changed_records_are_put(schema: Schema, folder: Path) -> None:
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


def test_1_a_record_that_moves_is_known_by_its_new_place(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    write_records(folder / "r.jsonl", {"id": "a", "title": "A"})
    indexer.run([str(folder)])
    write_records(folder / "r.jsonl", {"id": "b", "title": "B"}, {"id": "a", "title": "A"})
    assert counts(indexer.run([str(folder)])) == (1, 0, 1, 0)
    assert document(engine, "a").source == "r.jsonl#2"


def test_1_records_without_id_keep_their_address(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    write_records(folder / "r.jsonl", {"title": "A"}, {"title": "B"})
    indexer.run([str(folder)])
    before = ids(engine)
    write_records(folder / "r.jsonl", {"title": "new"}, {"title": "A"}, {"title": "B"})
    assert counts(indexer.run([str(folder)])) == (1, 0, 2, 0)
    assert before < ids(engine)


def test_2_other_sources_stay_until_removed(indexer: Indexer, engine: MemoryEngine, tmp_path: Path) -> None:
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


@pytest.mark.parametrize(
    "name", ["README", "Letter to Mr. Smith", "Diary 12.05.1871", "chapter.rst", "a.log"]
)
def test_3_texts_without_a_suffix_of_their_own_are_read(
    indexer: Indexer, engine: MemoryEngine, folder: Path, name: str
) -> None:
    (folder / name).write_text("A text of some words.")
    report = indexer.run([str(folder)])
    assert (report.added, report.skipped, report.failed) == (1, (), ())
    [found] = engine.scan(SearchRequest())
    assert (found.body, found.source) == ("A text of some words.", name)


def test_1_a_record_can_move_to_another_file(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write_records(folder / "a.jsonl", {"id": "x", "title": "A"}, {"id": "y", "title": "B"})
    indexer.run([str(folder)])
    write_records(folder / "a.jsonl", {"id": "y", "title": "B"})
    write_records(folder / "b.jsonl", {"id": "x", "title": "A"})
    report = indexer.run([str(folder)])
    assert (counts(report), report.failed) == ((0, 0, 2, 0), ())
    assert document(engine, "x").source == "b.jsonl#1"


def test_1_other_labels_read_files_again(engine: MemoryEngine, schema: Schema, folder: Path) -> None:
    write(folder, a="Title: T\nRegeste: In short.\n\nText.")
    Indexer(engine, schema).run([str(folder)])
    report = Indexer(engine, schema, Labels.of({"Regeste": "summary"})).run([str(folder)])
    assert counts(report) == (0, 1, 0, 0)
    assert document(engine, "a").summary == "In short."


LONG = "The text. " * 50


def test_4_the_report_says_what_the_index_is_like(indexer: Indexer, folder: Path) -> None:
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


def test_3_documents_always_have_a_title(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    write(folder, empty="", letter="Dear Sir,\n\nThe text.")
    indexer.run([str(folder)])
    assert document(engine, "empty").title == "empty.txt"
    assert document(engine, "letter").title == "Dear Sir,"
