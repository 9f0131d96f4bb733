"""Files of one name in one folder.

1. A transcript and its scans are one document, with the transcript's text and all files.
2. Nothing of a scan is lost: what the transcript lacks follows it; without a transcript it is the document.
3. Files that come and go later change the document.
4. Other files of one name are documents of their own, whose ids do not change when another comes.
"""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.runs.report import IndexReport
from search.document import Document
from search.engines.memory import MemoryEngine
from search.request import SearchRequest
from tests.files import docx, packed, pdf

LETTER = "The barge was lost with all its grain near Orsova"
JPEG = b"\xff\xd8\xff\xe0"


def scan(*pages: str) -> bytes:
    return pdf([[(50, 700, 11, text)] for text in pages])


@pytest.fixture
def index(indexer: Indexer, folder: Path) -> Callable[[], IndexReport]:
    return lambda: indexer.run([str(folder)], allow_removal=True)


def documents(engine: MemoryEngine) -> dict[str, Document]:
    return {document.id: document for document in engine.scan(SearchRequest())}


TRANSCRIPTS = {
    "txt": LETTER.encode(),
    "md": LETTER.encode(),
    "html": f"<p>{LETTER}</p>".encode(),
    "rtf": rb"{\rtf1 " + LETTER.encode() + b"}",
    "docx": docx(f"<w:p><w:r><w:t>{LETTER}</w:t></w:r></w:p>"),
    "xml": f"<TEI><text><body><p>{LETTER}</p></body></text></TEI>".encode(),
}


@pytest.mark.parametrize("suffix", TRANSCRIPTS)
@pytest.mark.parametrize(
    "scans", [{"pdf": scan(LETTER)}, {"jpg": JPEG}, {"PDF": scan(LETTER), "tif": b"II*\0"}]
)
def test_1_a_transcript_and_its_scans(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path, suffix: str, scans: dict[str, bytes]
) -> None:
    for name, data in {suffix: TRANSCRIPTS[suffix], **scans}.items():
        (folder / f"barge.{name}").write_bytes(data)
    report = index()
    assert (report.failed, report.skipped, report.remarks) == ((), (), ())
    (found,) = documents(engine).values()
    assert (found.id, found.source) == ("barge", f"barge.{suffix}")
    assert LETTER in found.body
    assert found.body.count("Orsova") == 1
    assert found.files == tuple(f"barge.{name}" for name in (suffix, *scans))
    assert index().unchanged == 1


def test_1_inside_an_archive(index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path) -> None:
    (folder / "a.zip").write_bytes(packed({"b/barge.txt": LETTER, "b/barge.pdf": scan(LETTER)}))
    assert index().failed == ()
    (found,) = documents(engine).values()
    assert found.files == ("a.zip/b/barge.txt", "a.zip/b/barge.pdf")


def test_1_metadata_beside_any_of_them(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    (folder / "barge.txt").write_text(LETTER)
    (folder / "barge.pdf").write_bytes(scan(LETTER))
    (folder / "metadata.csv").write_text("file,title,place\nbarge.pdf,Scan,Orsova\nbarge.txt,The barge,\n")
    index()
    assert [(one.title, one.place) for one in documents(engine).values()] == [("The barge", "Orsova")]
    (folder / "metadata.csv").write_text("file,withhold\nbarge.pdf,yes\n")
    assert index().removed == 1
    assert documents(engine) == {}


@pytest.mark.parametrize("word", ["true", "perhaps"])
def test_1_what_front_matter_withholds_has_no_scan_in_the_index(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path, word: str
) -> None:
    (folder / "barge.md").write_text(f"---\nwithhold: {word}\n---\n{LETTER}")
    (folder / "barge.pdf").write_bytes(scan(LETTER))
    index()
    assert documents(engine) == {}


def test_2_text_that_the_transcript_lacks_follows_it(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    (folder / "barge.txt").write_text(LETTER)
    (folder / "barge.pdf").write_bytes(scan(LETTER, "A postscript about salted fish"))
    (remark,) = index().remarks
    assert remark.source == "barge.txt"
    (found,) = documents(engine).values()
    assert found.body == f"{LETTER}\n\nbarge.pdf\n\nA postscript about salted fish"
    assert [found.body[b.start : b.end] for b in found.blocks][1:] == [
        "barge.pdf", "A postscript about salted fish",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "transcript",
    [
        ("docx", b"PK\3\4 broken"),
        ("txt", b""),
        ("xml", b"<TEI><text><body><div type='letter' xml:id='a'><head>A</head><p>One.</p></div>"
                b"<div type='letter' xml:id='b'><head>B</head><p>Two.</p></div></body></text></TEI>"),
    ],
    ids=["broken", "empty", "a volume"],
)  # fmt: skip
def test_2_without_a_transcript_the_scan_is_read(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path, transcript: tuple[str, bytes]
) -> None:
    suffix, data = transcript
    (folder / f"barge.{suffix}").write_bytes(data)
    (folder / "barge.pdf").write_bytes(scan(LETTER))
    index()
    assert any(LETTER in document.body for document in documents(engine).values())


def test_2_a_broken_scan_does_not_harm_its_transcript(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    (folder / "barge.txt").write_text(LETTER)
    (folder / "barge.pdf").write_bytes(b"%PDF-1.4 broken")
    report = index()
    assert (report.failed, [problem.source for problem in report.remarks]) == ((), ["barge.txt"])
    assert [document.body for document in documents(engine).values()] == [LETTER]


def test_3_files_that_come_and_go(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    text, picture = folder / "barge.txt", folder / "barge.pdf"
    picture.write_bytes(scan("The barge was 1ost with a11 its grain"))
    index()
    text.write_text(LETTER)
    report = index()
    assert (report.added, report.changed, report.removed) == (0, 1, 0)
    assert documents(engine)["barge"].body == LETTER
    picture.write_bytes(scan("Something else entirely, of another year"))
    assert index().changed == 1
    text.unlink()
    assert index().changed == 1
    (found,) = documents(engine).values()
    assert (found.source, found.files) == ("barge.pdf", ())


@pytest.mark.parametrize("order", list(permutations(["txt", "md", "html"])))
def test_4_ids_do_not_change_when_another_file_comes(
    index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path, order: tuple[str, ...]
) -> None:
    known: dict[str, str] = {}
    for suffix in order:
        (folder / f"barge.{suffix}").write_text(f"<p>Text of {suffix}</p>")
        assert index().failed == ()
        found = {document.source: document.id for document in documents(engine).values()}
        assert found.items() >= known.items()
        known = found
    assert sorted(known.values()) == sorted(["barge", *(f"barge.{suffix}" for suffix in order[1:])])
    assert index().unchanged == 3
    (folder / f"barge.{order[0]}").unlink()
    assert index().removed == 1
    assert {document.id for document in documents(engine).values()} == {
        f"barge.{suffix}" for suffix in order[1:]
    }


def test_4_all_at_once_and_rebuilt(
    indexer: Indexer, index: Callable[[], IndexReport], engine: MemoryEngine, folder: Path
) -> None:
    for suffix in ("txt", "md"):
        (folder / f"barge.{suffix}").write_text(f"Text of {suffix}")
    (folder / "a.zip").write_bytes(packed({"one.txt": "One.", "one.md": "Two."}))
    assert index().failed == ()
    before = {document.source: document.id for document in documents(engine).values()}
    assert before["barge.md"] == "barge"
    assert before["barge.txt"] == "barge.txt"
    assert len(before) == 4
    indexer.run([str(folder)], rebuild=True)
    assert {document.source: document.id for document in documents(engine).values()} == before
