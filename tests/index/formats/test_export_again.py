"""What another archive of Opis exported as JSON Lines is read as it was there."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.metadata.dates import parse_date
from search.archive import Archive, open_archive
from search.document import ArchivalDate, Document, Reference
from search.engines import open_engine
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings, Site
from tests.archive import SEEDS, document, fill

OF_ITS_PLACE = {"source", "indexed", "folder", "files", "blocks", "text_language"}
"""What says where a document is, ranges of paragraphs and the language of the text: they are made anew."""
LETTERS = [
    document(
        "full",
        "Dear Sir,\n\nAll is well.",
        title="Letter",
        date="1862-05",
        authors=["Lind, Greta"],
        recipients=["Ek, Nils"],
        subjects=["harbours, new", "pilots"],
        summary="On pilots.",
        type="letter",
        collection="Customs house",
        place="Visby",
        citation="Letter, 1862.",
        credits="Read by A. Berg.",
        classification="Secret",
        reference=Reference("APRF, Fond 3, Opis 4", "APRF", "3", "4"),
        source_url="https://archive.example/1",
        extra={"condition": "torn", "source": "a box", "title": "none"},
    ),
    document("bare", "No more than this.", title="Harbours"),
    replace(document("approximate"), date=parse_date("circa July 1953")),
    replace(document("range"), date=parse_date("between 1951 and 1953")),
    replace(document("words"), date=ArchivalDate("in the harvest", 679_837, 679_867)),  # but these days
]


def again(archive: Archive, folder: Path) -> dict[str, Document]:
    """The documents of an archive, exported and indexed, by id."""
    archive.export(folder / "export.jsonl", "jsonl")
    engine = open_engine("memory:", Schema(), create=True)
    Indexer(engine, engine.schema).run([str(folder / "export.jsonl")])
    return {found.id: found for found in Archive(Searcher(engine), Settings()).documents()}


def stated(found: Document) -> dict[str, object]:
    return {one.name: getattr(found, one.name) for one in fields(found) if one.name not in OF_ITS_PLACE}


@pytest.mark.parametrize("base_url", ["", "https://letters.example"])
def test_documents_come_back(tmp_path: Path, base_url: str) -> None:
    engine = fill(open_engine("memory:", Schema(), create=True), LETTERS)
    archive = Archive(Searcher(engine), Settings(site=Site(base_url=base_url)))
    found = again(archive, tmp_path)
    assert [stated(found[one.id]) for one in LETTERS] == list(map(stated, LETTERS))


def test_what_is_known_of_an_open_date_stays(tmp_path: Path) -> None:
    letter = replace(document("open"), date=ArchivalDate("before the harvest", None, 679_867))
    engine = fill(open_engine("memory:", Schema(), create=True), [letter])
    found = again(Archive(Searcher(engine), Settings()), tmp_path)["open"]
    assert found.date is not None
    assert (found.date.text, dict(found.extra)) == ("before the harvest", {"date": "latest: 1862-05-31"})


def test_so_do_the_seeds(tmp_path: Path) -> None:
    url = f"whoosh:{tmp_path / 'index'}"
    engine = open_engine(url, Schema(), create=True)
    Indexer(engine, engine.schema).run([str(SEEDS)])
    engine.close()
    with open_archive(url, Settings()) as archive:
        before = {one.id: one for one in archive.documents()}
        found = again(archive, tmp_path)
    assert {key: stated(one) for key, one in found.items()} == {k: stated(one) for k, one in before.items()}
