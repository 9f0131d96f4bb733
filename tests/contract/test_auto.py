"""`auto:` keeps a small collection with Whoosh and a large one with Tantivy.

1. It begins with the one that suits the size of the text to be put.
2. It moves to Tantivy as it grows, with every document and all commit data, and searches go on meanwhile.
3. It stays with Tantivy, whatever comes next.
4. Any store's index is opened by its address or by auto:; another store's address is refused.
"""

from pathlib import Path

import pytest

from search.analyzed import analyze
from search.engines import Engine, open_engine
from search.engines.disk.auto import LARGE
from search.errors import EngineError
from search.query.tree import MatchAll
from search.request import SearchRequest
from search.schema import Schema
from tests.archive import document, fill


@pytest.fixture
def auto(tmp_path: Path) -> Engine:
    return open_engine(f"auto:{tmp_path / 'index'}", Schema(), create=True)


def ids(engine: Engine) -> list[str]:
    return [hit.id for hit in engine.search(SearchRequest(MatchAll(), limit=100)).hits]


@pytest.mark.parametrize(("text_bytes", "name"), [(0, "whoosh"), (LARGE, "whoosh"), (LARGE + 1, "tantivy")])
def test_1_it_begins_as_large_as_it_will_be(auto: Engine, text_bytes: int, name: str) -> None:
    with auto.writer(text_bytes) as writer:
        writer.put(analyze(document("a"), auto.schema))
    assert (auto.info().engine, ids(auto)) == (name, ["a"])
    auto.close()


def test_2_it_grows_with_all_it_has(auto: Engine, tmp_path: Path) -> None:
    fill(auto, [document("a", "war"), document("b", "peace")])
    with auto.writer() as writer:
        writer.put_commit_data("note", b"kept")
    reader = open_engine(f"auto:{tmp_path / 'index'}", Schema())
    with auto.writer(LARGE) as writer:
        writer.put(analyze(document("c", "talks"), auto.schema))
        writer.delete("b")
        assert (reader.info().engine, ids(reader)) == ("whoosh", ["a", "b"])
    assert (auto.info().engine, ids(auto), auto.commit_data("note")) == ("tantivy", ["a", "c"], b"kept")
    fresh = open_engine(f"auto:{tmp_path / 'index'}", Schema())
    assert ids(fresh) == ["a", "c"]
    for engine in (auto, reader, fresh):
        engine.close()


def test_3_it_never_goes_back(auto: Engine) -> None:
    with auto.writer(2 * LARGE) as writer:
        writer.put(analyze(document("a"), auto.schema))
    fill(auto, [document("b")])
    with auto.rebuild() as writer:
        writer.put(analyze(document("c"), auto.schema))
    assert (auto.info().engine, ids(auto)) == ("tantivy", ["c"])
    auto.close()


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
def test_4_an_index_says_whose_it_is(name: str, tmp_path: Path) -> None:
    fill(open_engine(f"{name}:{tmp_path / 'index'}", Schema(), create=True), [document("a")]).close()
    auto = open_engine(f"auto:{tmp_path / 'index'}", Schema())
    assert (auto.info().engine, ids(auto)) == (name, ["a"])
    other = {"whoosh": "tantivy", "tantivy": "whoosh"}[name]
    with pytest.raises(EngineError, match=f"auto:{tmp_path / 'index'}"):
        open_engine(f"{other}:{tmp_path / 'index'}", Schema()).info()
    auto.close()
