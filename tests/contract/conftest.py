"""What cases as data share: a searcher of their documents."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from search.engines import open_engine
from search.schema import Schema
from search.searcher import Searcher
from tests.archive import fill, read_documents
from tests.cluster.indexes import index_address


@pytest.fixture(scope="module")
def case_searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    """Searches the documents of a case, which all its searches share; its parameter is (engine, folder)."""
    name, folder = request.param
    with (
        index_address(name, tmp_path_factory.mktemp("case"), shards=1, replicas=0) as url,
        closing(open_engine(url, Schema(), create=True)) as engine,
    ):
        yield Searcher(fill(engine, read_documents(folder / "documents.jsonl")))
