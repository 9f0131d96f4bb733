"""No query hangs, crashes or kills a process, on an archive of 5,000 documents.

The memory engine, which looks at every document and is for tests, has 1,000.

1. Each query of hostile_queries.py is answered within two seconds, with facets and highlights.
2. So is any text of Unicode.
3. Over HTTP each gets a page, and an answer or a problem as JSON.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.api.parameters import MAX_QUERY
from search.document import Document
from search.engines import Engine, open_engine
from search.request import Question
from search.results import Answer
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings
from tests.archive import document, fill
from tests.conftest import ENGINES
from tests.hostile_queries import BAD, COSTLY, SIZE
from tests.in_time import in_processor_time
from webui import create_app

SECONDS = 2
QUERIES = BAD | COSTLY


def archive(documents: int) -> Iterator[Document]:
    """Documents of 30 common and 10 rare words, out of 20,000 rare ones, with names and dates."""
    random = Random(1)
    rare = [f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}word{n}" for n in range(20_000)]
    stop_words = ["the", "of", "and", "to", "in", "a", "is", "was", "for", "on"]
    common = [*(stop_words * 3), *(f"common{n}" for n in range(64))]
    for n in range(documents):
        words = random.choices(common, k=30) + random.sample(rare, 10)
        random.shuffle(words)
        yield document(
            f"d{n}",
            " ".join(words) + ". 毛泽东",
            title=" ".join(words[:6]),
            authors=[f"Author {n % 300}"],
            subjects=[f"Subject {n % 20}"],
            date=f"{1900 + n % 100}-{n % 12 + 1:02}" if n % 10 else "",
        )


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("archive")
    url = "memory:" if request.param == "memory" else f"{request.param}:{path / 'index'}"
    documents = 1_000 if request.param == "memory" else 5_000
    opened = fill(open_engine(url, Schema(), create=True), archive(documents))
    Searcher(opened).search(Question("aa* common~ the"))  # what is read once is not what is timed
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    return create_app(Settings(), engine).test_client()


@pytest.mark.parametrize("name", QUERIES)
def test_1_hostile_queries_are_answered(engine: Engine, name: str) -> None:
    question = Question(QUERIES[name][:MAX_QUERY], facets=("author", "date", "subject"), facet_limit=100)
    with in_processor_time(SECONDS):
        answer = Searcher(engine).search(question)
    check(answer, engine)
    for facet in answer.facets:
        assert all(0 <= value.count <= answer.total for value in facet.values)


@pytest.mark.parametrize("name", BAD)
def test_1_nor_does_reading_one_take_long(engine: Engine, name: str) -> None:
    assert len(BAD[name]) <= SIZE
    with in_processor_time(SECONDS):
        answer = Searcher(engine).search(Question(BAD[name]))
    check(answer, engine)


def check(answer: Answer, engine: Engine) -> None:
    """An answer that holds together: a full page of different hits, or an explanation why there is none."""
    ids = {hit.document.id for hit in answer.hits}
    assert len(ids) == len(answer.hits) == min(answer.total, answer.question.per_page)
    assert answer.total <= engine.info().documents
    assert answer.total or answer.explain_zero is not None


TEXTS = st.text(st.characters(exclude_categories=()), max_size=200)


@given(TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_2_any_text_is_answered(engine: Engine, text: str) -> None:
    with in_processor_time(SECONDS):
        answer = Searcher(engine).search(Question(text))
    check(answer, engine)


@pytest.mark.parametrize("name", QUERIES)
def test_3_over_http(client: FlaskClient, name: str) -> None:
    answered(client, QUERIES[name].encode("utf-8", "surrogatepass"))


@given(TEXTS | st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_3_any_bytes_over_http(client: FlaskClient, text: str | bytes) -> None:
    answered(client, text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)


def answered(client: FlaskClient, query: bytes) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in query)
    with in_processor_time(2 * SECONDS):
        page = client.get(f"/search?q={quoted}")
        body = client.get(f"/api/v1/search?q={quoted}")
    assert page.status_code == 200
    assert body.status_code in {200, 400}
    answer = body.get_json()
    if body.status_code == 200:
        assert len(answer["hits"]) == min(answer["total"], answer["per_page"])
    else:
        assert answer["parameter"] == "q"
