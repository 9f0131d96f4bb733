"""A folder of which half is bad: what can be read is indexed, and of the rest it is said why not.

1. Each file is indexed, or failed or passed over with its reason in one line; the exit code is 1.
2. Nothing outside the folder is read.
3. A second run says the same and changes nothing.
4. Once what is bad is gone, the exit code is 0.
"""

import json
import os
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from index.indexer import Indexer
from index.runs.report import IndexReport
from index.sources.files import printable
from search.commit_data.health_report import SourceProblem
from search.document import Document, to_bytes
from search.engines import open_engine
from search.request import SearchRequest
from search.schema import Schema
from tests.files import W, docx, packed, pdf, word_paragraph

pytestmark = pytest.mark.slow

SECRET = "xyzzyplugh"
GIGABYTE = 1 << 30

ODD_BAD = b"new\nline \x1b[31m\xff.txt"
FAILED = {
    "bad/dangling.txt": "It cannot be opened: No such file or directory.",
    "bad/loop.txt": "It cannot be opened: Too many levels of symbolic links.",
    "bad/binary.txt": "It holds binary data, not text.",
    "bad/locked.docx": "It is password-protected.",
    "bad/cut.docx": "broken or cut short",
    "bad/cut.pdf": "cut short",
    "bad/bomb.docx": "may be a bomb",
    "bad/laughs.xml": "unpacks itself without end",
    "bad/sparse.txt": "It is larger than 256 MB",
    "twins.csv#2": "Another document of this file has the id 'twin' already.",
}
"""What cannot be read, and a part of the reason; and a file whose name is odd as well."""
SKIPPED = {
    "bad/pipe.txt": "It is a pipe, a socket or a device, not a file.",
    "bad/out.txt": "It is a link that leads out of the folder.",
    "bad/outside": "It is a link that leads out of the folder.",
    "picture.png": "The format .png is not read; it is a picture; make it a PDF with text by ocrmypdf.",
}
INDEXED = {
    "good/letter.txt": "wholesome",
    "records.csv#1": "recorded once",
    "records.csv#2": "recorded twice",
    "twins.csv#1": "firstborn",
    "good/disguised.txt": "portable",
    "good/plain.pdf": "honest",
    "good/deep/empty.txt": "",
    "bad/external.xml": "External",
    "bad/office.docx": "External",
}
"""What is indexed, and words of each."""
ODD_NAMES = {
    b"two words.txt": "spaced",
    b"two\nlines.txt": "lineated",
    "smile 😀.txt".encode(): "smiling",
    "שלום.txt".encode(): "peaceful",
    "evil\u202etxt.exe.txt".encode(): "overridden",
    b"latin\xe9.txt": "accented",
}


def _encrypted(data: bytes) -> bytes:
    """The same ZIP file, with the flag set that says its members are locked."""
    found = bytearray(data)
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(magic)
        while at >= 0:
            struct.pack_into("<H", found, at + flags, struct.unpack_from("<H", found, at + flags)[0] | 1)
            at = found.find(magic, at + 4)
    return bytes(found)


def _bomb() -> bytes:
    return docx(word_paragraph("a" * (8 << 20)))


def _build(outside: Path) -> Path:
    """The folder, half of it bad, and beside it a secret."""
    (outside / "secret.txt").write_text(f"{SECRET} is the password.\n")
    (outside / "private").mkdir()
    (outside / "private" / "more.txt").write_text(f"{SECRET} again.\n")
    top = outside / "archive"
    (top / "bad").mkdir(parents=True)
    (top / "good" / "deep").mkdir(parents=True)
    _fill_good(top)
    _fill_bad(top, outside)
    return top


def _fill_good(top: Path) -> None:
    (top / "good" / "letter.txt").write_text("Title: A Letter\nDate: July 4, 1953\n\nA wholesome text.\n")
    (top / "records.csv").write_text("id,title,body\nr1,One,recorded once\nr2,Two,recorded twice\n")
    (top / "good" / "deep" / "empty.txt").write_text("")
    (top / "good" / "disguised.txt").write_bytes(pdf([[(50, 700, 12, "A portable text of some length.")]]))
    (top / "good" / "plain.pdf").write_text("Title: No PDF\n\nAn honest text.\n")
    (top / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name, word in ODD_NAMES.items():
        (top / os.fsdecode(name)).write_text(f"A {word} text.\n")


def _fill_bad(top: Path, outside: Path) -> None:
    bad = top / "bad"
    (bad / "dangling.txt").symlink_to(bad / "nowhere.txt")
    (bad / "loop.txt").symlink_to(bad / "loop.txt")
    (bad / "round").symlink_to(top)
    (bad / "out.txt").symlink_to(outside / "secret.txt")
    (bad / "outside").symlink_to(outside / "private")
    (top / "twins.csv").write_text("id,title,body\ntwin,First,firstborn\ntwin,Second,latecomer\n")
    (bad / os.fsdecode(ODD_BAD)).write_bytes(b"\0")
    (bad / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (bad / "locked.docx").write_bytes(_encrypted(docx(word_paragraph("locked"))))
    (bad / "cut.docx").write_bytes(docx(word_paragraph("cut short"))[:-40])
    (bad / "cut.pdf").write_bytes(pdf([[(50, 700, 12, "cut short")]])[:200])
    (bad / "bomb.docx").write_bytes(_bomb())
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(10))
    (bad / "laughs.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY l0 "ha">{laughs}]>'
        "<TEI><teiHeader/><text><body><p>&l10;</p></body></text></TEI>"
    )
    secret = (outside / "secret.txt").as_uri()
    external = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret}">]>'
    (bad / "external.xml").write_text(
        f'<?xml version="1.0"?>{external}<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>'
        "<text><body><p>External &x; entity.</p></body></text></TEI>"
    )
    body = f"<w:document {W}><w:body>{word_paragraph('External &x; entity.')}</w:body></w:document>"
    body = external.replace("TEI", "w:document") + body
    (bad / "office.docx").write_bytes(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": body}))
    os.mkfifo(bad / "pipe.txt")
    (bad / "sparse.txt").touch()
    os.truncate(bad / "sparse.txt", GIGABYTE)


@dataclass
class Runs:
    """What two runs said, and what the index holds after them."""

    first: IndexReport
    second: IndexReport
    documents: list[Document]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, schema: Schema) -> Runs:
    outside = tmp_path_factory.mktemp("outside")
    top = _build(outside)
    engine = open_engine(f"whoosh:{outside / 'index'}", schema, create=True)
    try:
        first, second = (Indexer(engine, schema, workers=2).run([str(top)]) for _ in range(2))
        ids = [hit.id for hit in engine.search(SearchRequest(limit=100)).hits]
        documents = [document for document in engine.get_many(ids) if document]
    finally:
        engine.close()
    return Runs(first, second, documents)


def _reasons(problems: Iterable[SourceProblem]) -> dict[str, str]:
    return {problem.source: problem.reason for problem in problems}


def test_1_what_can_be_read_is_indexed(runs: Runs) -> None:
    found = {document.source: document.body for document in runs.documents}
    expected = INDEXED | {printable(os.fsdecode(name)): word for name, word in ODD_NAMES.items()}
    assert found.keys() == expected.keys()
    for source, words in expected.items():
        assert words in found[source], source
    assert runs.first.added == runs.first.documents == len(expected)
    assert runs.first.no_text == ("good~deep~empty",)


def test_1_the_rest_has_its_reason(runs: Runs) -> None:
    failed = _reasons(runs.first.failed)
    assert len(failed) == len(FAILED) + 1
    for source, reason in FAILED.items():
        assert reason in failed[source], source
    assert _reasons(runs.first.skipped) == SKIPPED
    assert all(len(reason.splitlines()) == 1 for reason in failed.values())


def test_1_each_failure_is_one_line_on_the_screen(runs: Runs) -> None:
    screen = runs.first.to_screen(index="whoosh:index")
    assert "\x1b" not in screen
    told = screen.split("could not be indexed:\n")[1].split("skipped:")[0].splitlines()[:-1]
    assert all(line.startswith("    ") for line in told)
    assert len(told) == 11  # ten, and that there is one more
    assert any("new" in line and "binary data" in line for line in told)


def test_2_nothing_outside_is_read(runs: Runs) -> None:
    for document in runs.documents:
        assert SECRET.encode() not in to_bytes(document)
    assert SECRET not in runs.first.to_json()
    assert not any("out" in document.source.split("/")[-1] for document in runs.documents)


def test_3_a_second_run_says_the_same_and_changes_nothing(runs: Runs) -> None:
    first, second = runs.first, runs.second
    assert (second.added, second.changed, second.removed) == (0, 0, 0)
    assert (second.unchanged, second.generation) == (first.documents, first.generation)
    assert _reasons(second.failed) == _reasons(first.failed)
    assert _reasons(second.skipped) == _reasons(first.skipped)


def test_4_the_exit_code_tells_until_all_is_well(run_command: Callable[..., Result], tmp_path: Path) -> None:
    top = _build(tmp_path)
    result = run_command(top, "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    assert len(report["failed"]) == len(FAILED) + 1
    assert SECRET not in result.stdout
    assert run_command(top).exit_code == 1

    for name in (*FAILED, f"bad/{os.fsdecode(ODD_BAD)}"):
        (top / name.partition("#")[0]).unlink()
    result = run_command(top, "--json")
    again = json.loads(result.stdout)
    assert (result.exit_code, again["failed"]) == (0, [])
    assert again["documents"] == report["documents"] - 1  # twins.csv went with its good half
    assert run_command(top).exit_code == 0
