"""An index without documents, and a server of two processes over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import open_engine
from search.settings import Settings
from tests.webui.server.opis_serve import Server, next_line, serve


@pytest.fixture
def index(tmp_path: Path) -> str:
    """The address of an index without documents."""
    url = f"whoosh:{tmp_path / 'index'}"
    engine = open_engine(url, Settings().schema, create=True)
    with engine.writer():
        pass
    engine.close()
    return url


@pytest.fixture
def several(tmp_path: Path, index: str) -> Iterator[Server]:
    """A server of two processes, and its address."""
    process = serve("--index", index, "--port", "0", "--processes", "2", cwd=tmp_path)
    yield process, next_line(process).split()[4]
    process.kill()
    process.communicate()
