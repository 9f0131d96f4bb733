"""Transactions in Tantivy of many batches, each of which is counted.

1. Whatever is put and deleted, and however often, each document is there as it was put last.
2. Documents that the library loses make the transaction fail, and nothing is changed.
3. Segments with many deleted documents are written anew, of whatever size they are.
4. The values of a field lie POSITION_GAP apart, and what lies between them is no word.
5. However many threads write, the answers are the same.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import tantivy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analyzed import AnalyzedDocument, analyze, positions
from search.engines import Engine, open_engine
from search.engines.tantivy import compaction, writer
from search.errors import IndexDamaged
from search.query.parser import parse
from search.request import FacetRequest, SearchRequest
from search.schema import Schema
from tests.archive import document, fill, found
from tests.on_disk import live

IDS = [f"d{number}" for number in range(8)]
changes = st.lists(st.tuples(st.sampled_from(IDS), st.booleans()), max_size=20)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "BATCH", 3)
    monkeypatch.setattr(compaction, "_READ_AT_ONCE", 2)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"tantivy:{tmp_path / 'index'}", Schema(), create=True)
    yield opened
    opened.close()


@pytest.mark.slow
@given(transactions=st.lists(changes, min_size=1, max_size=3))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_1_the_last_change_counts(
    small_batches: None, tmp_path_factory: pytest.TempPathFactory, transactions: list[list[tuple[str, bool]]]
) -> None:
    root = tmp_path_factory.mktemp("writer") / "index"
    engine = open_engine(f"tantivy:{root}", Schema(), create=True)
    expected: dict[str, str] = {}
    for number, some in enumerate(transactions):
        with engine.writer() as opened:
            for place, (doc_id, put) in enumerate(some):
                body = f"{number} {place}"
                if put:
                    opened.put(analyze(document(doc_id, body), engine.schema))
                    expected[doc_id] = body
                else:
                    opened.delete(doc_id)
                    expected.pop(doc_id, None)
        assert {item.id: item.body for item in engine.scan(SearchRequest())} == expected
        assert engine.info().documents == len(expected)
    engine.close()


@pytest.mark.parametrize("lost", [0, 4, 6])
def test_2_lost_documents(
    small_batches: None, engine: Engine, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    fill(engine, [document("a", "one")])
    before, number = engine.info(), 0

    def losing(self: writer.TantivyWriter, item: AnalyzedDocument) -> None:
        nonlocal number
        if number != lost:
            add(self, item)
        number += 1

    add = writer.TantivyWriter._add  # as if a thread of the library had died
    with monkeypatch.context() as patch:
        patch.setattr(writer.TantivyWriter, "_add", losing)
        with pytest.raises(IndexDamaged, match="documents were kept instead of"):
            fill(engine, [document(doc_id, "two") for doc_id in IDS[:7]])
    assert engine.info() == before
    assert found(engine) == ["a"]


def test_3_compaction(small_batches: None, engine: Engine, tmp_path: Path) -> None:
    documents = [document(f"d{number:02}", f"word{number}") for number in range(20)]
    fill(engine, documents)
    with engine.writer() as opened:
        for item in documents[::3]:
            opened.delete(item.id)
    kept = [item for number, item in enumerate(documents) if number % 3]
    assert list(engine.scan(SearchRequest())) == kept
    segments = json.loads((live(tmp_path / "index") / "meta.json").read_bytes())["segments"]
    assert sum(segment["max_doc"] for segment in segments) <= len(kept) / (1 - compaction.MAX_DELETED)
    assert tantivy.Index.open(str(live(tmp_path / "index"))).searcher().num_docs == len(kept)


@given(values=st.lists(st.sampled_from(["war", "war peace", "…", "peace war talks"]), min_size=1, max_size=5))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_4_positions(tmp_path_factory: pytest.TempPathFactory, values: list[str]) -> None:
    root = tmp_path_factory.mktemp("positions") / "index"
    engine = open_engine(f"tantivy:{root}", Schema(), create=True)
    item = document("a", authors=["start", *values])
    fill(engine, [item])
    expected = positions(analyze(item, engine.schema).words["author"])
    index = tantivy.Index.open(str(live(root)))
    for word, places in expected.items():
        for place in places:
            apart = tantivy.Query.phrase_query(index.schema, "author_words", [(0, "start"), (place, word)])
            assert not place or index.searcher().search(apart).hits, (word, place)
    assert {found.term for found in engine.vocabulary("author").with_prefix("", 100)} == set(expected)
    engine.close()


@pytest.mark.parametrize(("processors", "threads"), [(1, 1), (2, 1), (4, 1), (5, 2), (8, 3), (64, 3)])
def test_5_threads_by_processors(monkeypatch: pytest.MonkeyPatch, processors: int, threads: int) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: range(processors), raising=False)
    assert writer.thread_count() == threads


def test_5_threads(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [
        document(f"d{number:03}", f"war {'peace ' * (number % 7)}", authors=[f"Author {number % 5}"])
        for number in range(300)
    ]
    fill(engine, documents)
    monkeypatch.setattr(writer, "thread_count", lambda: 3)
    other = fill(open_engine(f"tantivy:{tmp_path / 'threads'}", Schema(), create=True), documents)
    for text in ("war", "peace", "war OR author:author"):
        request = SearchRequest(parse(text, engine.schema).query, limit=50, facets=(FacetRequest("author"),))
        one, several = engine.search(request), other.search(request)
        assert (several.hits, several.total, several.facets) == (one.hits, one.total, one.facets)
    assert list(other.scan(SearchRequest())) == list(engine.scan(SearchRequest()))
    other.close()
