"""An index that an earlier version wrote is of use, until the next run makes it anew.

1. It answers: searches, sorted or not, fields that it does not have, facets, completions, the document, an
   export, a feed.
2. It says that it is stale, and a run makes it anew.

Each file of `indexes/` is an index of one document, a letter, in the format in its name.
"""

import tarfile
from pathlib import Path

import pytest

from index.__main__ import main
from search.engines import open_engine
from search.request import Question, Sort
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings
from tests.atom_feed import parsed
from webui import create_app

INDEXES = sorted((Path(__file__).parent / "indexes").glob("*.tar.gz"))
QUERIES = (
    "armistice", "armistice~", "armist*", '"the armistice"', "The armistice talks", "12 May 1871",
    "U.S. letter", "Anna Berg to Karl Holm", "author:berg talks", "armistice -folder:elsewhere", "",
)  # fmt: skip
FACETS = ("author", "date", "folder", "parent", "text_language")


@pytest.fixture(params=INDEXES, ids=lambda path: path.name.removesuffix(".tar.gz"))
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an index in an earlier format."""
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path / "index", filter="data")
    return f"{request.param.name.partition('-')[0]}:{tmp_path / 'index'}"


@pytest.mark.parametrize("sort", ["relevance", "date", "title", "-indexed"])
def test_1_it_answers(url: str, sort: Sort) -> None:
    engine = open_engine(url, Schema())
    try:
        searcher = Searcher(engine)
        for text in QUERIES:
            answer = searcher.search(Question(text, sort=sort, facets=FACETS))
            assert answer.facets[-1].missing == answer.total
            assert [hit.document.title for hit in answer.hits] == ["The armistice talks"], text
        assert searcher.suggest("armi")
        assert engine.vocabulary("text_language").with_prefix("") == []
        assert searcher.search(Question("folder:elsewhere")).total == 0
        assert searcher.search(Question("text_language:english")).total == 0
        (letter,) = engine.get_many(["letter"])
        assert letter is not None
        assert letter.indexed_at in {None, "2026-01-01T00:00:00Z"}
        assert letter.text_language == ""
        with searcher.export(Question("armistice", sort=sort)) as export:
            assert [document.id for document in export] == ["letter"]
        feed = create_app(Settings(), engine).test_client().get("/search.atom?q=armistice")
        assert [entry.title for entry in parsed(feed.data).entries] == ["The armistice talks"]
    finally:
        engine.close()


def test_2_a_run_makes_it_anew(url: str, tmp_path: Path) -> None:
    old = open_engine(url, Schema())
    assert old.info().stale
    old.close()
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "note.txt").write_text("A note\n\nThe talks go on.\n")
    with pytest.raises(SystemExit, match="0"):
        main([str(folder), "--index", url])
    new = open_engine(url, Schema())
    assert not new.info().stale
    assert new.info().documents == 2, "documents of other sources stay"
    assert Searcher(new).search(Question("armistice")).total == 1
    new.close()
