"""What every engine owes.

 1. A document put is found, and comes back as it was put.
 2. A put replaces the document of the same id, also within one transaction.
 3. A deleted document is gone; deleting none is no error.
 4. A transaction that fails leaves everything as it was; so does a rebuild that fails.
 5. A second writer is refused with IndexLocked while one is at work.
 6. A rebuild replaces everything, and readers see the old index until it ends.
 7. The generation changes with every commit; the documents are counted.
 8. Commit data comes back after its commit, and is kept by the next.
 9. Another reader sees a commit within a second, and what it was reading stays whole.
10. Pages of a result set join without gap or repeat, ties by id; a page beyond the end is empty.
11. Undated documents come last in both orders of date.
12. A facet's counts ignore its own selection, and are exact over many commits.
13. Terms are found by prefix and by edit distance, the most frequent first.
14. Scanning gives every match, in order.
15. An unexpanded query raises a typed error.
16. An index of another schema is stale: it answers, and is not written to.
17. The documents with a stem are counted, over many commits and without those deleted.
18. The order of indexing: the latest first, those of unknown time last; no commit changes a time.
"""

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from search.analyzed import analyze
from search.engines import Engine, open_engine
from search.errors import EngineError, IndexLocked, IndexMissing, SchemaChanged
from search.expansion.expander import Expander
from search.query.parser import parse
from search.query.tree import Prefix
from search.request import FacetRequest, FieldFilter, Question, SearchRequest
from search.results import Facet, TermCount
from search.schema import Schema, Weights
from search.searcher import Searcher
from tests.archive import document, fill


def found(engine: Engine, text: str = "", **request: object) -> list[str]:
    query = parse(text, engine.schema).query
    asked = replace(SearchRequest(query, limit=100), **request)  # type: ignore[arg-type]
    return [hit.id for hit in engine.search(asked).hits]


def test_1_a_document_comes_back_as_it_was_put(engine: Engine) -> None:
    put = document(
        "a", "Armistice talks.\n\nÜber 毛泽东 \U0001f600", authors=["Ж"], date="..1800", extra={"box": "7"}
    )
    fill(engine, [put])
    assert found(engine, "armistice") == ["a"]
    assert engine.get_many(["a", "none"]) == [put, None]


def test_2_a_put_replaces(engine: Engine) -> None:
    fill(engine, [document("a", "one"), document("a", "two"), document("b", "one")])
    assert found(engine, "one") == ["b"]
    fill(engine, [document("a", "three")])
    assert (found(engine, "two"), found(engine, "three")) == ([], ["a"])
    assert engine.info().documents == 2


def test_3_a_deleted_document_is_gone(engine: Engine) -> None:
    fill(engine, [document("a", "one"), document("b", "one")])
    with engine.writer() as writer:
        writer.put(analyze(document("c", "one"), engine.schema))
        for doc_id in ("a", "c", "none"):
            writer.delete(doc_id)
    assert found(engine, "one") == ["b"]
    assert engine.get_many(["a", "c"]) == [None, None]
    assert engine.info().documents == 1


@pytest.mark.parametrize("transaction", ["writer", "rebuild"])
def test_4_a_failed_transaction_changes_nothing(engine: Engine, transaction: str) -> None:
    fill(engine, [document("a", "one")])
    before = engine.info()

    def fail() -> None:
        with getattr(engine, transaction)() as writer:
            writer.put(analyze(document("b", "one"), engine.schema))
            writer.delete("a")
            writer.put_commit_data("note", b"changed")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert found(engine, "one") == ["a"]
    assert engine.info() == before
    assert engine.commit_data("note") == b""
    fill(engine, [document("b", "one")])
    assert found(engine, "one") == ["a", "b"]


def test_5_a_second_writer_is_refused(engine: Engine) -> None:
    with engine.writer() as writer:
        writer.put(analyze(document("a"), engine.schema))
        with pytest.raises(IndexLocked), engine.rebuild():
            pass
    assert found(engine) == ["a"]


def test_6_a_rebuild_replaces_everything_at_its_end(engine: Engine) -> None:
    fill(engine, [document("a", "one")])
    with engine.rebuild() as writer:
        writer.put(analyze(document("b", "two"), engine.schema))
        assert found(engine) == ["a"]
    assert found(engine) == ["b"]


def test_7_the_generation_changes_with_every_commit(engine: Engine) -> None:
    stamps = [engine.info().generation]
    for number in range(3):
        fill(engine, [document(f"d{number}")])
        stamps.append(engine.info().generation)
        assert engine.info().documents == number + 1
    assert len(set(stamps)) == 4
    assert engine.info().updated.endswith("Z")


def test_8_commit_data_is_kept(engine: Engine) -> None:
    assert engine.commit_data("note") == b""
    with engine.writer() as writer:
        writer.put(analyze(document("a"), engine.schema))
        writer.put_commit_data("note", b"\x00note")
        writer.put_commit_data("other", b"x")
    fill(engine, [document("b")])
    with engine.writer() as writer:
        writer.put_commit_data("other", b"y")
    assert (engine.commit_data("note"), engine.commit_data("other")) == (b"\x00note", b"y")


def test_9_another_reader_sees_a_commit_within_a_second(
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


def test_9_readers_are_not_disturbed_by_commits_and_rebuilds(
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
        for batch in range(1, 13):
            with engine.rebuild() if batch % 3 == 0 else engine.writer() as writer:
                for n in range(20):
                    writer.put(analyze(document(f"d{n}", f"one batch{batch}"), engine.schema))
        stopped.set()
        assert set().union(*(future.result() for future in reading)) == {20}


def test_9_threads_share_a_reader(engine: Engine) -> None:
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


def test_10_pages_join_without_gap_or_repeat(engine: Engine) -> None:
    documents = [document(f"d{n:02}", "same words", date=f"19{n % 3:02}") for n in range(25)]
    fill(engine, documents[:13])
    fill(engine, documents[13:])
    for sort in ("relevance", "date", "-date", "title", "-indexed"):
        pages = [found(engine, "words", sort=sort, offset=start, limit=7) for start in range(0, 35, 7)]
        everything = [doc_id for page in pages for doc_id in page]
        assert len(everything) == len(set(everything)) == 25, sort
        assert pages[-1] == []
    assert found(engine, "words", limit=3) == ["d00", "d01", "d02"]
    assert engine.search(SearchRequest(parse("words", engine.schema).query, limit=0)).total == 25


def test_11_undated_documents_come_last(engine: Engine) -> None:
    dates = {
        "none": "",
        "open": "..1800",
        "early": "1700",
        "late": "1953",
        "wide": "1600..1960",
        "since": "1900..",
    }
    fill(engine, [document(name, date=date) for name, date in dates.items()])
    assert found(engine, sort="date") == ["open", "wide", "early", "since", "late", "none"]
    assert found(engine, sort="-date") == ["since", "wide", "late", "open", "early", "none"]


def test_12_facet_counts_are_exact_over_many_commits(engine: Engine) -> None:
    documents = [
        document(f"d{n:03}", "war" if n % 2 else "peace", authors=[f"author {i}" for i in range(n % 7)])
        for n in range(120)
    ]
    for start in range(0, 120, 15):  # eight segments, each with other most frequent values
        fill(engine, documents[start : start + 15])
    asked = SearchRequest(
        parse("war", engine.schema).query,
        filters=(FieldFilter("author", values=frozenset({"author 5"})),),
        facets=(FacetRequest("author", 3, pinned=("author 5", "nobody")),),
    )
    results = engine.search(asked)
    war = [item for item in documents if item.body == "war"]
    assert results.total == sum("author 5" in item.authors for item in war)
    [facet] = results.facets
    assert isinstance(facet, Facet)
    counts = {value.value: value.count for value in facet.values}
    assert counts == {
        name: sum(name in item.authors for item in war) for name in ("author 5", "nobody", "author 0")
    }
    assert (facet.distinct, facet.missing) == (6, sum(not item.authors for item in war))


def test_13_terms_are_found_by_prefix_and_by_distance(engine: Engine) -> None:
    fill(
        engine,
        [document("a", "negotiation negotiate"), document("b", "negotiation necessary", authors=["Neg"])],
    )
    assert engine.vocabulary("words").with_prefix("nego") == [
        TermCount("negotiation", 2),
        TermCount("negotiate", 1),
    ]
    assert engine.vocabulary("author").with_prefix("n") == [TermCount("neg", 1)]
    assert engine.vocabulary("words").with_prefix("zz") == []
    assert engine.vocabulary("words").similar("negotiatoin", 1, 5) == [TermCount("negotiation", 2)]
    assert engine.vocabulary("words").similar("negotiation", 2, 5) == []


def test_14_scanning_gives_every_match_in_order(engine: Engine) -> None:
    fill(engine, [document(f"d{n}", "one", date=f"{1950 + n}") for n in range(12)])
    asked = SearchRequest(parse("date:1955..1959", engine.schema).query, sort="-date", limit=2)
    assert [item.id for item in engine.scan(asked)] == ["d9", "d8", "d7", "d6", "d5"]


def test_15_an_unexpanded_query_is_refused(engine: Engine) -> None:
    fill(engine, [document("a")])
    with pytest.raises(EngineError, match="expanded"):
        engine.search(SearchRequest(Prefix("ab")))


def test_16_an_index_of_another_schema_answers_and_is_not_written_to(engine_url: str, engine: Engine) -> None:
    if engine_url == "memory:":
        pytest.skip("the memory engine keeps no index")
    fill(engine, [document("a", "Verhandlungen")])
    german = Schema("german", Weights(header=9), ("english", "german"))
    other = open_engine(engine_url, german)
    try:
        assert other.info().stale
        assert other.schema.language == "english"
        assert found(other, "verhandlungen") == ["a"]
        with pytest.raises(SchemaChanged, match="--rebuild"), other.writer():
            pass
        with other.rebuild() as writer:
            writer.put(analyze(document("b", "Verhandlungen"), german))
        assert not other.info().stale
        assert other.schema == german
        assert found(other, "Verhandlung") == ["b"]
    finally:
        other.close()


def test_17_the_documents_with_a_stem_are_counted(engine: Engine) -> None:
    fill(engine, [document("a", "talks talking"), document("b", "talk", title="Peace")])
    fill(engine, [document("c", "Talks.", authors=["Peace"]), document("d", "war")])
    with engine.writer() as writer:
        writer.delete("b")
        writer.put(analyze(document("d", "war and talks"), engine.schema))
    assert list(engine.frequencies(["talk", "peac", "war", "zeppelin", "talk"])) == [3, 1, 1, 0, 3]
    assert list(engine.frequencies([])) == []


def test_18_the_order_of_indexing(engine: Engine) -> None:
    times = {"b": 1_700_000_000, "a": 1_700_000_000, "late": 1_800_000_000, "first": 1, "none": 0, "also": 0}
    others = [document(f"other{n}", indexed=2) for n in range(20)]
    fill(engine, [*(document(name, indexed=when) for name, when in times.items()), *others])
    fill(engine, [document("new", indexed=1_900_000_000)])
    with engine.writer() as writer:  # so many that segments are written anew
        for other in others:
            writer.delete(other.id)
    expected = ["new", "late", "a", "b", "first", "also", "none"]
    assert found(engine, sort="-indexed") == expected
    assert found(engine, sort="-indexed", offset=2, limit=3) == ["a", "b", "first"]
    scanned = list(engine.scan(SearchRequest(sort="-indexed")))
    assert {item.id: item.indexed for item in scanned} == times | {"new": 1_900_000_000}
    assert [item.id for item in scanned] == expected


def test_an_index_that_is_not_there_is_missing(engine_url: str, schema: Schema) -> None:
    if engine_url == "memory:":
        pytest.skip("the memory engine is always there")
    with pytest.raises(IndexMissing, match="opis-index"):
        open_engine(engine_url, schema)
