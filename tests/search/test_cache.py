"""What was answered is answered again from memory, as long as the index is the same.

1. A question asked again is not asked of the engine.
2. A commit is seen: nothing older is answered.
3. The least recently asked goes first, and what is too large is not kept.
"""

from search.cache import Cache
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

    cache = Cache(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert cache.get("1", key, lambda key=key: make(key)) == key  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]
    for _ in range(2):
        cache.get("1", "large", lambda: make("large"), worth=lambda _: False)
    assert made[4:] == ["large", "large"]
