"""The receipt of a search, on every engine.

1. As text it is that of tests/golden/receipts.txt, on every engine, up to its generation and engine.
2. Equal searches of one generation have equal receipts but for the time, whatever page they show.
3. Certain, possible and undated documents are those that the filters on dates alone tell apart.
4. A line of the text is a line, whatever was typed.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import __version__
from search.answer import DateCertainty
from search.api.receipt import receipt_now
from search.api.urls import search_url
from search.commit_data.aliases import ALIASES_KEY
from search.engines import Engine
from search.engines.memory import MemoryEngine
from search.parameters.question import parse_parameters
from search.receipt.receipt import Receipt
from search.receipt.text import receipt_lines, receipt_text
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Site
from tests.archive import document, fill

GOLDEN = Path(__file__).parent.parent / "golden" / "receipts.txt"
NOON = datetime(2026, 11, 26, 12, 0, 5, tzinfo=UTC)
SITE = Site(title="Armistice Papers", base_url="https://archive.example")
DOCUMENTS = (
    document(
        "a", "The armistice talks at Kaesong.", title="Telegram", authors=["Kuznetsov"], date="1953-07-29"
    ),
    document("b", "Zhou Enlai on the armistice.", title="Letter", authors=["Mao"], date="1951..1953"),
    document("c", "A prisoner of war.", title="Report on the armistice", authors=["Kuznetsov"]),
    document("d", "Weather.", title="Note", date="1951-09"),
)
SEARCHES = (
    "",
    "q=armistice",
    "q=armistice&page=2&per_page=1&facet=author&fields=id&highlight=false",
    "q=armistice&date_from=1953",
    "q=armistice&date=1951&date=1953-07&undated=include&sort=date",
    "q=armistice&date=1953&date_match=within",
    "q=armistice&undated=only&not.author=Mao&missing=date",
    "q=zhou enlai armistice July 1951",
    "q=zhou enlai&expand=false",
    "q=armistice weather zebra",
    "q=weather talks&match=all",
    "q=weather zebra&match=most&sort=title",
    'q=(draft OR "unclosed',
    "q=!",
)


@pytest.fixture
def searcher(engine: Engine) -> Searcher:
    fill(engine, DOCUMENTS)
    with engine.writer() as writer:
        writer.put_commit_data(ALIASES_KEY, b"Zhou Enlai; Chou En-lai\n")
    return Searcher(engine)


def question(search: str) -> Question:
    pairs = [
        (name, value) for name, _, value in (part.partition("=") for part in filter(None, search.split("&")))
    ]
    return parse_parameters(pairs, Schema())


def made(searcher: Searcher, asked: Question) -> Receipt:
    found = receipt_now(searcher.search(asked), searcher.date_certainty(asked), SITE)
    return msgspec.structs.replace(found, searched=f"{NOON:%Y-%m-%dT%H:%M:%SZ}")


def test_1_as_text(searcher: Searcher, pytestconfig: pytest.Config) -> None:
    written = "\n".join(f"{search}\n{text_of(searcher, search)}" for search in SEARCHES)
    if pytestconfig.getoption("update") and searcher.engine.name == "memory":
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8")


def text_of(searcher: Searcher, search: str) -> str:
    found = made(searcher, question(search))
    index = msgspec.structs.replace(found.index, generation="g", updated="2026-11-26T03:00:00Z", engine="e")
    program = msgspec.structs.replace(found.program, version="1.0")
    text = receipt_text(msgspec.structs.replace(found, index=index, program=program), searcher.schema)
    return "".join(f"    {line}\n" for line in text.splitlines())


def test_1_it_names_the_index_and_the_program(searcher: Searcher) -> None:
    found, info = made(searcher, Question("armistice")), searcher.info()
    assert (found.index.generation, found.index.updated) == (info.generation, info.updated)
    assert (found.index.engine, found.index.documents) == (info.engine, 4)
    assert found.program.version == __version__


def test_2_pages_of_one_search_have_one_receipt(searcher: Searcher) -> None:
    asked = question("q=armistice&author=Kuznetsov&author=Mao")
    again = replace(asked, page=2, per_page=1, facets=("type",), highlight=False, fields=("id",), zoom=True)
    assert made(searcher, asked) == made(searcher, again)
    assert made(searcher, asked).links.html == f"https://archive.example{search_url(asked)}"


@pytest.mark.parametrize(
    ("search", "counts"),
    [
        ("q=armistice", None),
        ("q=armistice&missing=date", None),
        ("q=armistice&date_from=1953", DateCertainty(certain=1, possible=1, undated=1)),
        ("q=armistice&date=1951&date=1952", DateCertainty(certain=0, possible=1, undated=1)),
        ("q=armistice&date=1951..1953&date_match=within", DateCertainty(certain=2, possible=0, undated=1)),
        ("q=armistice&date=1953&author=Mao&undated=include", DateCertainty(certain=0, possible=1, undated=0)),
        # Relaxed, as the search is: the documents with some of the words, none of which is certain.
        ("q=armistice zebra&date=1952", DateCertainty(certain=0, possible=1, undated=1)),
    ],
)
def test_3_dates(searcher: Searcher, search: str, counts: DateCertainty | None) -> None:
    assert searcher.date_certainty(question(search)) == counts


@given(text=st.text(max_size=60), author=st.text(min_size=1, max_size=20))
def test_4_a_line_is_a_line(text: str, author: str) -> None:
    searcher = Searcher(MemoryEngine(Schema()))
    asked = parse_parameters([("q", text), ("author", author)], searcher.schema)
    found = made(searcher, asked)
    lines = receipt_text(found, searcher.schema).splitlines()
    assert len(lines) == len(receipt_lines(found, searcher.schema))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Receipt).query.text == asked.text
