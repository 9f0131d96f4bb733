"""Every engine answers as the memory engine does.

1. Ids, totals, facets and order agree for any query tree, filter and sort; scores to the sixth digit.
2. They still agree after documents have been replaced and removed: what is gone counts for nothing.
3. A simplified query finds the documents that the query finds.
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from search.engines import Engine, open_engine
from search.query.simplification import simplify
from search.query.tree import Exact, MatchAll, Not, Query, Term
from search.request import DateFacetRequest, FacetRequest, SearchRequest
from tests.archive import fill, fill_segments
from tests.conftest import STORED, NewEngine
from tests.random_requests import DOCUMENTS, SCHEMA, WORDS, any_queries, random_documents, requests

PRECISION = 1e-5
"""Of scores: Tantivy's have 24 bits."""


@pytest.fixture(scope="module")
def memory() -> Engine:
    return fill(open_engine("memory:", SCHEMA), DOCUMENTS)


@pytest.fixture(scope="module", params=STORED)
def other(request: pytest.FixtureRequest, new_engine: NewEngine) -> Engine:
    return fill_segments(new_engine(request.param, SCHEMA), DOCUMENTS)


@given(request=requests)
@settings(max_examples=300)
def test_1_engines_agree(memory: Engine, other: Engine, request: SearchRequest) -> None:
    every = replace(request, limit=1000) if request.sort == "relevance" else request
    expected, answered = memory.search(every), other.search(request)
    assert answered.total == expected.total
    assert answered.facets == expected.facets
    if request.sort == "relevance":
        expected_scores = {hit.id: hit.score for hit in expected.hits}
        scores = {hit.id: hit.score for hit in other.search(replace(every, facets=())).hits}
        assert scores == pytest.approx(expected_scores, rel=1e-6, abs=PRECISION)
        best = sorted(scores.values(), reverse=True)[: len(answered.hits)]
        assert [hit.score for hit in answered.hits] == pytest.approx(best, rel=1e-6, abs=PRECISION)
    else:
        assert [hit.id for hit in answered.hits] == [hit.id for hit in expected.hits]


@pytest.mark.parametrize("name", STORED)
def test_2_engines_agree_after_changes(name: str, new_engine: NewEngine) -> None:
    # Tantivy's statistics hold what is gone until it merges segments, which moves scores a little.
    precision = 0.2 if name == "tantivy" else 1e-6
    engines = [open_engine("memory:", SCHEMA), new_engine(name, SCHEMA)]
    for engine in engines:
        fill(engine, DOCUMENTS)
        fill(engine, random_documents(2, 60))
        with engine.writer() as writer:
            for n in range(0, 150, 4):
                writer.delete(f"d{n:03}")
    for text in WORDS:
        word, stem = SCHEMA.analyzer.pairs(text)[0]
        for query in (Term(stem), Exact(word, stem, "title"), Not(Term(stem)), MatchAll()):
            asked = SearchRequest(
                simplify(query), facets=(FacetRequest("author", 9), DateFacetRequest()), limit=200
            )
            expected, answered = (engine.search(asked) for engine in engines)
            scores = {hit.id: hit.score for hit in answered.hits}
            assert scores == pytest.approx({hit.id: hit.score for hit in expected.hits}, abs=precision)
            assert (answered.total, answered.facets) == (expected.total, expected.facets)
    for prefix in ("", "a", "t"):
        assert engines[1].vocabulary("words").with_prefix(prefix, 99) == engines[0].vocabulary(
            "words"
        ).with_prefix(prefix, 99)
        assert engines[1].vocabulary("author").with_prefix(prefix, 99) == engines[0].vocabulary(
            "author"
        ).with_prefix(prefix, 99)
    engines[1].close()


@given(query=any_queries)
@settings(max_examples=100)
def test_3_simplified_queries_find_the_same(memory: Engine, query: Query) -> None:
    found, expected = (
        {hit.id for hit in memory.search(SearchRequest(tree, limit=1000)).hits}
        for tree in (simplify(query), query)
    )
    assert found == expected
