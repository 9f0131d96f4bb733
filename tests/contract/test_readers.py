"""What every reader of an index owes while others write to it.

1. Another reader sees a commit within a second.
2. Commits and rebuilds do not disturb readers: what they were reading stays whole.
3. Threads share a reader.
"""

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from search.analyzed import analyze
from search.engines import Engine
from search.expansion.expander import Expander
from search.query.parser import parse
from search.request import Question, SearchRequest
from search.searcher import Searcher
from tests.archive import document, fill, found


def test_1_another_reader_sees_a_commit_within_a_second(
    engine: Engine, open_again: Callable[[], Engine]
) -> None:
    fill(engine, [document(f"d{n}", "one") for n in range(20)])
    reader = open_again()
    reading = reader.scan(SearchRequest())
    first = next(reading)
    fill(engine, [document("new", "one")])
    with engine.rebuild() as writer:
        writer.put(analyze(document("newest", "one"), engine.schema))
    assert len({first.id, *(item.id for item in reading)}) == 20
    deadline = time.monotonic() + 1
    while True:
        late = time.monotonic() > deadline
        if found(reader, "one") == ["newest"]:
            break
        assert not late, "a search that began a second after the commit does not see it"
        time.sleep(0.02)


def test_2_readers_are_not_disturbed_by_commits_and_rebuilds(
    engine: Engine, open_again: Callable[[], Engine]
) -> None:
    fill(engine, [document(f"d{n}", "one batch0") for n in range(20)])
    searcher = Searcher(open_again())
    stopped = threading.Event()

    def read() -> set[int]:
        totals = set()
        while not stopped.is_set():
            totals.add(searcher.search(Question("one", per_page=20)).total)
        return totals

    with ThreadPoolExecutor(3) as pool:
        reading = [pool.submit(read) for _ in range(3)]
        for batch in range(1, 7 if engine.name == "opensearch" else 13):  # there, a commit takes a second
            with engine.rebuild() if batch % 3 == 0 else engine.writer() as writer:
                for n in range(20):
                    writer.put(analyze(document(f"d{n}", f"one batch{batch}"), engine.schema))
        stopped.set()
        assert set().union(*(future.result() for future in reading)) == {20}


def test_3_threads_share_a_reader(engine: Engine) -> None:
    words = [f"word{n % 97}" for n in range(3000)]
    fill(engine, [document(f"d{n:03}", " ".join(words[n : n + 60]) + " common") for n in range(300)])
    texts = ("common", "word3 word5", '"word7 word8"', "word1* -word9", "common OR word11")
    requests = [SearchRequest(Expander(engine).expand(parse(text, engine.schema).query)) for text in texts]
    expected = [engine.search(request) for request in requests]

    def ask(turn: int) -> bool:
        at = turn % len(requests)
        return engine.search(requests[at]) == expected[at]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # what rarely goes wrong goes wrong sooner
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, range(200)))
    finally:
        sys.setswitchinterval(interval)
