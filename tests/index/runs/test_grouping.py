"""Files that are one document: which belong together, and what is said of them beside them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.indexer import Indexer
from index.runs.grouping import Candidate, grouped, natural_key
from index.runs.inspection import FileInspection, Inspected, Inspector
from index.sources.files import walk
from index.sources.sidecar import Statements
from search.engines.memory import MemoryEngine
from search.request import SearchRequest
from tests.index.formats.scans import METS, alto, line


def groups(folder: Path) -> dict[str, list[str]]:
    """Name of each group -> names of its members."""
    files = list(walk(str(folder)))
    answers = Inspector().inspect([FileInspection(file, Statements()) for file in files])
    candidates = [
        Candidate(file, answer)
        for file, answer in zip(files, answers, strict=True)
        if isinstance(answer, Inspected)
    ]
    found = grouped(candidates, folder=folder.is_dir())
    return {group.name: [member.file.name for member in group.members] for group in found}


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(alto(line("page", name)))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_numbers_in_names_are_sorted_as_numbers(numbers: list[int]) -> None:
    names = [f"page {number}b" for number in numbers]
    assert sorted(names, key=natural_key) == [f"page {number}b" for number in sorted(numbers)]


def test_every_file_is_in_one_group(folder: Path) -> None:
    write(folder, "a/p10.xml", "a/p9.xml", "b/text/b.xml", "b/text/a.xml", "b/text/c.xml", "c.xml")
    (folder / "b" / "mets.xml").write_text(METS)
    (folder / "a" / "note.txt").write_text("Rye.")
    assert groups(folder) == {
        "a/note.txt": [],
        "b/mets.xml": ["b/text/b.xml", "b/text/a.xml"],
        "a/ALTO pages": ["a/p9.xml", "a/p10.xml"],
        "b/text/c.xml": [],
        "c.xml": [],
    }


def test_a_source_that_is_a_page_is_that_page(folder: Path) -> None:
    write(folder, "p1.xml", "p2.xml")
    assert groups(folder / "p1.xml") == {"p1.xml": []}


def test_a_page_that_is_described_or_withheld_is_no_member(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    write(folder, "p1.xml", "p2.xml", "p3.xml", "p4.xml")
    (folder / "metadata.csv").write_text("file,title,withhold\np2.xml,Bill,\np3.xml,,yes\n")
    report = indexer.run([str(folder)])
    texts = {document.title: document.body for document in engine.scan(SearchRequest())}
    assert texts == {"Bill": "page p2.xml", "archive": "page p1.xml\n\npage p4.xml"}
    assert [problem.source for problem in report.skipped] == ["p3.xml"]


@pytest.mark.parametrize("name", ["p1.xml", "p2.xml"])
def test_a_page_that_goes_changes_its_document(
    indexer: Indexer, engine: MemoryEngine, folder: Path, name: str
) -> None:
    write(folder, "p1.xml", "p2.xml", "p3.xml")
    indexer.run([str(folder)])
    (folder / name).unlink()
    report = indexer.run([str(folder)])
    assert (report.documents, report.changed, report.removed) == (1, 1, 0)
    (document,) = engine.scan(SearchRequest())
    assert name not in document.body
