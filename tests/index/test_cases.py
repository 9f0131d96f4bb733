"""Documents of other people's archives, kept in OPIS_DATA/../cases/ingest, are read as cases.txt says.

1. Title, days, authors, recipients, and what finds a document, are those of its row; no document lacks one.
2. One language is one value of the facet, however records write it.
3. No weekday is an author, a recipient or a place.
"""

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from index.indexer import Indexer
from search.document import ArchivalDate, Document
from search.engines.memory import MemoryEngine
from search.request import Question, SearchRequest
from search.schema import Schema
from search.searcher import Searcher

FOLDER = Path(os.environ.get("OPIS_DATA", "")).parent / "cases" / "ingest"
PENDING: dict[str, int] = {}
"""Cases that are not yet as they should be, each with the number of what is known about it."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="set OPIS_DATA to a folder beside cases/ingest/")


@dataclass(frozen=True)
class Case:
    """A document as it is to be; "*" stands for what is not judged."""

    source: str
    title: str
    days: str
    authors: str
    recipients: str
    words: str = ""
    no_words: str = ""


def cases() -> list[Case]:
    lines = Path(__file__).with_name("cases.txt").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    return [Case(*(cell.strip() for cell in row.split(" |"))) for row in rows]


@cache
def archive() -> tuple[Searcher, dict[str, Document]]:
    """All inputs in one index, and the documents by source."""
    engine = MemoryEngine(Schema())
    Indexer(engine, engine.schema).run([str(FOLDER)])
    return Searcher(engine), {document.source: document for document in engine.scan(SearchRequest())}


def pending(name: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(name in PENDING, reason=f"finding {PENDING.get(name)}", strict=False)


def days(date: ArchivalDate | None) -> str:
    ends = (date.earliest_iso or "", date.latest_iso or "") if date and date.understood else ("",)
    return "/".join(dict.fromkeys(ends))


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.source, marks=pending(case.source)) for case in cases()]
)
def test_1_documents(case: Case) -> None:
    searcher, documents = archive()
    document = documents[case.source]
    found = {
        "title": document.title,
        "days": days(document.date),
        "authors": "; ".join(document.authors),
        "recipients": "; ".join(document.recipients),
    }
    wanted = {name: getattr(case, name) for name in found}
    assert found == {name: found[name] if value == "*" else value for name, value in wanted.items()}
    assert [word for word in split(case.words) if not finds(searcher, word, document)] == []
    assert [word for word in split(case.no_words) if finds(searcher, word, document)] == []


def split(words: str) -> list[str]:
    return [word for word in re.split(r";\s*", words) if word]


def finds(searcher: Searcher, word: str, document: Document) -> bool:
    """Whether a search for exactly this word or phrase finds the document."""
    question = Question(f'"{word.strip(chr(34))}"', match="all", expand=False, per_page=200, highlight=False)
    return document.id in {hit.document.id for hit in searcher.search(question).hits}


def test_1_every_document_has_its_row() -> None:
    _, documents = archive()
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    sources = {case.source for case in cases()}
    assert documents.keys() <= sources
    assert [file for file in files if not any(source.partition("#")[0] == file for source in sources)] == []


def test_2_languages() -> None:
    _, documents = archive()
    records = [document for source, document in documents.items() if source.startswith("more/lang.jsonl")]
    assert len({document.language for document in records}) == 1


def test_3_weekdays() -> None:
    _, documents = archive()
    named = {text for one in documents.values() for text in (*one.authors, *one.recipients, one.place)}
    assert [text for text in named if re.search(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", text)] == []
