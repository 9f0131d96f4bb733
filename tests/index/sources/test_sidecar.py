"""Sidecars (`<file>.meta.toml`) and metadata tables (`metadata.csv`).

1. They override and add to the fields of the file; the nearer overrides the farther.
2. A withheld file is not indexed, and is removed if it was; a broken sidecar never reveals one.
3. A changed sidecar has its file read again, and no other.
4. A broken one, or one without its file, is a failure with a reason, and what was indexed stays.
"""

import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from index.indexer import Indexer
from search.engines.memory import MemoryEngine
from tests.index.indexed import document, ids


def failed(report: Any) -> list[tuple[str, str]]:
    return [(problem.source, problem.reason) for problem in report.failed]


@pytest.fixture
def letter(folder: Path) -> Path:
    path = folder / "letter.txt"
    path.write_text("Title: Old\nAuthor: A. Smith\n\nThe text.")
    return path


def write_sidecar(path: Path, text: str) -> None:
    path.with_name(f"{path.name}.meta.toml").write_text(text)


def test_1_a_sidecar_overrides_and_adds(
    indexer: Indexer, engine: MemoryEngine, folder: Path, letter: Path
) -> None:
    write_sidecar(
        letter,
        'title = "New"\ndate = 1951-07-10\nkeywords = "a, b"\nreference = "Box 3"\n'
        'classification = "Secret"\ncredits = "Given by C."\nshelf = 7\n',
    )
    report = indexer.run([str(folder)])
    found = document(engine, "letter")
    assert (found.title, found.authors, found.subjects) == ("New", ("A. Smith",), ("a", "b"))
    assert found.date is not None
    assert found.date.earliest_iso == "1951-07-10"
    assert found.reference is not None
    assert (found.reference.text, found.classification, found.credits) == ("Box 3", "Secret", "Given by C.")
    assert found.extra["shelf"] == "7"
    assert (report.added, report.failed, report.skipped) == (1, (), ())


def test_1_a_body_takes_the_place_of_the_text(
    indexer: Indexer, engine: MemoryEngine, folder: Path, letter: Path
) -> None:
    write_sidecar(letter, 'title = "New"\nbody = "One.\\n\\nTwo."')
    indexer.run([str(folder)])
    assert document(engine, "letter").body == "One.\n\nTwo."


def test_1_the_nearer_is_believed(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    for name in ("x", "y", "z"):
        (inner / f"{name}.txt").write_text("The text.")
    (folder / "metadata.csv").write_text(
        "File,Title,Place\na/b/x.txt,far,Berlin\n./a/b/y.txt,far,\na/b/z.txt,far,Paris\n"
    )
    (inner / "metadata.csv").write_text("file;title\ny.txt;near\nz.txt;near\n")
    write_sidecar(inner / "z.txt", 'title = "own"')
    report = indexer.run([str(folder)])
    found = {name: document(engine, f"a~b~{name}") for name in "xyz"}
    assert [found[name].title for name in "xyz"] == ["far", "near", "own"]
    assert [found[name].place for name in "xyz"] == ["Berlin", "", "Paris"]
    assert ids(engine) == {"a~b~x", "a~b~y", "a~b~z"}
    assert not report.failed


def test_1_names_written_on_another_system(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / unicodedata.normalize("NFD", "Müller.txt")).write_text("The text.")
    (folder / "metadata.csv").write_text(
        f"file,withhold\na\\{unicodedata.normalize('NFC', 'Müller.txt')},1\n"
    )
    report = indexer.run([str(folder)])
    assert (report.documents, failed(report)) == (0, [])


@pytest.mark.parametrize("word", ["true", '"yes"', "1", '" TRUE "'])
def test_2_what_is_withheld_goes_and_comes_back(
    indexer: Indexer, engine: MemoryEngine, folder: Path, letter: Path, word: str
) -> None:
    assert indexer.run([str(folder)]).documents == 1
    write_sidecar(letter, f"withhold = {word}")
    report = indexer.run([str(folder)])
    assert (report.removed, report.documents) == (1, 0)
    assert [problem.reason for problem in report.skipped] == ["It is withheld by letter.txt.meta.toml."]
    assert indexer.run([str(folder)], rebuild=True).documents == 0
    write_sidecar(letter, "withhold = false")
    assert indexer.run([str(folder)]).documents == 1


def test_2_any_sidecar_can_withhold(indexer: Indexer, folder: Path, letter: Path) -> None:
    (folder / "metadata.csv").write_text("file,withhold\nletter.txt,Yes\n")
    write_sidecar(letter, "withhold = false")
    assert indexer.run([str(folder)]).documents == 0


def test_2_a_file_given_alone_is_withheld_too(indexer: Indexer, folder: Path, letter: Path) -> None:
    (folder / "metadata.csv").write_text("file,withhold\nletter.txt,Yes\nother.txt,\n")
    report = indexer.run([str(letter)])
    assert (report.documents, failed(report)) == (0, [])


def test_2_records_and_front_matter_withhold(indexer: Indexer, engine: MemoryEngine, folder: Path) -> None:
    (folder / "r.jsonl").write_text(
        '{"id": "a", "withhold": true}\n{"id": "b", "withhold": "perhaps"}\n{"id": "c", "withhold": false}\n'
    )
    (folder / "m.md").write_text("---\nwithhold: true\n---\nText")
    report = indexer.run([str(folder)])
    assert ids(engine) == {"c"}
    assert [source for source, _ in failed(report)] == ["r.jsonl#2"]


def test_1_the_top_folder_makes_do_for_a_collection(
    indexer: Indexer, engine: MemoryEngine, folder: Path, letter: Path
) -> None:
    (folder / "Fond 5" / "1951").mkdir(parents=True)
    (folder / "Fond 5" / "1951" / "a.txt").write_text("The text.")
    (folder / "Fond 5" / "r.jsonl").write_text('{"id": "b", "collection": "Own", "title": "x"}')
    indexer.run([str(folder)])
    found = [document(engine, doc_id).collection for doc_id in ("letter", "Fond-5~1951~a", "b")]
    assert found == ["", "Fond 5", "Own"]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("letter.txt.meta.toml", "title = ", "not valid TOML"),
        ("letter.txt.meta.toml", 'withhold = "perhaps"', "neither true nor false"),
        ("letter.txt.meta.toml", "\0", "cannot be read"),
        ("metadata.csv", "name,withhold\nletter.txt,1\n", "no column file"),
        ("metadata.csv", "file,withhold\nletter.txt,1,2\n", "3 cells"),
        ("metadata.csv", 'file,withhold\n"letter.txt"x,1\n', "no CSV"),
        ("metadata.csv", "file,withhold,Withhold\nletter.txt,1,\n", "a column twice"),
        ("metadata.csv", "file,withhold\n,1\n", "names no file"),
        ("metadata.csv", "file,withhold\nletter.txt,perhaps\n", "neither true nor false"),
        ("metadata.csv", "file,title\nletter.txt,a\nletter.txt,b\n", "Rows 1 and 2"),
        ("METADATA.CSV", "", "no column file"),
    ],
)
def test_4_a_broken_sidecar_keeps_its_file_as_it_was(
    indexer: Indexer, engine: MemoryEngine, letter: Path, name: str, text: str, reason: str
) -> None:
    folder = letter.parent
    (folder / name).write_text(text)
    report = indexer.run([str(folder)])
    assert report.documents == 0
    assert any(source == "letter.txt" and reason in why for source, why in failed(report))
    (folder / name).unlink()
    assert indexer.run([str(folder)]).documents == 1
    (folder / name).write_text(text)
    letter.write_text("Changed.")
    for rebuild in (False, True):
        report = indexer.run([str(folder)], rebuild=rebuild)
        assert (report.documents, report.removed, bool(report.failed)) == (1, 0, True)
        assert document(engine, "letter").title == "Old"


def test_3_a_changed_sidecar_has_its_file_read(
    indexer: Indexer, engine: MemoryEngine, folder: Path, letter: Path
) -> None:
    (folder / "other.txt").write_text("Other.")
    table = folder / "metadata.csv"
    table.write_text("file,place\nletter.txt,Berlin\nother.txt,Paris\n")
    indexer.run([str(folder)])
    before = indexer.run([str(folder)])
    assert (before.changed, before.unchanged) == (0, 2)
    table.write_text("file,place\nletter.txt,Vienna\nother.txt,Paris\n")
    report = indexer.run([str(folder)])
    assert (report.changed, report.unchanged) == (1, 1)
    table.unlink()
    assert indexer.run([str(folder)]).changed == 2
    assert document(engine, "letter").place == ""


def test_4_metadata_without_its_file_is_a_failure(indexer: Indexer, folder: Path, letter: Path) -> None:
    write_sidecar(folder / "gone.txt", 'title = "x"')
    (folder / "metadata.csv").write_text(
        f"file,title\nletter.txt,x\nlost.txt,y\n../{folder.name}.txt,z\n{'n' * 5000},long\n"
    )
    (folder.parent / f"{folder.name}.txt").write_text("Outside.")
    report = indexer.run([str(folder)])
    assert report.documents == 1
    assert [source for source, _ in failed(report)] == ["gone.txt.meta.toml", *["metadata.csv"] * 3]
    assert all("does not exist" in reason for _, reason in failed(report))


def test_4_a_sidecar_is_not_read_outside_the_folder(
    indexer: Indexer, folder: Path, tmp_path: Path, letter: Path
) -> None:
    (tmp_path / "secret.toml").write_text('title = "secret"')
    os.symlink(tmp_path / "secret.toml", folder / "letter.txt.meta.toml")
    report = indexer.run([str(folder)])
    assert report.documents == 0
    assert "leads out of the folder" in failed(report)[0][1]
