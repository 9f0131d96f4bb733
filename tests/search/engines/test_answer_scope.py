"""What one answer computes is shared between its searches, and forgotten with it.

1. In an answer a value is computed once, an empty one, too; outside of one at each call.
2. Nothing is kept for the next answer; an answer inside another is part of it.
3. Threads have answers of their own.
4. An equal request is executed once an answer, on every engine; a commit is seen by the next answer.
"""

from concurrent.futures import ThreadPoolExecutor

from search.engines import Engine
from search.engines.answer_scope import once, one_answer
from search.query.tree import Term
from search.request import SearchRequest
from tests.archive import document, fill


def counted(calls: list[str], name: str = "a") -> int:
    return once(name, lambda: calls.append(name) or 0)  # type: ignore[func-returns-value]


def test_1_computed_once_in_an_answer() -> None:
    calls: list[str] = []
    with one_answer():
        for name in "aabab":
            counted(calls, name)
    assert calls == ["a", "b"]
    counted(calls)
    counted(calls)
    assert calls == ["a", "b", "a", "a"]


def test_2_forgotten_at_the_end() -> None:
    calls: list[str] = []
    with one_answer():
        counted(calls)
        with one_answer():
            counted(calls)
        counted(calls)
    with one_answer():
        counted(calls)
    assert calls == ["a", "a"]


def test_3_threads_share_nothing() -> None:
    calls: list[str] = []
    with one_answer(), ThreadPoolExecutor(1) as pool:
        counted(calls)
        pool.submit(counted, calls).result()
        pool.submit(counted, calls).result()
    assert calls == ["a", "a", "a"]


def test_4_an_equal_request_is_executed_once(engine: Engine) -> None:
    fill(engine, [document("one", "war")])
    request = SearchRequest(Term("war"))
    with engine.reading():
        first = engine.search(request)
        fill(engine, [document("two", "war")])
        assert engine.search(SearchRequest(Term("war"))) is first
    assert engine.search(request).total == 2
