"""EAD finding aids and other XML.

1. Each unit with a title is a document, with and without a namespace, numbered components or not.
2. Dates, containers, creators, subjects, language and notes are where they belong.
3. The titles above a unit are shown and searched for.
4. Addresses last: an id of its own, else the place of the unit.
5. What is broken is a failure; other XML is its text, and XML for programs is passed over.
"""

import os
from pathlib import Path

import pytest

from index.formats import ReadContext, why_not_read
from index.formats.xml import read as read_xml
from index.indexer import Indexer
from index.metadata.labels import Labels
from index.metadata.understand import understand
from index.sources.files import walk
from search.document import Document
from tests.files import extracted, understood
from tests.index.formats.samples import FINDING_AID

DATA = Path(os.environ.get("OPIS_DATA", ""), "formats", "ead")
SHAPES = {
    "2002": ('', "eadheader", "c01", "c02", "Archive", "Smith, A."),
    "2002 namespace": (' xmlns="urn:isbn:1-931666-22-9"', "eadheader", "c", "c", "Archive", "Smith, A."),
    "EAD3": (' xmlns="http://ead3.archivists.org/schema/"', "control", "c", "c", "<part>Archive</part>",
             "<part>Smith, A.</part>"),
}  # fmt: skip


def aid(shape: str) -> str:
    keys = ("namespace", "header", "c1", "c2", "archive", "smith")
    return FINDING_AID.format(**dict(zip(keys, SHAPES[shape], strict=True)))


def documents(path: Path, text: str) -> dict[str, Document]:
    path.write_text(text)
    (file,) = walk(str(path))
    found = [understand(one, file, Labels()).document for one in extracted(file)]  # type: ignore[arg-type]
    return {document.id: document for document in found}


@pytest.mark.parametrize("shape", SHAPES)
def test_1_to_4_units(tmp_path: Path, shape: str) -> None:
    found = documents(tmp_path / "aid.xml", aid(shape))
    assert set(found) == {"aid", "aid-s1", "aid-1.1", "aid-1.2", "aid-2"}
    top, series, file = found["aid"], found["aid-s1"], found["aid-1.1"]
    assert (top.title, top.authors, top.subjects) == ("Papers of Works", ("Smith, A.",), ("Dams", "Lyon"))
    assert (top.language, top.summary, top.citation) == ("French", "In short.", "MS 7, Works.")
    assert top.date is not None
    assert (top.date.text, top.date.earliest_iso, top.date.latest_iso, top.date.certainty) == (
        "circa 1950-55",
        "1950-01-01",
        "1955-12-31",
        "approximate",
    )
    assert top.body == "Scope\n\nAll of it.\n\none\n\ntwo\n\n1950\tBegun\n\nHistory\n\nWas born."
    assert (series.title, series.type) == ("Letters", "series")
    assert series.date is not None
    assert series.date.earliest_iso == "1951-01-01"
    assert file.title == "To Jones"
    assert file.date is not None
    assert (file.date.text, file.date.latest_iso) == ("2 March 1951", "1951-03-02")
    assert file.reference is not None
    assert file.reference.text == "Archive, MS 7, Box 3, Folder 4"
    assert file.extra == {"container": "Box 3, Folder 4", "part of": "Papers of Works › Letters"}
    assert file.body == "One letter.\n\nPapers of Works › Letters › To Jones"
    assert {document.collection for document in found.values()} == {"Papers of Works"}
    assert (found["aid-1.2"].title, found["aid-2"].type) == ("1952", "pile")


def test_2_dates_of_ead3(tmp_path: Path) -> None:
    dates = (
        "<unitdatestructured><daterange><fromdate standarddate='1950-02'>Feb</fromdate>"
        "<todate standarddate='9999'>on</todate></daterange></unitdatestructured>"
    )
    text = f"<ead><archdesc><did><unittitle>A</unittitle>{dates}</did></archdesc></ead>"
    (found,) = documents(tmp_path / "aid.xml", text).values()
    assert found.date is not None
    assert (found.date.earliest_iso, found.date.latest_iso) == ("1950-02-01", None)


@pytest.mark.parametrize("within", ["<did>{}{}</did>", "<did>{}</did>{}"])
def test_2_descriptions_of_digital_objects_are_text(tmp_path: Path, within: str) -> None:
    shown = '<dao href="https://example.org/1"><daodesc><p>A view of the harbour.</p></daodesc></dao>'
    text = f"<ead><archdesc>{within.format('<unittitle>A</unittitle>', shown)}</archdesc></ead>"
    (found,) = documents(tmp_path / "aid.xml", text).values()
    assert (found.body, found.source_url) == ("A view of the harbour.", "https://example.org/1")


@pytest.mark.parametrize("text", [aid("2002")[:-60], "<ead><eadheader/></ead>", "<note>a &b; c</note>"])
def test_5_what_is_broken_is_a_failure(indexer: Indexer, folder: Path, text: str) -> None:
    (folder / "aid.xml").write_text(aid("2002"))
    assert indexer.run([str(folder)]).documents == 5
    (folder / "aid.xml").write_text(text)
    report = indexer.run([str(folder)])
    assert (report.documents, len(report.failed)) == (5, 1)


def test_5_other_xml_is_its_text(tmp_path: Path) -> None:
    text = (
        "<rfc><front><title>On <em>Works</em></title><date year='1951'/></front><section><name>First</name>"
        "<t>It is <xref/>said, <q>so</q>.</t><artwork> a\n  b</artwork></section></rfc>"
    )
    (found,) = documents(tmp_path / "other.xml", text).values()
    assert (found.id, found.title, found.body) == ("other", "On Works", "First\n\nIt is said, so.\n\na\n  b")


def test_5_xml_for_programs_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<?xml version="1.0"?><!-- x --><svg:svg xmlns:svg="s"/>')
    (file,) = walk(str(tmp_path / "a.xml"))
    assert why_not_read(file) == "It is an SVG image, which is not read."
    (tmp_path / "a.xml").write_text("")
    with pytest.raises(Exception, match="no XML"):
        list(read_xml(file, ReadContext()))


@pytest.mark.skipif(not DATA.is_dir(), reason="set OPIS_DATA to a folder with formats/ead/*.xml")
def test_1_real_finding_aids(indexer: Indexer) -> None:
    report = indexer.run([str(DATA)])
    assert (report.failed, report.skipped, report.no_title) == ((), (), 0)
    assert (report.documents, report.date_not_understood) == (446, 0)


def test_names_side_by_side_are_not_joined(tmp_path: Path) -> None:
    names = "<persname>Greta Lind</persname><persname>Olof Rask</persname>"
    note = f"<scopecontent><p>By {names}’s fe<emph>rr</emph>y.</p></scopecontent>"
    (tmp_path / "a.xml").write_text(aid("2002").replace("<scopecontent>", f"{note}<scopecontent>", 1))
    bodies = [document.body for document in understood(tmp_path / "a.xml")]
    assert any("By Greta Lind Olof Rask’s ferry." in body for body in bodies)
