"""What every engine owes.

 1. A document put is found, and comes back as it was put.
 2. A put replaces the document of the same id, also within one transaction.
 3. A deleted document is gone; deleting none is no error.
 4. A transaction that fails leaves everything as it was; so does a rebuild that fails.
 5. A second writer is refused with IndexLocked while one is at work.
 6. A rebuild replaces everything, and readers see the old index until it ends.
 7. The generation changes with every commit; the documents are counted.
 8. Commit data comes back after its commit, and is kept by the next.
 9. Pages of a result set join without gap or repeat, ties by id; a page beyond the end is empty.
10. Undated documents come last in both orders of date.
11. A facet's counts ignore its own selection, and are exact over many commits.
12. Terms are found by prefix and by edit distance, the most frequent first.
13. Scanning gives every match, in order.
14. An unexpanded query raises a typed error.
15. An index of another schema is stale: it answers, and is not written to.
16. The documents with a stem are counted, over many commits and without those deleted.
17. The order of indexing: the latest first, those of unknown time last; no commit changes a time.
"""

import pytest

from search.analyzed import analyze
from search.engines import Engine, open_engine
from search.errors import EngineError, IndexLocked, IndexMissing, SchemaChanged
from search.query.parser import parse
from search.query.tree import Prefix
from search.request import FacetRequest, FieldFilter, SearchRequest
from search.results import Facet, TermCount
from search.schema import Schema, Weights
from tests.archive import document, fill, found


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


def test_9_pages_join_without_gap_or_repeat(engine: Engine) -> None:
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


def test_10_undated_documents_come_last(engine: Engine) -> None:
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


def test_11_facet_counts_are_exact_over_many_commits(engine: Engine) -> None:
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


def test_12_terms_are_found_by_prefix_and_by_distance(engine: Engine) -> None:
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


def test_13_scanning_gives_every_match_in_order(engine: Engine) -> None:
    fill(engine, [document(f"d{n}", "one", date=f"{1950 + n}") for n in range(12)])
    asked = SearchRequest(parse("date:1955..1959", engine.schema).query, sort="-date", limit=2)
    assert [item.id for item in engine.scan(asked)] == ["d9", "d8", "d7", "d6", "d5"]


def test_14_an_unexpanded_query_is_refused(engine: Engine) -> None:
    fill(engine, [document("a")])
    with pytest.raises(EngineError, match="expanded"):
        engine.search(SearchRequest(Prefix("ab")))


def test_15_an_index_of_another_schema_answers_and_is_not_written_to(engine_url: str, engine: Engine) -> None:
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


def test_16_the_documents_with_a_stem_are_counted(engine: Engine) -> None:
    fill(engine, [document("a", "talks talking"), document("b", "talk", title="Peace")])
    fill(engine, [document("c", "Talks.", authors=["Peace"]), document("d", "war")])
    with engine.writer() as writer:
        writer.delete("b")
        writer.put(analyze(document("d", "war and talks"), engine.schema))
    assert list(engine.frequencies(["talk", "peac", "war", "zeppelin", "talk"])) == [3, 1, 1, 0, 3]
    assert list(engine.frequencies([])) == []


def test_17_the_order_of_indexing(engine: Engine) -> None:
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
