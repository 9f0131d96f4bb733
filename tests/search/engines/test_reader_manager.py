"""The reader that threads share while others write.

1. While one thread looks for a newer commit, the others go on with the reader that they have.
2. After `expire`, a read sees what was committed before it, though a look is under way that began earlier.
3. Without a reader, a thread waits for the look of another as long as its search has time.
4. A reader is closed after its last use, and none twice.
5. A look at a cluster whose host hangs delays one thread, and no other.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import msgspec
import pytest

from search.engines.deadline import time_limit
from search.engines.opensearch import engine as engine_module
from search.engines.opensearch.address import Address
from search.engines.opensearch.commit import first_commit
from search.engines.opensearch.engine import OpenSearchEngine
from search.engines.snapshots.reader_manager import ReaderManager
from search.errors import IndexDamaged, QueryTimeout
from search.schema import Schema
from tests.cluster.fake_host import Answer, fake_host

ALWAYS = -1.0
"""Seconds after which a commit is looked for: at every read."""


@dataclass
class Reader:
    commit: int
    closed: int = 0

    def close(self) -> None:
        self.closed += 1


@dataclass
class Index:
    """The number of its commit, which a look gets as it was at the beginning; it may take its time."""

    commit: int = 1
    readers: list[Reader] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_end.set()

    def newest(self) -> int:
        found = self.commit
        self.begun.set()
        assert self.may_end.wait(10)
        return found

    def opened(self, commit: int) -> Reader:
        self.readers.append(Reader(commit))
        return self.readers[-1]

    def manager(self, check_every: float = ALWAYS) -> ReaderManager[int, Reader]:
        return ReaderManager(self.newest, self.opened, lambda error: IndexDamaged(str(error)), check_every)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


@contextmanager
def slow_look(index: Index, threads: ThreadPoolExecutor, read: Callable[[], int]) -> Iterator[Future[int]]:
    """A block in which another thread reads, and its look does not end."""
    index.begun.clear()
    index.may_end.clear()
    try:
        reading = threads.submit(read)
        assert index.begun.wait(10)
        yield reading
    finally:
        index.may_end.set()


def test_1_one_looks(threads: ThreadPoolExecutor) -> None:
    index = Index()
    manager = index.manager()
    assert manager.read(lambda reader: reader.commit) == 1
    index.commit = 2
    with slow_look(index, threads, lambda: manager.read(lambda reader: reader.commit)) as reading:
        assert manager.read(lambda reader: reader.commit) == 1
        with manager.held() as held, manager.pinned():
            assert held.commit == 1
    assert reading.result() == 2


def test_2_expired(threads: ThreadPoolExecutor) -> None:
    index = Index()
    manager = index.manager(check_every=60)

    def read() -> int:
        return manager.read(lambda reader: reader.commit)

    assert read() == 1
    manager.expire()
    with slow_look(index, threads, read) as reading:
        index.commit = 2
        manager.expire()
        second = threads.submit(read)
    assert reading.result() == 1
    assert second.result() == 2


def test_3_a_search_whose_time_is_over(threads: ThreadPoolExecutor) -> None:
    index = Index()
    manager = index.manager()
    with (
        slow_look(index, threads, lambda: manager.read(lambda reader: reader.commit)) as reading,
        time_limit(0.05),
        pytest.raises(QueryTimeout),
    ):
        manager.read(lambda reader: reader.commit)
    assert reading.result() == 1


def test_4_closed_once() -> None:
    index = Index()
    manager = index.manager()
    with manager.held() as first:
        index.commit = 2
        assert manager.read(lambda reader: reader.commit) == 2
        assert not first.closed
    assert [reader.closed for reader in index.readers] == [1, 0]
    manager.close()
    assert [reader.closed for reader in index.readers] == [1, 1]


def test_5_a_host_that_hangs(monkeypatch: pytest.MonkeyPatch, threads: ThreadPoolExecutor) -> None:
    monkeypatch.setattr(engine_module, "CHECK_EVERY", ALWAYS)
    name = "letters-0123456789ab"
    commit = msgspec.structs.replace(first_commit(Schema(), 1), index=name, number=1)
    alias: Answer = (200, {name: {}})
    mapping: Answer = (200, {name: {"mappings": {"_meta": commit.meta}}})
    with fake_host(alias, mapping, "silence") as host:
        address = Address.parse(f"opensearch+http://{host.name}/letters")
        with closing(OpenSearchEngine(address, Schema(), create=True)) as engine:
            assert engine.info().generation == name
            looking = threads.submit(engine.info)
            while len(host.requests) < 3:
                time.sleep(0.01)
            with time_limit(1):
                assert engine.info().generation == name
            assert not looking.done()
            host.answers.extend([alias, alias])
            host.released.set()
            assert looking.result().generation == name
