"""What tells an archive from all others.

1. The first run makes it; all later ones keep it, also those that make the index anew or move it.
2. Two archives have two, also of the same documents.
3. An index of an earlier format gets one with the next run; its documents were there by its last commit.
4. An index that is damaged gets a new one where the old one cannot be read.
5. The feed of an archive changes by what a run adds, and by nothing else.
"""

import tarfile
from pathlib import Path
from typing import Any

import pytest

from index.indexer import Indexer
from search.commit_data.identity import ArchiveIdentity
from search.engines import Engine, open_engine
from search.engines.disk import auto
from search.feed.feed import Feed, feed_question
from search.request import Question
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Site
from tests.atom_feed import parsed

INDEXES = Path(__file__).parents[1] / "reliability" / "indexes"
SCHEMA = Schema()


def identity(engine: Engine) -> ArchiveIdentity:
    found = Searcher(engine).identity()
    assert found
    return found


def run(engine: Engine, folder: Path, day: int = 1, *, rebuild: bool = False) -> ArchiveIdentity:
    Indexer(engine, SCHEMA, clock=lambda: day * 86_400).run([str(folder)], rebuild=rebuild)
    return identity(engine)


@pytest.fixture
def archive(folder: Path) -> Path:
    for name in "abc":
        (folder / f"{name}.txt").write_text(f"Letter {name}\n\nThe armistice.")
    return folder


def test_1_every_run_keeps_it(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(f"auto:{tmp_path / 'index'}", SCHEMA, create=True)
    assert Searcher(engine).identity() is None
    first = run(engine, archive)
    assert first.since == 86_400
    (archive / "d.txt").write_text("Another.")
    assert run(engine, archive, 2) == first
    assert run(engine, archive, 3, rebuild=True) == first
    monkeypatch.setattr(auto, "LARGE", 1)
    (archive / "e.txt").write_text("One more.")
    assert run(engine, archive, 4) == first
    assert engine.info().engine == "tantivy"
    engine.close()


def test_2_two_archives_have_two(archive: Path) -> None:
    one, two = (run(open_engine("memory:", SCHEMA), archive) for _ in range(2))
    assert one.id != two.id
    assert one.urn("a") != two.urn("a")
    assert one.urn("a") == one.urn("a") != one.urn("b")


@pytest.mark.parametrize("store", ["whoosh", "tantivy"])
def test_3_an_earlier_format_gets_one(store: str, archive: Path, tmp_path: Path) -> None:
    with tarfile.open(INDEXES / f"{store}-format-8.tar.gz") as file:
        file.extractall(tmp_path / "index", filter="data")
    engine = open_engine(f"{store}:{tmp_path / 'index'}", SCHEMA)
    before = feed(engine)
    assert [entry.title for entry in before.entries] == ["The armistice talks"]
    given = run(engine, archive, 50_000)
    after = {entry.title: entry.updated for entry in feed(engine).entries}
    assert after["The armistice talks"] == before.entries[0].updated == engine_time(given)
    assert list(after) == ["Letter a", "Letter b", "Letter c", "The armistice talks"]
    engine.close()


def engine_time(given: ArchiveIdentity) -> str:
    assert given.since == 1_767_225_600  # when the files of that index were written
    return "2026-01-01T00:00:00Z"


def test_4_a_damaged_index_gets_a_new_one(archive: Path, tmp_path: Path) -> None:
    engine = open_engine(f"whoosh:{tmp_path / 'index'}", SCHEMA, create=True)
    first = run(engine, archive)
    (tmp_path / "index" / "CURRENT").write_text("../elsewhere")
    assert run(engine, archive, 2, rebuild=True).id != first.id
    engine.close()


def feed(engine: Engine, text: str = "") -> Any:
    searcher, question = Searcher(engine), Question(text)
    answer = searcher.search(feed_question(question))
    site = Site(base_url="https://archive.example")
    return parsed(Feed(question, answer, searcher.identity(), site, site.base_url, SCHEMA).to_xml())


@pytest.mark.parametrize("store", ["memory", "whoosh", "tantivy"])
def test_5_a_feed_changes_by_what_is_added(store: str, archive: Path, tmp_path: Path) -> None:
    engine = open_engine(f"{store}:{tmp_path / 'index' if store != 'memory' else ''}", SCHEMA, create=True)
    searches = ("", "armistice", "Letter", "armistice -b", '"letter c"', "nothing")
    run(engine, archive, 1)
    before = [entries(engine, text) for text in searches]
    run(engine, archive, 2, rebuild=True)
    assert [entries(engine, text) for text in searches] == before
    (archive / "0.txt").write_text("Letter 0\n\nThe armistice.")
    run(engine, archive, 3)
    for text, known in zip(searches, before, strict=True):
        added = entries(engine, text)
        finds = text in {"", "armistice", "Letter", "armistice -b"}
        assert len(added) == len(known) + finds
        assert added[finds:] == known
        assert not finds or added[0][1:] == ("Letter 0", "1970-01-04T00:00:00Z")
    engine.close()


def entries(engine: Engine, text: str) -> list[tuple[str, str, str]]:
    return [(entry.id, entry.title, entry.updated) for entry in feed(engine, text).entries]
