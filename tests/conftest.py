"""What all tests share: the engines, the guard of version numbers, and `--update` for golden files."""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from index.indexer import Indexer
from search.document import Document
from search.engines import Engine, open_engine
from search.schema import Schema
from tests.archive import SEEDS, fill
from tests.cluster.indexes import index_address
from tests.versions import VersionGuard

STORED = ("whoosh", "tantivy", "opensearch")
"""The engines that store an index; opensearch is skipped where there is no cluster."""
ENGINES = ("memory", *STORED)

NewEngine = Callable[[str, Schema], Engine]

# No example is too slow: the machine may be busy with other things.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Give signals their usual effect, which the processes that tests start inherit.

    A shell starts what runs in the background with SIGINT ignored, `nohup` with SIGHUP.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files")


@pytest.fixture(scope="session")
def version_guard(pytestconfig: pytest.Config) -> VersionGuard:
    """Holds numbers that are raised by hand to what they stand for."""
    return VersionGuard(update=bool(pytestconfig.getoption("update")))


@pytest.fixture(scope="session")
def schema() -> Schema:
    return Schema()


@pytest.fixture(scope="session")
def seed_index(schema: Schema) -> Engine:
    """The documents of seeds/ in memory, which no test changes."""
    engine = open_engine("memory:", schema)
    Indexer(engine, schema).run([str(SEEDS)])
    return engine


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an engine that has no index yet, once for each kind; in a cluster, without replicas."""
    with index_address(request.param, tmp_path, replicas=0) as url:
        yield url


@pytest.fixture(scope="module")
def new_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewEngine]:
    """Makes an empty engine of the kind that is named, for all tests of a module."""
    with ExitStack() as stack:

        def opened(name: str, schema: Schema) -> Engine:
            url = stack.enter_context(index_address(name, tmp_path_factory.mktemp(name)))
            engine = open_engine(url, schema, create=True)
            stack.callback(engine.close)
            return engine

        yield opened


@pytest.fixture(scope="module", params=ENGINES)
def engine_of(
    request: pytest.FixtureRequest, new_engine: NewEngine, schema: Schema
) -> Callable[[Iterable[Document]], Engine]:
    """Fills an engine of each kind with documents, for all tests of a module, which must not change it."""
    return lambda documents: fill(new_engine(request.param, schema), documents)


@pytest.fixture
def open_again(engine_url: str, schema: Schema) -> Iterator[Callable[[], Engine]]:
    """Opens the index once more, as another process would; memory has no second reader."""
    if engine_url == "memory:":
        pytest.skip("the memory engine lives in one process")
    with ExitStack() as stack:

        def again() -> Engine:
            engine = open_engine(engine_url, schema)
            stack.callback(engine.close)
            return engine

        yield again


@pytest.fixture
def engine(engine_url: str, schema: Schema) -> Iterator[Engine]:
    """An empty engine of each kind."""
    opened = open_engine(engine_url, schema, create=True)
    yield opened
    opened.close()
