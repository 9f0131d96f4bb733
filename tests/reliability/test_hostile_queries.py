"""No query hangs, crashes or kills a process, on an archive of 5,000 documents.

They are real ones where OPIS_DATA has them. The memory engine, which looks at every document, is for tests,
and is asked none of this.

1. Each query of hostile_queries.py is answered within two seconds, with all facets and highlights.
2. So is any text of Unicode.
3. Over HTTP each gets a page, and an answer or a problem as JSON, of one engine: pages know no other.
4. So do its completions, the lists of a facet's values and the search within a document, in as little time.
"""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.answer import Answer
from search.engines import Engine
from search.parameters.question import MAX_QUERY
from search.query.tree import MatchMode
from search.request import DATE, Question, SearchRequest
from search.schema import WORDS, Schema
from search.searcher import Searcher
from search.settings import Settings
from tests.archive import fill
from tests.conftest import STORED, NewEngine
from tests.hostile_queries import BAD, COSTLY, SIZE, WORST, costly_words
from tests.in_time import in_processor_time
from tests.pseudo_archive import documents
from webui import create_app

SECONDS = 2
QUERIES = BAD | COSTLY


@pytest.fixture(scope="module", params=STORED)
def engine(request: pytest.FixtureRequest, new_engine: NewEngine) -> Engine:
    opened = fill(new_engine(request.param, Schema()), documents(5_000))
    Searcher(opened).search(Question("aa* common~ the"))  # what is read once is not what is timed
    return opened


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    return create_app(Settings(), engine).test_client()


@pytest.mark.parametrize("name", QUERIES)
def test_1_hostile_queries_are_answered(engine: Engine, name: str) -> None:
    answered_in_time(engine, QUERIES[name][:MAX_QUERY])


@pytest.mark.parametrize("name", WORST)
@pytest.mark.parametrize("match", ["all", "any", None])
def test_1_even_the_worst_of_this_archive(engine: Engine, name: str, match: MatchMode | None) -> None:
    answered_in_time(engine, worst(engine, name), match)


def worst(engine: Engine, name: str) -> str:
    return WORST[name](costly_words(engine.vocabulary(WORDS)))[:MAX_QUERY]


def answered_in_time(engine: Engine, query: str, match: MatchMode | None = None) -> None:
    facets = (*engine.schema.facets, DATE)
    with in_processor_time(SECONDS):
        answer = Searcher(engine).search(Question(query, match, facets=facets, facet_limit=100))
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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_2_any_text_is_answered(engine: Engine, text: str) -> None:
    with in_processor_time(SECONDS):
        answer = Searcher(engine).search(Question(text))
    check(answer, engine)


@pytest.mark.parametrize("engine", ["tantivy"], indirect=True)
@pytest.mark.parametrize("name", QUERIES)
def test_3_over_http(client: FlaskClient, name: str) -> None:
    answered(client, QUERIES[name].encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", WORST)
def test_4_completions_lists_and_documents(engine: Engine, client: FlaskClient, name: str) -> None:
    query = quote(worst(engine, name))
    found = engine.search(SearchRequest(limit=1)).hits[0].id
    for path in (
        f"/api/v1/suggest?q={query}",
        f"/api/v1/facets/author?q={query}",
        f"/facets/date?q={query}",
        f"/documents/{found}?q={query}",
        f"/api/v1/documents/{found}/search?q={query}",
    ):
        with in_processor_time(SECONDS):
            response = client.get(path)
        assert response.status_code == 200, path


@pytest.mark.parametrize("engine", ["tantivy"], indirect=True)
@given(TEXTS | st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_3_any_bytes_over_http(client: FlaskClient, text: str | bytes) -> None:
    answered(client, text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)


def answered(client: FlaskClient, query: bytes) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in query)
    with in_processor_time(2 * SECONDS):
        page = client.get(f"/search?q={quoted}", follow_redirects=True)  # an empty query has no address
        body = client.get(f"/api/v1/search?q={quoted}")
    assert page.status_code == 200
    assert body.status_code in {200, 400}
    answer = body.get_json()
    if body.status_code == 200:
        assert len(answer["hits"]) == min(answer["total"], answer["per_page"])
    else:
        assert answer["parameter"] == "q"
