"""An engine whose index is on disk: snapshots to read from, transactions to write in.

Under the index's path lie directories, each an index whole, one of them live (`generations`). A store
knows how one is read and written with its library.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from search.document import Document
from search.engines import Writer
from search.engines.disk.checksums import Verified, glance, verify
from search.engines.disk.commit_data import read_commit_data
from search.engines.disk.faults import Unreadable, refusal
from search.engines.disk.generations import CommitInfo, Generations, engine_of
from search.engines.disk.reader_manager import ReaderManager
from search.engines.term_dictionary import TermDictionary
from search.errors import EngineUnavailable, IndexDamaged, IndexMissing, SchemaChanged
from search.ranking import Collection
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults, TermCount
from search.schema import Schema


class StoreReader(Protocol):
    """One commit, opened for reading; safe to share between threads.

    `stamp` names it, `updated` says when it was committed (RFC 3339).
    """

    commit_info: CommitInfo
    schema: Schema
    stamp: str
    updated: str

    @property
    def documents(self) -> int: ...
    def search(self, request: SearchRequest, info: IndexInfo) -> SearchResults: ...
    def scan(self, request: SearchRequest) -> Iterator[Document]: ...
    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]: ...
    def vocabulary(self, field: str) -> TermDictionary: ...
    def frequencies(self, stems: Sequence[str]) -> Sequence[int]: ...
    def statistics(self, field: str) -> Collection: ...
    def close(self) -> None: ...


class Store(Protocol):
    """One library's way with a directory. Transactions are opened while the lock is held.

    `expected` is about how many bytes of text the transaction will bring. Where the library fails to
    write, it raises OSError or `faults.Unreadable`.
    """

    name: str

    def open(self, live: Path) -> StoreReader:
        """A directory, opened. Raises FileNotFoundError if a later commit has removed it."""

    def fresh(
        self, generations: Generations, schema: Schema, expected: int
    ) -> AbstractContextManager[Writer]:
        """A transaction on an empty index beside the live one."""

    def continued(
        self, generations: Generations, live: Path, schema: Schema, expected: int
    ) -> AbstractContextManager[Writer]:
        """A transaction on what is live."""


class StoredEngine:
    """See `search.engines.Engine`."""

    def __init__(self, store: Store, path: str, schema: Schema, *, create: bool = False) -> None:
        self.name = store.name
        self._store = store
        self._path = path
        self._wanted = schema
        self._generations = Generations(Path(path))
        self._readers = ReaderManager(self._live, self._opened, self._damaged)
        if not create and self._generations.live() is None:
            raise self._missing()

    @property
    def schema(self) -> Schema:
        try:
            with self._readers.reading() as reader:
                return reader.schema
        except IndexMissing:
            return self._wanted

    def reading(self) -> AbstractContextManager[None]:
        return self._readers.pinned()

    def search(self, request: SearchRequest) -> SearchResults:
        with self._readers.reading() as reader:
            return reader.search(request, self._info(reader))

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        with self._readers.reading() as reader:
            return reader.get_many(doc_ids)

    def scan(self, request: SearchRequest) -> Iterator[Document]:
        with self._readers.reading() as reader:
            yield from reader.scan(request)

    def terms(self, field: str, prefix: str = "", limit: int = 10) -> Sequence[TermCount]:
        with self._readers.reading() as reader:
            return reader.vocabulary(field).with_prefix(prefix, limit)

    def similar_terms(self, field: str, word: str, distance: int, limit: int) -> Sequence[TermCount]:
        with self._readers.reading() as reader:
            return reader.vocabulary(field).similar(word, distance, limit)

    def frequencies(self, stems: Sequence[str]) -> Sequence[int]:
        with self._readers.reading() as reader:
            return reader.frequencies(stems)

    def statistics(self, field: str) -> Collection:
        with self._readers.reading() as reader:
            return reader.statistics(field)

    def info(self) -> IndexInfo:
        try:
            with self._readers.reading() as reader:
                return self._info(reader)
        except IndexMissing:
            return IndexInfo("", 0, self.name, "")

    def commit_data(self, name: str) -> bytes:
        live = self._generations.live()
        return read_commit_data(live).get(name, b"") if live else b""

    @contextmanager
    def writer(self, expected: int = 0) -> Iterator[Writer]:
        with self._writing():
            live = self._generations.live()
            if live is None:
                opened = self._store.fresh(self._generations, self._wanted, expected)
            elif self.info().stale:
                raise SchemaChanged(
                    f"The index {self._path} was made under other settings or by another version; "
                    "rebuild it with --rebuild."
                )
            else:
                opened = self._store.continued(self._generations, live, self._wanted, expected)
            with opened as writer:
                yield writer

    @contextmanager
    def rebuild(self, expected: int = 0) -> Iterator[Writer]:
        with self._writing(), self._store.fresh(self._generations, self._wanted, expected) as writer:
            yield writer

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
                    f"The index {self._path} cannot be read ({error.strerror}); look after its disk."
                ) from error
            if not found.problems or self._live() == live:  # else it was replaced meanwhile
                return found

    def ping(self) -> None:
        with self._readers.reading():
            pass

    def close(self) -> None:
        self._readers.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock; what is read under it and after it is the newest there is."""
        try:
            with self._generations.lock():
                self._readers.look_again()
                yield
        except OSError as error:
            said = f"The index {self._path} cannot be written to {refusal(error)}"
            raise EngineUnavailable(said) from error
        except Unreadable as error:
            raise self._damaged(error) from error
        finally:
            self._readers.look_again()

    def _info(self, reader: StoreReader) -> IndexInfo:
        stale = reader.commit_info.fingerprint != self._wanted.fingerprint
        engine = reader.commit_info.engine
        return IndexInfo(reader.stamp, reader.documents, engine, reader.updated, stale)

    def _live(self) -> Path:
        live = self._generations.live()
        if live is None:
            raise self._missing()
        return live

    def _opened(self, live: Path) -> StoreReader:
        if self.name not in {"auto", engine_of(live)} and live.is_dir():
            raise EngineUnavailable(
                f"The index {self._path} was written by another engine than {self.name}; "
                f"open it as auto:{self._path}"
            )
        if wrong := glance(live):
            raise Unreadable(wrong)
        return self._store.open(live)

    def _missing(self) -> IndexMissing:
        return IndexMissing(
            f"There is no index at {self._path}; make one with: opis-index FOLDER --index auto:{self._path}"
        )

    def _damaged(self, error: BaseException) -> IndexDamaged:
        found = str(error) if isinstance(error, Unreadable) else type(error).__name__
        return IndexDamaged(
            f"The index {self._path} is damaged ({' '.join(found.split())[:200]}); "
            f"make it anew with: opis-index FOLDER --rebuild --index auto:{self._path}"
        )
