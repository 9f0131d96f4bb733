"""Catalogue records: MARC (XML and binary), MODS, Dublin Core and harvests by OAI-PMH.

1. Each record is a document with what it states; the rest is kept by name.
2. The date of a harvest or of the record itself is never the document's.
3. A record that cannot be read is a failure of its own; a file that is cut short keeps its whole records.
4. XML of a known kind that holds no text is skipped by its name.
"""

from pathlib import Path

import pytest

from index.extracted import BadRecord, Extracted, ReadError
from index.formats import why_not_read
from index.indexer import Indexer
from search.document import Document
from tests.files import read, source_file, understood
from tests.index.formats.catalogue import DC, HARVEST, LETTERS, MARC_NS, MODS, binary, marc


def as_stated(document: Document) -> dict[str, object]:
    date = document.date
    return {
        "title": document.title,
        "date": date and (date.earliest_iso, date.latest_iso),
        "authors": document.authors,
        "recipients": document.recipients,
        "collection": document.collection,
    }


@pytest.mark.parametrize("name", ["m.xml", "plain.xml", "m.mrc"])
def test_1_marc(tmp_path: Path, name: str) -> None:
    text = f"<collection {'' if name == 'plain.xml' else MARC_NS}>{LETTERS}{marc(number='m8')}</collection>"
    path = tmp_path / name
    if name == "m.mrc":
        path.write_bytes(b"\n".join(binary(text)))
    else:
        path.write_text(text)
    first, second = understood(path)
    assert as_stated(first) == {
        "title": "Letters from the ferry : a selection",
        "date": ("1840-01-01", "1844-12-31"),
        "authors": ("Lind, Greta",),
        "recipients": ("Rask, Olof",),
        "collection": "Lind family papers",
    }
    assert (first.summary, first.body) == ("On tolls and ice.", "Greta Lind kept the ferry.")
    assert (first.subjects, first.type) == (("Ferries -- Sweden -- Sources",), "mixed materials")
    assert first.source_url == "https://example.org/m7"
    assert first.reference is not None
    assert first.reference.text == "Town Archive Ms 12"
    assert first.extra["contributors"] == "Boye, Ida"
    assert first.extra["headings"] == "Lind, Greta, 1801-1877"
    assert first.extra["extent"] == "3 boxes"
    assert first.extra["MARC 586"] == "Honourable mention"
    assert first.id == f"{path.stem}-m7"
    assert as_stated(second)["date"] == ("1840-01-01", "1844-12-31")  # as coded in 008


@pytest.mark.parametrize("wrapped", [True, False])
def test_1_mods(tmp_path: Path, wrapped: bool) -> None:
    namespace = 'xmlns="http://www.loc.gov/mods/v3"'
    text = f"<modsCollection {namespace}>{MODS}{MODS.replace('b13', 'b14')}</modsCollection>"
    (tmp_path / "b.xml").write_text(text if wrapped else MODS.replace("<mods>", f"<mods {namespace}>"))
    found = understood(tmp_path / "b.xml")
    assert [document.id for document in found] == (["b-b13", "b-b14"] if wrapped else ["b-b13"])
    assert as_stated(found[0]) == {
        "title": "The Ferry book: 1840",
        "date": ("1840-01-01", "1844-12-31"),
        "authors": ("Greta Lind",),
        "recipients": ("Olof Rask",),
        "collection": "Lind family papers",
    }
    one = found[0]
    assert (one.summary, one.body, one.type) == ("Tolls taken.", "Water-stained.", "account book")
    assert (one.place, one.language, one.subjects) == ("Kalmar", "Swedish", ("Ferries -- Sweden",))
    assert one.extra["contributors"] == "Ida Boye"
    assert one.extra["targetaudience"] == "scholars"
    assert one.extra["repository"] == "Town Archive"


@pytest.mark.parametrize("root", ["oai_dc:dc", "metadata", "records><record"])
def test_1_dublin_core(tmp_path: Path, root: str) -> None:
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    first, _, second = root.partition("><")
    end = f"</{second}></{first}>" if second else f"</{first}>"
    (tmp_path / "t.xml").write_text(f"<{first} {names}>{f'<{second}>' if second else ''}{DC}{end}")
    (found,) = understood(tmp_path / "t.xml")
    assert as_stated(found) == {
        "title": "Ferry tariff",
        "date": ("1841-03-01", "1841-03-31"),
        "authors": ("Lind, Greta",),
        "recipients": (),
        "collection": "",
    }
    assert (found.summary, found.source_url) == ("Tolls by weight.", "https://example.org/t9")
    assert (found.extra["publisher"], found.extra["audience"]) == ("Town Archive", "skippers")


def test_2_a_harvest(tmp_path: Path) -> None:
    (tmp_path / "h.xml").write_text(HARVEST)
    found = read(tmp_path / "h.xml")
    assert len(found) == 3  # the deleted one is no document
    (bad,) = [one for one in found if isinstance(one, BadRecord)]
    assert "'thing'" in bad.reason
    tariff, letters = understood(tmp_path / "h.xml")
    assert (tariff.title, letters.title) == ("Ferry tariff", "Letters from the ferry : a selection")
    assert tariff.date is not None
    assert tariff.date.earliest_iso == "1841-03-01"
    assert letters.id.startswith("h-oai-example.org-m7")


def test_2_a_date_of_a_machine_is_none(tmp_path: Path) -> None:
    text = HARVEST.replace("<dc:date>1841-03</dc:date>", "")
    (tmp_path / "h.xml").write_text(text)
    assert understood(tmp_path / "h.xml")[0].date is None


def test_2_a_harvest_that_goes_on_says_so(indexer: Indexer, folder: Path) -> None:
    more = "<resumptionToken>x9</resumptionToken></ListRecords>"
    (folder / "h.xml").write_text(HARVEST.replace("</ListRecords>", more))
    report = indexer.run([str(folder)])
    assert report.documents == 2
    assert "goes on" in report.remarks[0].reason


def test_3_a_harvest_that_failed_says_so(tmp_path: Path) -> None:
    answer = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="x">No set.</error></OAI-PMH>'
    (tmp_path / "h.xml").write_text(answer)
    with pytest.raises(ReadError, match="No set"):
        read(tmp_path / "h.xml")


def test_3_binary_records_are_read_around_a_damaged_one(tmp_path: Path) -> None:
    one, other = binary(f"<collection {MARC_NS}>{LETTERS}{marc(number='m8')}</collection>")
    (tmp_path / "m.mrc").write_bytes(one + b"01234nonsense\x1d" + other)
    assert [type(found) for found in read(tmp_path / "m.mrc")] == [Extracted, BadRecord, Extracted]
    (tmp_path / "m.mrc").write_bytes(one + other[:-30])
    with pytest.raises(ReadError, match="cut short"):
        read(tmp_path / "m.mrc")


def test_3_texts_are_in_utf_8_or_marc_8_whatever_the_record_says(tmp_path: Path) -> None:
    (one,) = binary(f"<collection {MARC_NS}>{LETTERS}</collection>")
    utf_8 = one.replace(b"On tolls", "På tolls".encode())
    marc_8 = one.replace(b"On tolls", b"P\xeaa tolls")  # a ring above, before its letter
    (tmp_path / "m.mrc").write_bytes(utf_8 + marc_8)
    assert [document.summary for document in understood(tmp_path / "m.mrc")] == ["På tolls and ice."] * 2


@pytest.mark.parametrize(
    ("root", "kind"),
    [
        ('<eac-cpf xmlns="urn:isbn:1-931666-33-4">', "an EAC-CPF authority record"),
        ('<?xml version="1.0"?><!-- 1999 --><m:mads xmlns:m="http://www.loc.gov/mads/v2">', "a MADS"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', "RDF data"),
        ('<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema">', "an XML schema"),
        ('<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">', "a GPX track"),
        (
            '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
            "save it as .odt",
        ),
        ('<book xmlns:svg="http://www.w3.org/2000/svg">', ""),
    ],
)
def test_4_other_xml_is_skipped_by_its_name(tmp_path: Path, root: str, kind: str) -> None:
    (tmp_path / "a.xml").write_text(root + "Words" + "</x>")
    assert kind in why_not_read(source_file(tmp_path / "a.xml"))
