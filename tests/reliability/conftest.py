"""The stores on disk, and a small index of each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from search.engines import Engine, open_engine
from search.schema import Schema
from tests.archive import document, fill

STORES = ("whoosh", "tantivy")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> str:
    """The name of each store."""
    return str(request.param)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the index is."""
    return tmp_path / "index"


@pytest.fixture
def opened(store: str, root: Path) -> Iterator[Callable[[], Engine]]:
    """Opens the index, as often as it is called."""
    with ExitStack() as stack:

        def again() -> Engine:
            engine = open_engine(f"{store}:{root}", Schema(), create=True)
            stack.callback(engine.close)
            return engine

        yield again


@pytest.fixture
def engine(opened: Callable[[], Engine]) -> Engine:
    """An index of three commits with a document deleted, so that it has files of every kind."""
    engine = opened()
    for commit in range(3):
        fill(
            engine,
            [
                document(f"{commit}-{n}", "war and peace", authors=[f"A {n}"], date=f"19{n:02}")
                for n in range(10)
            ],
        )
    with engine.writer() as writer:
        writer.delete("1-1")
        writer.put_commit_data("note", b"kept")
    return engine
