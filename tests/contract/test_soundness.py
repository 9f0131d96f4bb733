"""On real documents, what every engine says is true: see soundness.py. Skipped without OPIS_DATA.

1. The counts of every facet are what counting the documents gives.
2. Paging through a result set yields each document once.
3. Queries made of the documents' own words find them, and every result shows what matched.
"""

import gzip
import os
from itertools import islice
from pathlib import Path

import pytest

from index.indexer import Indexer
from search.document import Document
from search.engines import Engine
from search.request import Question, SearchRequest
from search.schema import Schema
from search.searcher import Searcher
from tests.conftest import ENGINES, NewEngine
from tests.soundness import check_facets, check_paging, check_query, random_queries

RECORDS = Path(os.environ.get("OPIS_DATA", ""), "frus", "docs.jsonl.gz")
DOCUMENTS = 1500
QUERIES = 300

pytestmark = pytest.mark.skipif(
    "OPIS_DATA" not in os.environ or not RECORDS.exists(), reason="OPIS_DATA names no folder with frus/"
)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every 28th record of the collection, so that all of its volumes are there."""
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    with gzip.open(RECORDS, "rb") as source:
        path.write_bytes(b"".join(islice(source, 0, 28 * DOCUMENTS, 28)))
    return path


@pytest.fixture(scope="module", params=ENGINES)
def full(request: pytest.FixtureRequest, records: Path, new_engine: NewEngine) -> Engine:
    engine = new_engine(request.param, Schema())
    Indexer(engine, engine.schema).run([str(records)])
    return engine


@pytest.fixture(scope="module")
def documents(full: Engine) -> list[Document]:
    return list(full.scan(SearchRequest()))


def test_1_facets_count_what_the_documents_say(full: Engine, documents: list[Document]) -> None:
    assert len(documents) == DOCUMENTS
    assert check_facets(full, documents) > 100


@pytest.mark.parametrize("sort", ["relevance", "date", "-date", "title", "-indexed"])
def test_2_pages_hold_each_document_once(full: Engine, sort: str) -> None:
    for text in ("", "treaty OR war"):
        question = Question(text=text, sort=sort, per_page=100, facets=(), highlight=False)  # type: ignore[arg-type]
        assert check_paging(Searcher(full), question) > 100


def test_3_queries_find_what_their_words_are_from(full: Engine, documents: list[Document]) -> None:
    searcher = Searcher(full)
    queries = QUERIES if full.name != "memory" else QUERIES // 10
    for text, doc_id in random_queries(documents, queries):
        assert check_query(searcher, text, doc_id)
