"""TEI that is broken or hostile.

1. Entities of files are not read; those that name a character are.
2. What is broken is one failure, and what was live of it stays.
3. Errors that XML does not call fatal are told, and the file is read.
4. Of a volume that is cut short, the complete documents are read, and the failure is told.
"""

import gzip
from pathlib import Path

import pytest

from index.extracted import ReadError
from index.formats.support import stream
from index.formats.tei import divisions as tei_parts
from index.indexer import Indexer
from search.engines.memory import MemoryEngine
from search.request import SearchRequest
from tests.files import only, read
from tests.index.formats.samples import VOLUME


def body(text: str) -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{text}</body></text></TEI>'


def test_1_a_foreign_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    text = f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{tmp_path}/secret"><!ENTITY y "why">]>' + body(
        "<p>A &x; &y; b</p>"
    )
    found = only(tmp_path / "v.xml", text.encode())
    assert [passage.text for passage in found.passages] == ["A &x; &y; b"]


def test_1_names_of_characters_are_read(tmp_path: Path) -> None:
    text = '<!DOCTYPE TEI SYSTEM "tei.dtd">' + body("<p>A&mdash;b</p>")
    assert only(tmp_path / "v.xml", text.encode()).passages[0].text == "A—b"


LAUGHS = '<!ENTITY l0 "lol">' + "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12)
)


@pytest.mark.parametrize(
    "text",
    [
        VOLUME[:-200],
        VOLUME.replace("</closer>", "</opener>", 1),
        "<TEI><teiHeader/></TEI>",
        f"<!DOCTYPE TEI [{LAUGHS}]><TEI a='&l9;'><text><p>&l9;</p></text></TEI>",
        body("<p>" * 5000 + "</p>" * 5000),
        "\0" * 100,
        gzip.compress(VOLUME.encode())[:-40],
    ],
    ids=["truncated", "crossed", "empty", "laughs", "deep", "zeros", "gzip"],
)
def test_2_what_is_broken_is_one_failure_and_stays(
    indexer: Indexer, engine: MemoryEngine, folder: Path, text: str | bytes
) -> None:
    (folder / "v.xml").write_text(VOLUME)
    assert indexer.run([str(folder)]).documents == 3
    (folder / "v.xml").write_bytes(text.encode() if isinstance(text, str) else text)
    report = indexer.run([str(folder)])
    assert (report.documents, report.removed) == (3, 0)
    assert [problem.source for problem in (*report.failed, *report.skipped)] == ["v.xml"]


def test_2_lengths_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_UNPACKED_BYTES", 10_000)
    with pytest.raises(ReadError, match="larger than"):
        read(tmp_path / "v.xml.gz", gzip.compress(body("<p>a</p>" * 5000).encode()))
    monkeypatch.setattr(tei_parts, "_MOST_ELEMENTS", 100)
    with pytest.raises(ReadError, match="elements"):
        read(tmp_path / "v.xml", body("<p/>" * 200).encode())


@pytest.mark.parametrize(
    "text",
    [
        body('<p xml:id="#one">Rye.</p><p xml:id="a">Oats.</p><p xml:id="a">Ice.</p>'),
        body('<p>Rye.</p><p other:kind="x">Oats. <other:w>Ice.</other:w></p>'),
        body("<p>Rye.</p><p>Oats.&nbsp;Ice.</p>"),
    ],
    ids=["ids", "prefix", "entity"],
)
def test_3_errors_that_do_no_harm_are_remarks(
    indexer: Indexer, engine: MemoryEngine, folder: Path, text: str
) -> None:
    (folder / "v.xml").write_text(text)
    report = indexer.run([str(folder)])
    assert (report.documents, report.failed) == (1, ())
    assert {problem.source for problem in report.remarks} == {"v.xml"}
    assert "passed over" in report.remarks[0].reason
    (document,) = engine.scan(SearchRequest())
    assert document.body.split() == ["Rye.", "Oats.", "Ice."]
    assert indexer.run([str(folder)]).remarks == report.remarks  # as long as the file is like that


def test_4_complete_documents_of_a_volume_that_is_cut_short_are_read(
    indexer: Indexer, engine: MemoryEngine, folder: Path
) -> None:
    (folder / "v.xml").write_text(VOLUME[: VOLUME.index("Editorial Note")])
    report = indexer.run([str(folder)])
    assert sorted(document.id for document in engine.scan(SearchRequest())) == ["v-d1", "v-d2"]
    (problem,) = report.failed
    assert "cut short" in problem.reason
    (folder / "v.xml").write_text(VOLUME[: VOLUME.index("Memorandum by")])
    assert indexer.run([str(folder)]).documents == 2  # what was indexed before stays
    (folder / "v.xml").write_text(VOLUME)
    report = indexer.run([str(folder)])
    assert (report.documents, report.failed, report.added) == (3, (), 1)
