"""Inputs collected from other people's archives, where they are present (OPIS_DATA): what is read of each."""

import os
from pathlib import Path

import pytest

from tests.files import understood

CASES = Path(os.environ.get("OPIS_DATA", ""), "..", "cases", "ingest")
pytestmark = pytest.mark.skipif(
    not (os.environ.get("OPIS_DATA") and CASES.is_dir()),
    reason="set OPIS_DATA to a folder beside which there is cases/ingest",
)

Expected = dict[str, object]


@pytest.mark.parametrize(
    ("name", "expected", "there", "absent"),
    [
        ("tei/letter.xml", {}, "epidemic quarantine magistrate parliament correspondent hospital wrote",
         "wrt hosptial parlia magis"),
        ("tei-title-level.xml", {"title": "Anna Berg to Karl Holm, 12 May 1871", "date": "1871-05-12",
         "collection": "Letters of the Berg Family", "authors": ("Berg, Anna",)}, "The water rose night",
         "59,85 gnd 1840-01-01"),
        ("tei-source-date.xml", {"title": "The Mill and the Gate", "date": "1625-01-01",
         "authors": ("Berg, Anna",)}, "Of Mills", "2003"),
        ("parla.xml", {"date": "1962-06-26", "place": "Uppsala"}, "Mill Gates wait. opened.", "2024"),
        ("more/u.xml", {}, "sluice. Barrage opened yesterday", "openedyesterday"),
        ("more/addr.xml", {}, "Karl Holm Lower Mill", "HolmLower"),
        ("more/stage.xml", {}, "ANNA Open. rope oil a b", "ANNAOpen ropeoil ab"),
        ("bad-xmlid.xml", {"date": "1871-05-12"}, "The water rose.", ""),
        ("undeclared-prefix.xml", {"title": "Berg papers", "date": "1870-01-01"}, "", ""),
        ("marc.xml", {"title": "Berg family letters", "date": "1870-01-01",
         "authors": ("Berg, Anna",)}, "", "2008"),
        ("alto.xml", {"date": None}, "The water rose in the night", "pixel"),
        ("page.xml", {"date": None, "authors": ()}, "The water", "tool 2019 1.tif"),
        ("hocr.html", {}, "The water rose", "Thewater waterrose"),
    ],
)  # fmt: skip
def test_collected(name: str, expected: Expected, there: str, absent: str) -> None:
    (document,) = understood(CASES / name)
    found: Expected = {
        "title": document.title,
        "date": document.date and document.date.earliest_iso,
        "authors": document.authors,
        "collection": document.collection,
        "place": document.place,
    }
    assert {key: found[key] for key in expected} == expected
    words = document.body.split()
    assert [word for word in there.split() if not any(word in one for one in words)] == []
    assert [word for word in absent.split() if word in words] == []


def test_a_list_of_letters() -> None:
    letters = understood(CASES / "cmif.xml")
    assert [letter.title for letter in letters] == [
        "Anna Berg to Karl Holm, 12 May 1871",
        "Karl Holm to Anna Berg, 1 June 1871",
        "Nils Ek to Anna Berg, 2 January 1880",
    ]
    assert {letter.collection for letter in letters} == {"Register of the Berg letters"}
