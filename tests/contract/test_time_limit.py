"""A search whose time is over, or whose client has left, ends with an error, never with a part of its answer.

1. It ends at the first step that is over the time, on every engine.
2. Wherever it is interrupted, the same search afterwards gives the whole answer.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count

import pytest

from search.answer import Answer
from search.document import Document
from search.engines import Engine
from search.engines.deadline import check_time, time_left, time_limit
from search.errors import Abandoned, QueryTimeout
from search.request import Filter, Question
from search.searcher import Searcher
from tests.archive import document

WORDS = ("armistice", "border", "canal", "delta", "envoy", "fleet", "harbour")
DOCUMENTS = [
    document(f"d{number}", " ".join(WORDS[number % 7 :]), authors=["Mao" if number % 3 else "Kim"])
    for number in range(60)
]
QUESTIONS = (
    Question("armistice OR canal"),
    Question('"envoy fleet"~5 del*', filters=(Filter("author", "is", "Mao"),)),
    Question("armistise canal absent"),
    Question("harbour~ border fleet", match="any", sort="title"),
)


@pytest.fixture(scope="module")
def searcher(engine_of: Callable[[Iterable[Document]], Engine]) -> Searcher:
    return Searcher(engine_of(DOCUMENTS))


def fresh(searcher: Searcher) -> Searcher:
    """A searcher of the same index that has no answer in its caches."""
    return Searcher(searcher.engine)


def without_time(answer: Answer) -> Answer:
    return replace(answer, took_ms=0.0)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text)
def test_1_a_search_without_time_ends(searcher: Searcher, question: Question) -> None:
    with time_limit(-1), pytest.raises(QueryTimeout, match="too long"):
        fresh(searcher).search(question)


def test_1_so_do_suggestions_and_facets(searcher: Searcher) -> None:
    with time_limit(-1), pytest.raises(QueryTimeout):
        fresh(searcher).suggest("armi")
    with time_limit(-1), pytest.raises(QueryTimeout):
        fresh(searcher).document("d1")


def test_1_without_a_limit_there_is_none(searcher: Searcher) -> None:
    check_time()
    assert time_left() is None
    with time_limit(60):
        assert fresh(searcher).search(QUESTIONS[0]).total
        assert 0 < (time_left() or 0) < 60
    check_time()


def leaving_after(steps: int) -> Callable[[], bool]:
    """Whether the client has left, who leaves after a number of steps."""
    numbers = count(1)
    return lambda: next(numbers) > steps


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text)
def test_2_an_interrupted_search_leaves_no_part_of_an_answer(searcher: Searcher, question: Question) -> None:
    whole = without_time(fresh(searcher).search(question))
    kept = fresh(searcher)
    for steps in range(200):
        try:
            with time_limit(60, leaving_after(steps)):
                answer = kept.search(question)
        except Abandoned:
            continue
        assert without_time(answer) == whole
        break
    else:
        pytest.fail("the search has more steps than a search of sixty documents should")
    assert steps > 1
    assert without_time(kept.search(question)) == whole
