"""What engines have in common that keep their index on disk: snapshots to read, transactions to write in.

Under the index's path lie directories, each an index whole, one of them live (`generations`). A subclass
knows how one is read and written with its library.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from search.document import Document
from search.engines import Writer
from search.engines.generations import Generations, Manifest
from search.engines.snapshots import Snapshots
from search.engines.vocabulary import Vocabulary
from search.errors import EngineUnavailable, IndexDamaged, IndexMissing, SchemaChanged
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults, TermCount
from search.schema import Schema


class StoredSnapshot(Protocol):
    """One commit, opened for reading; safe to share between threads.

    `stamp` names it, `updated` says when it was committed (RFC 3339).
    """

    manifest: Manifest
    schema: Schema
    stamp: str
    updated: str

    @property
    def documents(self) -> int: ...
    def search(self, request: SearchRequest, info: IndexInfo) -> SearchResults: ...
    def scan(self, request: SearchRequest) -> Iterator[Document]: ...
    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]: ...
    def vocabulary(self, field: str) -> Vocabulary: ...
    def frequencies(self, stems: Sequence[str]) -> Sequence[int]: ...
    def close(self) -> None: ...


Version = TypeVar("Version")
Snapshot = TypeVar("Snapshot", bound=StoredSnapshot)


class StoredEngine(ABC, Generic[Version, Snapshot]):
    """See `search.engines.Engine`."""

    name: str

    def __init__(self, path: str, schema: Schema, *, create: bool = False) -> None:
        self._path = path
        self._wanted = schema
        self._generations = Generations(Path(path))
        self._snapshots = Snapshots(self._version, self._open, self._damaged)
        if not create and self._generations.live() is None:
            raise self._missing()

    @abstractmethod
    def _newest(self, live: Path) -> Version:
        """The newest commit in the live directory."""

    @abstractmethod
    def _open(self, version: Version) -> Snapshot:
        """A commit, opened. Raises FileNotFoundError if a later one or a rebuild has removed it."""

    @abstractmethod
    def _notes(self, live: Path) -> Mapping[str, bytes]:
        """What was remembered with the newest commit, even if nothing else of it can be read."""

    @abstractmethod
    def _fresh(self) -> AbstractContextManager[Writer]:
        """A transaction on an empty index beside the live one; the lock is held."""

    @abstractmethod
    def _continued(self, live: Path) -> AbstractContextManager[Writer]:
        """A transaction on what is live; the lock is held."""

    @property
    def schema(self) -> Schema:
        if self._generations.live() is None:
            return self._wanted
        with self._snapshots.reading() as snapshot:
            return snapshot.schema

    def reading(self) -> AbstractContextManager[None]:
        return self._snapshots.pinned()

    def search(self, request: SearchRequest) -> SearchResults:
        with self._snapshots.reading() as snapshot:
            return snapshot.search(request, self._info(snapshot))

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        with self._snapshots.reading() as snapshot:
            return snapshot.get_many(doc_ids)

    def scan(self, request: SearchRequest) -> Iterator[Document]:
        with self._snapshots.reading() as snapshot:
            yield from snapshot.scan(request)

    def terms(self, field: str, prefix: str = "", limit: int = 10) -> Sequence[TermCount]:
        with self._snapshots.reading() as snapshot:
            return snapshot.vocabulary(field).beginning(prefix, limit)

    def similar_terms(self, field: str, word: str, distance: int, limit: int) -> Sequence[TermCount]:
        with self._snapshots.reading() as snapshot:
            return snapshot.vocabulary(field).similar(word, distance, limit)

    def frequencies(self, stems: Sequence[str]) -> Sequence[int]:
        with self._snapshots.reading() as snapshot:
            return snapshot.frequencies(stems)

    def info(self) -> IndexInfo:
        if self._generations.live() is None:
            return IndexInfo("", 0, self.name, "")
        with self._snapshots.reading() as snapshot:
            return self._info(snapshot)

    def recall(self, name: str) -> bytes:
        live = self._generations.live()
        return self._notes(live).get(name, b"") if live else b""

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        with self._writing():
            live = self._generations.live()
            if live is not None and self.info().stale:
                raise SchemaChanged(
                    f"The index {self._path} was made under other settings or by another version; "
                    "rebuild it with --rebuild."
                )
            with self._continued(live) if live else self._fresh() as writer:
                yield writer

    @contextmanager
    def rebuild(self) -> Iterator[Writer]:
        with self._writing(), self._fresh() as writer:
            yield writer

    def ping(self) -> None:
        with self._snapshots.reading():
            pass

    def close(self) -> None:
        self._snapshots.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock; what is read under it and after it is the newest there is."""
        try:
            with self._generations.lock():
                self._snapshots.look_again()
                yield
        except OSError as error:
            said = f"The index {self._path} cannot be written to ({error.strerror}); nothing was changed."
            raise EngineUnavailable(said) from error
        self._snapshots.look_again()

    def _info(self, snapshot: Snapshot) -> IndexInfo:
        stale = snapshot.manifest.fingerprint != self._wanted.fingerprint
        return IndexInfo(snapshot.stamp, snapshot.documents, self.name, snapshot.updated, stale)

    def _version(self) -> Version:
        live = self._generations.live()
        if live is None:
            raise self._missing()
        return self._newest(live)

    def _missing(self) -> IndexMissing:
        return IndexMissing(
            f"There is no index at {self._path}; "
            f"make one with: python -m index FOLDER --index auto:{self._path}"
        )

    def _damaged(self, error: BaseException) -> IndexDamaged:
        return IndexDamaged(
            f"The index {self._path} is damaged ({type(error).__name__}); "
            f"make it anew with: python -m index FOLDER --rebuild --index auto:{self._path}"
        )
