"""Files of documents, read again by the parsers of others.

1. In every format every document is there once and in order, whatever its fields hold.
2. A table has what its columns say, in CSV that any program reads, and no formula.
3. A line of JSON Lines is the body of the document endpoint.
4. Keys of BibTeX are unique in the file.
5. A file is written while its documents are read, and what stops those stops the file.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from io import StringIO

import bibtexparser
import msgspec
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st

from search.api.document_payload import document_payload
from search.calendar import day_number
from search.document import ArchivalDate, Certainty, Document, Reference
from search.export import EXPORTS, ExportContext
from search.export.csv import COLUMNS, PERMALINK
from search.export.spreadsheet import text_of
from search.parameters.export import MEDIA_TYPES
from tests.archive import document, full_of

CONTEXT = ExportContext(
    lambda doc_id: f"https://example.org/documents/{doc_id}", "Papers", date(2026, 11, 26)
)
HOSTILE = (
    "=1+1", "@SUM(A1)", "-1", "\t=1", '"quoted", and "more"', "a\r\nb\rc\nd", "TY  - JOUR\r\nER  - \r\n",
    "}, title = {other}\n}\n@misc{x,", "{", "}", "\\", "$%&#_~^", "</script><b>&amp;", "\u202eevil\u202c",
    "\u2028\u2029\x85", "; ", "a;b", "and", " ", "\ufeff", "Müller", "毛泽东", "محمد نجيب", "'", "''",
    "a" * 100_000,     "\x00\x07\x1b[31m", "|", "@comment{", "#",
)  # fmt: skip


def hostile_documents() -> Iterator[Document]:
    for number, text in enumerate(HOSTILE):
        yield full_of(
            text,
            f"h{number}.~-_",
            title=text.strip() or "t",
            authors=(text, "Kim"),
            subjects=(text, "Korea"),
        )


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [t for t in HOSTILE if len(t) < 50]
)
lists = st.lists(texts, max_size=2).map(tuple)
days = st.none() | st.integers(day_number(-500, 1, 1), day_number(2100, 1, 1))
certainties: st.SearchStrategy[Certainty] = st.sampled_from(("exact", "approximate", "uncertain"))


@st.composite
def archival_dates(draw: st.DrawFn) -> ArchivalDate:
    one, other = draw(days), draw(days)
    if one is not None and other is not None:
        one, other = sorted((one, other))
    return ArchivalDate(draw(texts), one, other, draw(certainties))


documents = st.builds(
    Document,
    id=st.from_regex(r"[A-Za-z0-9._~-]{1,12}", fullmatch=True),
    title=texts.filter(bool),
    body=texts,
    date=st.none() | archival_dates(),
    authors=lists,
    recipients=lists,
    subjects=lists,
    summary=texts,
    collection=texts,
    language=texts,
    type=texts | st.sampled_from(("letter", "telegram", "report")),
    place=texts,
    citation=texts,
    credits=texts,
    source_url=texts,
    reference=st.none() | st.builds(Reference, texts, texts),
    classification=texts,
    source=texts,
    extra=st.dictionaries(texts, texts, max_size=2),
    indexed=st.integers(0, 2**31),
)
collections = st.lists(documents, max_size=6, unique_by=lambda item: item.id)
# Documents that differ in little but what keys are made of.
alike = st.lists(
    st.builds(
        Document,
        id=st.from_regex(r"[A-Za-z0-9._~-]{1,12}", fullmatch=True),
        title=texts.filter(bool),
        authors=lists,
        date=st.none() | archival_dates(),
    ),
    max_size=6,
    unique_by=lambda item: item.id,
)


def written(name: str, documents: Iterable[Document]) -> str:
    return b"".join(EXPORTS[name].write(documents, CONTEXT)).decode()


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    found = list(csv.DictReader(StringIO(text[1:], newline=""), strict=True))
    return [{name: text_of(cell) for name, cell in row.items()} for row in found]


def ids_in_bibtex(text: str) -> list[str]:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    return [entry["url"].rpartition("/")[2] for entry in bibtexparser.loads(text, parser).entries]


READERS: dict[str, Callable[[str], list[str]]] = {
    "csv": lambda text: [row["id"] for row in rows(text)],
    "jsonl": lambda text: [json.loads(line)["id"] for line in text.split("\n")[:-1]],
    "ris": lambda text: [record["id"] for record in rispy.loads(text)],
    "bibtex": ids_in_bibtex,
    "csl": lambda text: [item["id"] for item in json.loads(text)],
}


def test_1_the_formats() -> None:
    assert list(READERS) == list(EXPORTS) == list(MEDIA_TYPES)


@pytest.mark.parametrize("name", EXPORTS)
def test_1_hostile_documents(name: str) -> None:
    hostile = list(hostile_documents())
    assert READERS[name](written(name, hostile)) == [item.id for item in hostile]


@pytest.mark.slow
@given(found=collections)
@settings(max_examples=50)
def test_1_every_document_once_and_in_order(found: list[Document]) -> None:
    expected = [item.id for item in found]
    assert {name: READERS[name](written(name, found)) for name in EXPORTS} == dict.fromkeys(EXPORTS, expected)


@pytest.mark.filterwarnings(
    "ignore:The following arguments for Reference are unsupported"
)  # newer fields of CSL
@given(found=collections)
@settings(max_examples=30)
def test_1_items_that_citeproc_reads(found: list[Document]) -> None:
    items = json.loads(written("csl", found))
    assert {item["id"].lower() for item in items} == set(CiteProcJSON(items))


@given(found=collections)
@settings(max_examples=50)
def test_1_whatever_a_reader_takes_for_the_end_of_a_line(found: list[Document]) -> None:
    lines = written("jsonl", found).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [item.id for item in found]
    cells = csv.DictReader(written("csv", found)[1:].splitlines(), strict=True)
    assert [text_of(row["id"]) for row in cells] == [item.id for item in found]


def test_1_line_ends_of_all_kinds() -> None:
    one = document("d1", "text", title="a\x85b\u2028c\u2029d", summary="\x9b2J\x7f é")
    [line] = written("jsonl", [one]).splitlines()
    assert json.loads(line)["title"] == one.title
    assert not set(line) & {"\x9b", "\x7f"}
    assert json.loads(line)["summary"] == one.summary
    [row] = rows(written("csv", [one]))
    assert row["title"] == "a\nb\nc\nd"


def test_2_what_columns_hold() -> None:
    one = document(
        "d1",
        "text",
        title="A title, with a comma",
        authors=["Kim", "Mao"],
        date="1951-07",
        extra={"box": "3"},
    )
    bc = Document(
        "d2",
        "Title",
        date=ArchivalDate("44 BC", day_number(-43, 1, 1), day_number(-43, 12, 31), "approximate"),
    )
    first, second = rows(written("csv", [one, bc]))
    assert list(first) == [*(column.name for column in COLUMNS), PERMALINK]
    assert first | {
        "id": "d1", "title": "A title, with a comma", "authors": "Kim; Mao", "date": "1951-07",
        "date_earliest": "1951-07-01", "date_latest": "1951-07-31", "date_certainty": "exact",
        "extra": "box: 3", "url": "https://example.org/documents/d1",
    } == first  # fmt: skip
    assert (second["date"], second["date_earliest"], second["date_certainty"]) == (
        "44 BC",
        "-0043-01-01",
        "approximate",
    )
    assert ",'-0043-01-01," in written("csv", [bc])


def test_2_lines_end_as_rfc_4180_says() -> None:
    text = written("csv", [document("d1", title="one"), document("d2", title="a\r\nb")])
    assert text.count("\r\n") == text.count("\r") == 3
    assert text.endswith("\r\n")


@given(found=collections)
@settings(max_examples=50)
def test_2_cells_hold_what_documents_say(found: list[Document]) -> None:
    for item, row in zip(found, rows(written("csv", found)), strict=True):
        for column in COLUMNS:
            assert "".join(row[column.name].split()) == "".join(clean(column.text(item) or "").split())


def clean(text: str) -> str:
    return "".join(char for char in text if char in "\r\n\t" or (char >= " " and not "\x7f" <= char < "\xa0"))


def test_3_lines_are_documents() -> None:
    hostile = list(hostile_documents())
    for line, item in zip(written("jsonl", hostile).split("\n"), hostile, strict=False):
        expected = json.loads(msgspec.json.encode(document_payload(item)))
        del expected["parts"]
        assert json.loads(line) == expected | {"url": CONTEXT.permalink(item.id)}


@pytest.mark.slow
@given(found=alike)
@settings(max_examples=50)
def test_4_keys_are_unique(found: list[Document]) -> None:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    keys = [entry["ID"] for entry in bibtexparser.loads(written("bibtex", found), parser).entries]
    assert len(set(keys)) == len(found)


@pytest.mark.parametrize("name", EXPORTS)
def test_5_no_documents(name: str) -> None:
    assert READERS[name](written(name, [])) == []


@pytest.mark.parametrize("name", EXPORTS)
def test_5_written_while_read(name: str) -> None:
    read: list[int] = []

    def reading() -> Iterator[Document]:
        for number in range(2000):
            read.append(number)
            yield document(f"d{number}", "text " * 200, summary="words " * 50)
        raise OSError("the disk")

    writing = EXPORTS[name].write(reading(), CONTEXT)
    assert 60_000 < len(next(writing)) < 200_000
    assert 20 < len(read) < 500
    with pytest.raises(OSError, match="the disk"):
        list(writing)
    assert len(read) == 2000
