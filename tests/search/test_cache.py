"""Answers are cached as long as the index does not change.

1. The engine is not asked again for a cached answer.
2. After a commit no older answer is given.
3. The least recently used value is evicted first; what should not be kept is computed each time.
"""

from search.cache import GenerationCache
from search.engines.memory import MemoryEngine
from search.request import Question, SearchRequest
from search.results import SearchResults
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import document, fill


class Counting(MemoryEngine):
    asked = 0

    def search(self, request: SearchRequest) -> SearchResults:
        self.asked += 1
        return super().search(request)


def test_1_and_2_a_question_is_asked_once_of_each_commit() -> None:
    engine = Counting(Schema())
    fill(engine, [document("a", "war")])
    searcher = Searcher(engine)
    first, again = searcher.search(Question("war")), searcher.search(Question("war"))
    assert first.hits == again.hits
    asked = engine.asked
    searcher.search(Question("war"))
    assert engine.asked == asked
    assert searcher.search(Question("war", page=2)).hits == ()
    fill(engine, [document("b", "war")])
    assert [found.document.id for found in searcher.search(Question("war")).hits] == ["a", "b"]


def test_3_the_least_recently_asked_goes_first() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key

    cache = GenerationCache(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert cache.get("1", key, lambda key=key: make(key)) == key  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]
    for _ in range(2):
        cache.get("1", "large", lambda: make("large"), should_keep=lambda _: False)
    assert made[4:] == ["large", "large"]
