"""The content decides what a file is, where its name says something else.

1. A file is read as what it is.
2. What is known not to be read is skipped, whatever it is called, and the report says why.
3. An empty file is a document by its name; one without bounds is a failure.
4. Every file of a collection of real ones is indexed.
"""

import gzip
import os
import resource
from pathlib import Path

import pytest

from index.extracted import ReadError
from index.formats import FORMATS, ReadContext, format_of, why_not_read
from index.formats.registry import BY_SUFFIX
from index.formats.support import content
from index.indexer import Indexer
from search.engines.memory import MemoryEngine
from tests.files import docx, epub, odt, packed, pdf, source_file, word_paragraph

HTML = b"<!-- saved --><!DOCTYPE html><html><p>x</p></html>"
SAMPLES = {
    ".pdf": pdf([[(50, 700, 12, "Text.")]]),
    ".docx": docx(word_paragraph("Text.")),
    ".odt": odt("<text:p>Text.</text:p>"),
    ".epub": epub({"a.xhtml": "<p>Text.</p>"}),
    ".rtf": rb"{\rtf1 Text.}",
    ".html": HTML,
    ".txt": b"Text.",
}


@pytest.mark.parametrize("called", [".txt", ".pdf", ".docx", ".html", ".rtf", ".doc", ""])
@pytest.mark.parametrize("suffix", SAMPLES)
def test_1_the_content_decides(tmp_path: Path, suffix: str, called: str) -> None:
    path = tmp_path / f"a{called}"
    path.write_bytes(SAMPLES[suffix])
    unmarked = {".html"} if suffix == ".txt" else set()  # which may have no marks at all
    if suffix == ".txt" and called == ".doc":
        assert format_of(source_file(path)) is None
    else:
        assert format_of(source_file(path)) is BY_SUFFIX[called if called in unmarked else suffix]


@pytest.mark.parametrize(
    ("called", "data", "suffix"),
    [
        ("a.jsonl", gzip.compress(b'{"title": "a"}', mtime=0), ".jsonl"),
        ("a.md", b"# Only <html> inside", ".md"),
        ("a.txt", b"About %PDF-1.4 files", ".txt"),
        ("a.txt", "\ufeff<html>x".encode("utf-16"), ".html"),
        ("a.txt", "я" * 3000, ".txt"),
        ("a.pdf", b"junk\n%PDF-1.4", ".pdf"),
        ("a.pdf", b"\0\1\2", ".pdf"),
        ("a.pdf", "你" * 3000, ".txt"),
        ("a.txt", b"<?xml version='1.0'?><!-- c --><TEI xmlns='x'>", ".xml"),
        ("a.xml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>", ".html"),
        ("a.txt", b"<manifest> is a word too", ".txt"),
        ("a.txt", b"RIFFRAFF", ".txt"),
        ("a.txt", b"MZ are his initials", ".txt"),
    ],
)
def test_1_readers(tmp_path: Path, called: str, data: bytes | str, suffix: str) -> None:
    (tmp_path / called).write_bytes(data.encode() if isinstance(data, str) else data)
    assert format_of(source_file(tmp_path / called)) is BY_SUFFIX[suffix]


@pytest.mark.parametrize(
    ("called", "data", "reason"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n\0", "It is a PNG image, which is not read."),
        ("a.pdf", b"\xff\xd8\xff\xe0", "It is a JPEG image, which is not read."),
        ("a.txt", b"MZ" + bytes(100), "It is a program, which is not read."),
        ("a.txt", b"SQLite format 3\0", "It is an SQLite database, which is not read."),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "It is an old binary document of Microsoft Office"),
        ("a.txt", b"\0\1\0\0Standard Jet DB\0", "It is an Access database"),
        ("a.txt", gzip.compress(b"x", mtime=0), "It is a gzip archive, which is not read."),
        ("a.txt", packed({"mimetype": "y"}), "It is a ZIP archive of another kind, which is not read."),
        (
            "a.docx",
            packed({"ppt/presentation.xml": "y"}),
            "It is a ZIP archive of another kind, which is not read.",
        ),
        ("a.txt", b"PK\x03\x04", "It is a broken ZIP archive, which is not read."),
        ("a.mp3", b"ID3\4", "The format .mp3 is not read."),
        ("a.css", b"p {}", "The format .css is not read."),
        ("~$a.docx", b"\5Anna Berg", "It is the lock of a document that is open in an office program."),
    ],
)
def test_2_what_is_not_read_is_skipped(
    indexer: Indexer, folder: Path, called: str, data: bytes, reason: str
) -> None:
    (folder / called).write_bytes(data)
    assert why_not_read(source_file(folder / called)).startswith(reason)
    report = indexer.run([str(folder)])
    assert [problem.source for problem in report.skipped] == [called]
    assert report.failed == ()


@pytest.mark.parametrize(
    "suffix", sorted(name for form in FORMATS if form.name != "XML" for name in form.all_suffixes)
)
def test_3_empty_files(indexer: Indexer, engine: MemoryEngine, folder: Path, suffix: str) -> None:
    (folder / f"a{suffix}").write_bytes(b"")
    report = indexer.run([str(folder)])
    assert report.failed == ()
    if not BY_SUFFIX[suffix].many:
        assert report.no_text == ("a",)
        (document,) = engine.get_many(["a"])
        assert document is not None
        assert document.title == f"a{suffix}"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".rtf", ".eml", ".pdf", ".docx", ".epub"])
def test_3_a_file_without_bounds_is_not_loaded(folder: Path, suffix: str) -> None:
    start = SAMPLES.get(suffix, b"")[:20]
    with (folder / f"a{suffix}").open("wb") as stream:
        stream.write(start)
        stream.truncate(1 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file = source_file(folder / f"a{suffix}")
    form = format_of(file)
    assert form is not None
    with pytest.raises(ReadError, match=r"larger than|table of contents"):
        list(form.read(file, ReadContext()))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KB


def test_3_text_has_a_limit(indexer: Indexer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MAX_WHOLE_BYTES", 1 << 20)
    (folder / "a.txt").write_bytes(b"x" * (1 << 20))
    (folder / "b.txt").write_bytes(b"x" * ((1 << 20) + 1))
    report = indexer.run([str(folder)])
    assert [problem.reason for problem in report.failed] == [
        "It is larger than 1 MB, the most that is read of such a file."
    ]
    assert report.documents == 1


@pytest.mark.slow
def test_4_real_files(indexer: Indexer) -> None:
    folder = Path(os.environ.get("OPIS_DATA", "")) / "formats"
    if "OPIS_DATA" not in os.environ or not folder.is_dir():
        pytest.skip("set OPIS_DATA to a folder with formats/")
    report = indexer.run([str(folder)])
    assert report.failed == ()
    assert report.documents >= len([path for path in folder.rglob("*.*") if path.suffix in BY_SUFFIX])
