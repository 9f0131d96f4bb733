"""The engine over an index on disk: readers of its live commit, and transactions that replace it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from search.engines import Writer
from search.engines.disk.auto import DOCUMENT_BYTES, moving, store_named, store_to_write
from search.engines.disk.checksums import Verified, quick_check, recorded, verify
from search.engines.disk.commit_data import read_commit_data
from search.engines.disk.generations import Generations, engine_of
from search.engines.disk.store import StoreReader, transaction
from search.engines.faults import Unreadable, refusal
from search.engines.snapshots.reader_manager import ReaderManager
from search.engines.snapshots.snapshot import Snapshot
from search.engines.snapshots.snapshot_engine import SnapshotEngine
from search.errors import EngineUnavailable, IndexDamaged, IndexMissing, SchemaChanged
from search.results import IndexInfo
from search.schema import Schema


class DiskEngine(SnapshotEngine[Path]):
    """See `search.engines.Engine`. `name` is `auto` or the name of a store.

    Raises EngineUnavailable if its library is not installed, IndexMissing unless `create`.
    """

    def __init__(self, name: str, path: str, schema: Schema, *, create: bool = False) -> None:
        if name != "auto":
            store_named(name)
        super().__init__(name, schema, ReaderManager(self._live, self._opened, self._damaged))
        self._path = path
        self._generations = Generations(Path(path))
        if not create and self._generations.live() is None:
            raise self._missing()

    def commit_data(self, name: str) -> bytes:
        live = self._generations.live()
        return read_commit_data(live).get(name, b"") if live else b""

    def local_folder(self) -> Path:
        return self._generations.root

    @contextmanager
    def writer(self, text_bytes: int = 0, /) -> Iterator[Writer]:
        with self._locked():
            live = self._generations.live()
            if live is None:
                opened = self._new_index(text_bytes)
            elif (info := self.info()).stale:
                raise SchemaChanged(
                    f"The index {self._path} was made under other settings or by another version; "
                    "rebuild it with --rebuild."
                )
            else:
                opened = self._continued(live, text_bytes + info.documents * DOCUMENT_BYTES)
            with opened as writer:
                yield writer

    @contextmanager
    def rebuild(self, text_bytes: int = 0, /) -> Iterator[Writer]:
        with self._locked(), self._new_index(text_bytes) as writer:
            yield writer

    def _new_index(self, text_bytes: int) -> AbstractContextManager[Writer]:
        try:
            live = self._generations.live()
        except IndexDamaged:  # of which a rebuild is the cure
            live = None
        store = store_to_write(self.name, live, text_bytes)
        return transaction(store, self._generations, self._schema)

    def _continued(self, live: Path, text_bytes: int) -> AbstractContextManager[Writer]:
        store = store_to_write(self.name, live, text_bytes)
        if store.name == engine_of(live):
            return transaction(store, self._generations, self._schema, live)
        return moving(store, self._generations, self._schema, live)

    def verify(self) -> Verified:
        while True:
            live = self._live()
            try:
                found = verify(live)
            except OSError as error:
                if self._live() != live:
                    continue
                if isinstance(error, FileNotFoundError):
                    raise self._damaged(error) from error
                raise EngineUnavailable(
                    f"The index {self._path} cannot be read ({error.strerror}); check its disk."
                ) from error
            if not found.problems or self._live() == live:  # else a commit replaced it meanwhile
                return found

    def size(self) -> int:
        return sum(file.size for file in recorded(self._live()).values())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the writer's lock; within it, and after it, readers are of the newest commit."""
        try:
            with self._generations.lock():
                self._snapshots.expire()
                yield
        except OSError as error:
            raise EngineUnavailable(
                f"The index {self._path} cannot be written to {refusal(error)}"
            ) from error
        except Unreadable as error:
            raise self._damaged(error) from error
        finally:
            self._snapshots.expire()

    def _live(self) -> Path:
        live = self._generations.live()
        if live is None:
            raise self._missing()
        return live

    def _opened(self, live: Path) -> Snapshot:
        if self.name not in {"auto", engine_of(live)} and live.is_dir():
            raise EngineUnavailable(
                f"The index {self._path} was written by another engine than {self.name}; "
                f"open it as auto:{self._path}"
            )
        if problem := quick_check(live):
            raise Unreadable(problem)
        reader = store_named(engine_of(live)).reader(live)
        return Snapshot(reader, _index_info(reader, self._schema))

    def _missing(self) -> IndexMissing:
        return IndexMissing(
            f"There is no index at {self._path}; make one with: opis-index FOLDER --index auto:{self._path}"
        )

    def _damaged(self, error: BaseException) -> IndexDamaged:
        problem = str(error) if isinstance(error, Unreadable) else type(error).__name__
        return IndexDamaged(
            f"The index {self._path} is damaged ({' '.join(problem.split())[:200]}); "
            f"make it anew with: opis-index FOLDER --rebuild --index auto:{self._path}"
        )


def _index_info(reader: StoreReader, schema: Schema) -> IndexInfo:
    """What a reader's commit is, compared with the schema that an index would be written under today."""
    commit = reader.commit_info
    stale = commit.fingerprint != schema.fingerprint
    return IndexInfo(reader.stamp, reader.documents, commit.engine, reader.updated, stale)
