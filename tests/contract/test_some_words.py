"""Documents with some of the words of a query, on every engine, over random queries.

1. Where no document has all the words, those with any are found, the ones with most words first, then by
   score, then by id; every page continues the one before it.
2. Where fewer than ten have all, `more` has the others with some of them, and its address leads to both.
3. A document scores what it scores with `match=any`.
4. What is counted is what there is: total, facets, and each within filters.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.api.urls import search_url
from search.document import Document
from search.engines import Engine
from search.parameters.question import parse_parameters
from search.request import Filter, Question
from search.results import Facet
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document

WORDS = ("armistice", "border", "canal", "delta", "envoy", "fleet", "garrison", "harbour", "absent")
SCHEMA = Schema()


def random_document(number: int) -> Document:
    random = Random(number)
    words = random.choices(WORDS[:-1], weights=(60, 40, 25, 15, 10, 5, 3, 2), k=random.randint(0, 12))
    return document(f"d{number:02}", " ".join(words), authors=random.sample(("Mao", "Kim"), 1))


DOCUMENTS = {item.id: item for item in map(random_document, range(80))}


@pytest.fixture(scope="module")
def searcher(engine_of: Callable[[Iterable[Document]], Engine]) -> Searcher:
    return Searcher(engine_of(DOCUMENTS.values()))


def assert_ordered(searcher: Searcher, question: Question, ids: list[str], expected: list[str]) -> None:
    """Whether these are the expected documents, in their order but for scores that differ by rounding."""
    scored = scores(searcher, question)
    assert sorted(ids) == sorted(expected)
    for one, other in zip(ids, expected, strict=True):
        assert words_of(question, one) == words_of(question, other)
        assert scored[one] == pytest.approx(scored[other], rel=1e-6)


filters = st.sampled_from([(), (Filter("author", "is", "Kim"),)])
queries = st.lists(st.sampled_from(WORDS), min_size=2, max_size=6).map(" ".join)
pages = st.sampled_from([3, 7, 20])


def words_of(question: Question, doc_id: str) -> int:
    """How many of the question's words a document has."""
    return len(set(question.text.split()) & set(DOCUMENTS[doc_id].body.split()))


def scores(searcher: Searcher, question: Question) -> dict[str, float]:
    """The documents with any of the words, by score."""
    every = replace(question, match="any", per_page=100, facets=(), highlight=False)
    return {hit.document.id: hit.score for hit in searcher.search(every).hits}


def in_order(searcher: Searcher, question: Question) -> list[str]:
    """The ids of the documents with some of the words, as the definition orders them."""
    scored = scores(searcher, question)
    return sorted(scored, key=lambda doc: (-words_of(question, doc), -scored[doc], doc))


def paged(searcher: Searcher, question: Question, per_page: int) -> list[str]:
    """The ids on all pages of a question; 3."""
    scored = scores(searcher, question)
    asked = replace(question, per_page=per_page, facets=(), highlight=False)
    ids: list[str] = []
    for page in range(1, len(scored) // per_page + 3):
        for hit in searcher.search(replace(asked, page=page)).hits:
            assert hit.score == pytest.approx(scored[hit.document.id], rel=1e-6)
            ids.append(hit.document.id)
    return ids


@given(text=queries, chosen=filters, per_page=pages)
@settings(max_examples=60)
def test_1_most_words_first(searcher: Searcher, text: str, chosen: tuple[Filter, ...], per_page: int) -> None:
    question = Question(text, filters=chosen)
    expected = in_order(searcher, question)
    words = len(set(text.split()))
    complete = [doc for doc in expected if words_of(question, doc) == words]
    answer = searcher.search(question)
    assert answer.query.relaxed == (bool(expected) and not complete and words > 1)
    if answer.query.relaxed:
        assert answer.total == len(expected)
        assert_ordered(searcher, question, paged(searcher, question, per_page), expected)
        assert answer.more is None
    else:
        assert answer.total == len(complete)
    best = searcher.ranking(question, 100)[: len(complete)]
    assert_ordered(searcher, question, best, complete)


@given(text=queries, chosen=filters, per_page=pages)
@settings(max_examples=60)
def test_2_more_has_the_others(
    searcher: Searcher, text: str, chosen: tuple[Filter, ...], per_page: int
) -> None:
    question = Question(text, filters=chosen)
    answer = searcher.search(question)
    expected = in_order(searcher, question)
    assert (answer.more is not None) == (
        0 < answer.total < 10 and not answer.query.relaxed and len(expected) > answer.total
    )
    if answer.more is None:
        return
    assert answer.more.total == len(expected) - answer.total
    more = [hit.document.id for hit in answer.more.hits]
    assert len(more) == min(10, answer.more.total)
    assert more == searcher.ranking(question, answer.total + 10)[answer.total :]
    url = search_url(answer.more.question)
    assert "match=most" in url
    together = searcher.ranking(question, 100)
    assert paged(searcher, answer.more.question, per_page) == together
    assert_ordered(searcher, question, together, expected)
    assert searcher.search(answer.more.question).total == len(expected)


@given(text=queries, chosen=filters)
@settings(max_examples=30)
def test_4_facets_count_what_is_found(searcher: Searcher, text: str, chosen: tuple[Filter, ...]) -> None:
    for question in (Question(text, filters=chosen), Question(text, filters=chosen, match="most")):
        answer = searcher.search(question)
        ids = set(scores(searcher, replace(question, filters=())))
        if not answer.query.relaxed and question.match is None:
            ids = {doc for doc in ids if words_of(question, doc) == len(set(text.split()))}
        facet = next(facet for facet in answer.facets if isinstance(facet, Facet))
        counts = {value.value: value.count for value in facet.values if value.count}
        authors = [DOCUMENTS[doc].authors[0] for doc in ids]
        assert counts == {name: authors.count(name) for name in set(authors)}


def test_the_address_of_more_is_read_as_it_is_written(searcher: Searcher) -> None:
    answer = searcher.search(
        Question("fleet garrison canal", filters=(Filter("author", "is", "Kim"),), page=2)
    )
    assert answer.more is not None
    pairs = [("q", "fleet garrison canal"), ("author", "Kim"), ("match", "most")]
    assert parse_parameters(pairs, SCHEMA) == answer.more.question
