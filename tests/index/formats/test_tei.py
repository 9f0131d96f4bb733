"""TEI: which documents a file holds, and what their markup states.

1. A volume is as many documents as it says; each has an address that lasts.
2. Heading, dateline, correspondents, signature, source and summary come from the markup.
3. The text has its paragraphs, lists, tables and pages; notes stand at its end.
4. A single text is described by its header; so is each text of a corpus.
5. Real volumes agree with what is known of them (OPIS_DATA).
"""

import gzip
import json
import os
from pathlib import Path

import pytest

from index.extracted import Extracted, Passage
from index.formats import ReadContext, xml
from index.indexer import Indexer
from index.metadata.labels import Labels
from index.metadata.understand import understand
from index.sources.files import walk
from search.document import Document
from tests.files import extracted
from tests.index.formats.samples import VOLUME

LABELS = Labels()
DATA = Path(os.environ.get("OPIS_DATA", ""), "tei")


def read(path: Path, text: str | bytes) -> list[Extracted]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    (file,) = walk(str(path))
    found = extracted(file)
    assert all(isinstance(one, Extracted) for one in found)
    return found  # type: ignore[return-value]


def understood(path: Path, text: str | bytes) -> list[Document]:
    found = read(path, text)
    (file,) = walk(str(path))
    return [understand(extracted, file, LABELS).document for extracted in found]


def body(text: str) -> str:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{text}</body></text></TEI>'


@pytest.mark.parametrize("name", ["v.xml", "v.tei", "v.xml.gz", "packed.xml"])
def test_1_a_volume_is_its_documents(tmp_path: Path, name: str) -> None:
    data = VOLUME.encode()
    found = understood(tmp_path / name, gzip.compress(data) if name[-2:] == "gz" or name[0] == "p" else data)
    slug = name.partition(".")[0]
    assert [document.id for document in found] == [f"{slug}-d1", f"{slug}-d2", f"{slug}-d3"]
    assert [document.source for document in found] == [f"{name}#{number}" for number in (1, 2, 3)]
    assert {document.collection for document in found} == {"Papers on Works, 1951"}
    assert found[0].extra["part of"] == "The Works › First steps"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('<div type="letter" xml:id="a"><p>A</p></div><div type="letter"><p>B</p></div>', ["v-a", "v-"]),
        (
            '<div xml:id="y"><head>1951</head><div xml:id="a"><head>A</head><p>A</p></div>'
            '<div xml:id="b"><head>B</head><p>B</p></div></div>',
            ["v-a", "v-b"],
        ),
        (
            '<div1 xml:id="a"><head>A</head><p>A</p><div2 xml:id="b"><head>B</head><p>B</p></div2></div1>'
            '<div1 xml:id="c"><head>C</head><p>C</p></div1>',
            ["v-a", "v-c"],
        ),
        ("<div><p>A</p></div><div><head>B</head><p>B</p></div>", ["v"]),
        ("<p>A</p>", ["v"]),
    ],
)
def test_1_what_is_a_document(tmp_path: Path, text: str, ids: list[str]) -> None:
    found = [document.id for document in understood(tmp_path / "v.xml", body(text))]
    assert len(found) == len(ids)
    assert all(own.startswith(start) for own, start in zip(found, ids, strict=True))


def test_2_what_the_markup_states(tmp_path: Path) -> None:
    first, second, third = understood(tmp_path / "v.xml", VOLUME)
    assert first.title == "1. Telegram From the Embassy (Smith) to Jones"
    assert (first.authors, first.recipients, first.type) == (("Smith",), ("Jones",), "telegram")
    assert first.date is not None
    assert (first.date.text, first.date.earliest_iso) == ("January 2, 1951—6 p.m.", "1951-01-02")
    assert first.date.latest_iso == "1951-01-02"
    assert (first.place, first.classification, first.summary) == (
        "Paris",
        "Top Secret; Priority",
        "What was done.",
    )
    assert first.reference is not None
    assert first.reference.text == "State Archive, Box 3"
    assert second.date is not None
    assert (second.date.earliest_iso, second.date.latest_iso) == ("1951-02-01", "1951-03-31")
    assert (second.authors, second.date.text) == (("A. B. Brown",), "Winter")
    assert third.date is not None
    assert (third.date.text, third.authors) == ("1951-04-01/1951-04-30", ())


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ('<date notAfter="1951-05">May</date>', (None, "1951-05-31", "exact")),
        ('<date notBefore="1951" notAfter="1952">n</date>', ("1951-01-01", "1952-12-31", "exact")),
        ('<date when="1951" cert="low">1951</date>', ("1951-01-01", "1951-12-31", "exact")),
        ('<date when="1951" cert="low">x</date>', ("1951-01-01", "1951-12-31", "uncertain")),
        ('<date when="1951">circa 1951</date>', ("1951-01-01", "1951-12-31", "approximate")),
        ('<date when="0201-07-04">July 1870</date>', ("1870-07-01", "1870-07-31", "exact")),
        ("Unmarked, the <date>3 May 1951</date>", ("1951-05-03", "1951-05-03", "exact")),
        ('Unmarked, <date value="1951-05-03">3 May</date>', ("1951-05-03", "1951-05-03", "exact")),
        ("<date>3 May 1951</date>", ("1951-05-03", "1951-05-03", "exact")),
        ('<date when="1951-05-03">3 May</date> and <date when="1951-05-04">4</date>',
         ("1951-05-03", "1951-05-04", "exact")),
    ],
)  # fmt: skip
def test_2_dates(tmp_path: Path, date: str, expected: tuple[str | None, str | None, str]) -> None:
    (found,) = understood(tmp_path / "v.xml", body(f"<opener><dateline>{date}</dateline></opener><p>A</p>"))
    assert found.date is not None
    if 'cert="low">1951<' in date:  # the words do not doubt it, the editors do
        expected = (*expected[:2], "uncertain")
    assert (found.date.earliest_iso, found.date.latest_iso, found.date.certainty) == expected


def test_3_passages_and_pages(tmp_path: Path) -> None:
    first, second, third = read(tmp_path / "v.xml", VOLUME)
    assert list(first.passages) == [
        Passage("paragraph", "Legation of Works, Paris, January 2, 1951—6 p.m.", 0, "1"),
        Passage("paragraph", "secret", 0, "1"),
        Passage("paragraph", "Dear Sir:", 0, "1"),
        Passage("paragraph", "It began here. It went on:", 0, "1"),
        Passage("list_item", "a. one", 1, "2"),
        Passage("list_item", "2) two", 1, "2"),
        Passage("list_item", "deep", 2, "2"),
        Passage("paragraph", "as said.", 0, "2"),
        Passage("quote", "Quoted\nlines", 1, "2"),
        Passage("table", "x\ty z", 0, "2"),
        Passage("paragraph", "John Smith, Ambassador", 0, "2"),
        Passage("heading", "Enclosure", 2, "2"),
        Passage("paragraph", "December 1, 1950", 0, "2"),
        Passage("paragraph", "Enclosed.", 0, "2"),
        Passage("paragraph", "Brown", 0, "2"),
        Passage("heading", "Notes", 2, "2"),
        Passage("paragraph", "[1] Repeated to Paris.", 0, "1"),
        Passage("paragraph", "[2] See below.", 0, "2"),
        Passage("paragraph", "And more.", 0, "2"),
    ]
    assert [passage.text for passage in second.passages] == [
        "Winter",
        "Text […].",
        "A note in its place.",
        "A. B. Brown",
    ]
    assert [passage.text for passage in third.passages] == ["the end & all"]


LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>Smith to Jones</title>
<author>The Editor</author></titleStmt></fileDesc><profileDesc><langUsage><language ident="fr"/></langUsage>
<correspDesc><correspAction type="sent"><persName>Anne Smith</persName><placeName>Lyon</placeName>
<date when="1870-05-01"/></correspAction>
<correspAction type="received"><orgName>Works</orgName></correspAction>
</correspDesc><abstract><p>About works.</p></abstract>
<textClass><keywords><term>works</term></keywords></textClass>
</profileDesc></teiHeader><text><body><div type="letter"><p>Dear Jones</p></div></body></text></TEI>"""


def test_4_a_letter_is_described_by_its_header(tmp_path: Path) -> None:
    (found,) = understood(tmp_path / "letter.xml", LETTER)
    assert (found.id, found.title, found.language) == ("letter", "Smith to Jones", "French")
    assert (found.authors, found.recipients, found.subjects) == (("Anne Smith",), ("Works",), ("works",))
    assert (found.place, found.summary, found.body) == ("Lyon", "About works.", "Dear Jones")
    assert found.date is not None
    assert found.date.earliest_iso == "1870-05-01"


def test_4_a_corpus_is_its_texts(tmp_path: Path) -> None:
    one, two = LETTER.replace("<TEI ", '<TEI xml:id="a" '), LETTER.replace("Anne", "Bea")
    corpus = (
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Letters</title>'
        f"</titleStmt></fileDesc></teiHeader>{one}{two}</teiCorpus>"
    )
    found = understood(tmp_path / "all.xml", corpus)
    assert [document.authors for document in found] == [("Anne Smith",), ("Bea Smith",)]
    assert [document.collection for document in found] == ["Letters", "Letters"]
    assert found[0].id == "all-a"
    assert found[1].id.startswith("all-")


needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="set OPIS_DATA to a folder with tei/*.xml.gz and frus/docs.jsonl.gz"
)


@pytest.mark.slow
@needs_data
def test_5_real_volumes_are_read_whole(indexer: Indexer) -> None:
    report = indexer.run([str(DATA)])
    assert (report.failed, report.skipped, report.no_title, report.no_text) == ((), (), 0, ())
    assert report.documents > 800
    assert report.undated < report.documents * 0.12


@pytest.mark.slow
@needs_data
def test_5_titles_and_dates_are_those_that_are_known() -> None:
    found = {
        document.id.replace("-", "_", 1): document
        for file in walk(str(DATA))
        for one in xml.read(file, ReadContext())
        if isinstance(one, Extracted) and (document := understand(one, file, LABELS).document)
    }
    with gzip.open(DATA.parent / "frus" / "docs.jsonl.gz") as lines:
        known = [one for one in map(json.loads, lines) if one["id"] in found]
    assert len(known) == len(found)
    assert all(found[one["id"]].title == one["title"] for one in known)
    dated = [one for one in known if one["date"]]
    agreeing = [
        one
        for one in dated
        if (date := found[one["id"]].date) and (date.earliest_iso or "").startswith(one["date"])
    ]
    assert len(agreeing) >= 0.99 * len(dated)
