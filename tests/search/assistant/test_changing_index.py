"""An index that is replaced is followed; of one that is gone, the client learns no path."""

from pathlib import Path
from time import sleep
from typing import Any

import pytest

from search.archive import Archive, open_archive
from search.assistant.server import UNREADABLE
from search.engines import open_engine
from search.errors import IndexDamaged
from search.schema import Schema
from search.searcher import Searcher
from search.settings import Settings
from tests.archive import fill
from tests.search.assistant.conftest import (
    DOCUMENTS,
    SETTINGS,
    call_of,
    data_of,
    text_of,
)


def test_a_new_commit_is_seen(tmp_path: Path) -> None:
    url = f"whoosh:{tmp_path / 'index'}"
    engine = fill(open_engine(url, Schema(), create=True), DOCUMENTS[:1])
    with open_archive(url, Settings()) as archive:
        call = call_of(archive)
        first = data_of(call("search", q="armistice"))
        fill(engine, DOCUMENTS[1:])
        while archive.info.generation == first["index"]["generation"]:
            pass  # within a second
        assert data_of(call("search", q="armistice"))["total"] == 3
    engine.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["whoosh", "tantivy"])
def test_an_index_that_vanishes_and_comes_back(tmp_path: Path, scheme: str) -> None:
    url = f"{scheme}:{tmp_path / 'index'}"
    fill(open_engine(url, Schema(), create=True), DOCUMENTS).close()
    with open_archive(url, Settings()) as archive:
        call = call_of(archive)
        assert data_of(call("search", q="armistice"))["total"] == 3
        (tmp_path / "index").rename(tmp_path / "elsewhere")
        sleep(1.1)  # until the next call looks for a commit
        result = call("search", q="talks")
        assert not result.is_error or text_of(result) == UNREADABLE
        assert str(tmp_path) not in text_of(result)
        (tmp_path / "elsewhere").rename(tmp_path / "index")
        sleep(1.1)
        assert data_of(call("search", q="talks"))["total"] == 2


class _Unreadable(Searcher):
    def search(self, question: object) -> Any:  # noqa: ARG002
        raise IndexDamaged("The index at /home/someone/var/index cannot be read; rebuild it.")


def test_of_an_index_that_is_gone_only_the_log_has_the_path(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    result = call_of(Archive(_Unreadable(archive.searcher.engine), SETTINGS))("search", q="x")
    assert (result.is_error, text_of(result)) == (True, UNREADABLE)
    assert "/home/someone" in caplog.text
