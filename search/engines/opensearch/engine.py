"""The engine over an index in a cluster: readers of its live commit, and transactions that replace it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from search.cache import GenerationCache
from search.engines import Writer
from search.engines.disk.checksums import Verified
from search.engines.disk.generations import PRIVATE
from search.engines.faults import refusal
from search.engines.opensearch.access import Access
from search.engines.opensearch.address import Address
from search.engines.opensearch.all_shards import PATIENCE
from search.engines.opensearch.blobs import Blobs
from search.engines.opensearch.client import Client, Refused
from search.engines.opensearch.commit import Commit
from search.engines.opensearch.generations import Generations
from search.engines.opensearch.health import size_of, verified
from search.engines.opensearch.reading.index import Index
from search.engines.opensearch.reading.reader import OpenSearchReader
from search.engines.opensearch.transactions import Transactions
from search.engines.opensearch.vocabulary import LocalFiles
from search.engines.snapshots.reader_manager import ReaderManager
from search.engines.snapshots.snapshot import Snapshot
from search.engines.snapshots.snapshot_engine import SnapshotEngine
from search.errors import EngineUnavailable, IndexDamaged, IndexMissing
from search.request import SearchRequest
from search.results import IndexInfo
from search.schema import Schema

NAME = "opensearch"
CHECK_EVERY = 0.75
"""Seconds between two looks at which index is live: each is a request; a commit is seen within a second."""
KEPT_DATA, SMALL_DATA = 8, 4 << 20
"""How many commit data of the live commit are kept in memory, and of how many bytes at most each."""
LOOK_SECONDS = 5.0
"""How long such a look may take before another host is asked."""


class OpenSearchEngine(SnapshotEngine[str]):
    """See `search.engines.Engine`. Raises EngineUnavailable, and IndexMissing unless `create`."""

    def __init__(self, address: Address, schema: Schema, *, create: bool = False) -> None:
        super().__init__(NAME, schema, ReaderManager(self._newest, self._opened, self._damaged, CHECK_EVERY))
        self._address = address
        self._access = Access.from_environment()
        self._client = Client(address.hosts, address.secured, self._access)
        self._generations = Generations(self._client, address)
        self._blobs = Blobs(self._client, address)
        self._words_folder = address.folder / "words"
        self._words = LocalFiles(self._blobs, self._words_folder)
        self._data = GenerationCache(KEPT_DATA)
        if not create:
            self._newest()

    def commit_data(self, name: str) -> bytes:
        try:
            commit = self._snapshots.read(_commit)
        except IndexMissing:
            return b""
        except IndexDamaged:  # perhaps its words alone, which a rebuild makes anew
            commit = self._live()
        if (blob := commit.data.get(name)) is None:
            return b""
        return self._data.get(commit.index, blob, lambda: self._blobs.read(blob), _is_small)

    def local_folder(self) -> Path:
        return self._address.folder

    @contextmanager
    def writer(self, _text_bytes: int = 0, /) -> Iterator[Writer]:
        with self._transactions() as transactions, transactions.writer() as writer:
            yield writer

    @contextmanager
    def rebuild(self, _text_bytes: int = 0, /) -> Iterator[Writer]:
        with self._transactions() as transactions, transactions.rebuild() as writer:
            yield writer

    def verify(self) -> Verified:
        return verified(self._client, self._blobs, self._live())

    def size(self) -> int:
        return size_of(self._client, self._live())

    def ping(self) -> None:
        self._snapshots.read(_ping)

    def close(self) -> None:
        super().close()
        self._client.close()

    @contextmanager
    def _transactions(self) -> Iterator[Transactions]:
        """What writes, and waits for a cluster that restarts; readers see the newest commit afterwards."""
        address = self._address
        self._make_folder()
        with closing(Client(address.hosts, address.secured, self._access, PATIENCE)) as client:
            generations = Generations(client, address)
            blobs = Blobs(client, address)
            words = LocalFiles(blobs, self._words_folder)
            self._snapshots.expire()
            try:
                yield Transactions(client, generations, blobs, words, self._schema, address)
            finally:
                self._snapshots.expire()

    def _make_folder(self) -> None:
        try:
            self.local_folder().mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnavailable(
                f"The folder {self.local_folder()} cannot be written to {refusal(error)}"
            ) from error

    def _live(self) -> Commit:
        if (live := self._generations.live()) is None:
            raise self._missing()
        return live

    def _newest(self) -> str:
        """The name of the live index, in a short answer: it is asked for several times a second."""
        try:
            path = f"/_alias/{self._address.name}"
            found = self._client.request("GET", path, timeout=LOOK_SECONDS)
        except Refused as error:
            if error.status != 404:
                raise
            raise self._missing() from error
        return self._live().index if len(found) != 1 else str(next(iter(found)))

    def _opened(self, index: str) -> Snapshot:
        commit = self._live()
        if commit.index != index:
            raise FileNotFoundError(index)  # replaced meanwhile
        reader = OpenSearchReader(Index(self._client, index), commit, self._words.vocabulary(commit))
        stale = commit.is_stale(self._schema)
        return Snapshot(reader, IndexInfo(index, commit.documents, NAME, commit.updated, stale))

    def _missing(self) -> IndexMissing:
        return IndexMissing(
            f"There is no index {self._address.name} in this OpenSearch cluster; make one with: "
            "opis-index FOLDER --index ADDRESS"
        )

    def _damaged(self, error: BaseException) -> IndexDamaged:
        problem = f"{type(error).__name__}: {error}"
        return IndexDamaged(
            f"The index {self._address.name} in OpenSearch cannot be read "
            f"({' '.join(problem.split())[:200]}); make it anew with --rebuild."
        )


def _commit(snapshot: Snapshot) -> Commit:
    reader = snapshot.reader
    assert isinstance(reader, OpenSearchReader)  # noqa: S101 - as `_opened` makes them
    return reader.commit


def _is_small(data: bytes) -> bool:
    return len(data) <= SMALL_DATA


def _ping(snapshot: Snapshot) -> None:
    snapshot.reader.search(SearchRequest(limit=0), snapshot.info)
