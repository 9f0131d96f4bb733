"""The engine over an index on disk: readers of its live commit, and transactions that replace it."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import cast

from search.analysis.query_analyzer import QueryAnalyzer
from search.analysis.stem import Stem
from search.document import Document
from search.engines import Writer
from search.engines.answer_scope import once, one_answer
from search.engines.deadline import check_time
from search.engines.disk.auto import DOCUMENT_BYTES, moving, store_named, store_to_write
from search.engines.disk.checksums import Verified, quick_check, recorded, verify
from search.engines.disk.commit_data import read_commit_data
from search.engines.disk.faults import Unreadable, refusal
from search.engines.disk.generations import Generations, engine_of
from search.engines.disk.reader_manager import ReaderManager
from search.engines.disk.snapshot import Snapshot, index_info
from search.engines.disk.store import transaction
from search.engines.languages import query_analyzer
from search.engines.terms.term_dictionary import TermDictionary
from search.errors import EngineUnavailable, IndexDamaged, IndexMissing, SchemaChanged
from search.ranking import FieldStatistics
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults
from search.schema import Schema


class DiskEngine:
    """See `search.engines.Engine`. `name` is `auto` or the name of a store.

    Raises EngineUnavailable if its library is not installed, IndexMissing unless `create`.
    """

    def __init__(self, name: str, path: str, schema: Schema, *, create: bool = False) -> None:
        if name != "auto":
            store_named(name)
        self.name = name
        self._path = path
        self._schema = schema
        self._generations = Generations(Path(path))
        self._snapshots = ReaderManager(self._live, self._opened, self._damaged)
        if not create and self._generations.live() is None:
            raise self._missing()

    @property
    def schema(self) -> Schema:
        try:
            return self._snapshots.read(_schema)
        except IndexMissing:
            return self._schema

    @property
    def analyzer(self) -> QueryAnalyzer:
        try:
            return self._snapshots.read(self._query_analyzer)
        except IndexMissing:
            return self._schema.analyzer

    def _query_analyzer(self, snapshot: Snapshot) -> QueryAnalyzer:
        if snapshot.analyzer is None:
            reader = snapshot.reader
            snapshot.analyzer = query_analyzer(reader.schema, reader.vocabulary.of, self.statistics)
        return snapshot.analyzer

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._snapshots.pinned(), one_answer():
            yield

    def search(self, request: SearchRequest) -> SearchResults:
        check_time()
        return self._snapshots.read(
            lambda found: once((found, request), lambda: found.reader.search(request, found.info))
        )

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        check_time()
        return self._snapshots.read(lambda snapshot: snapshot.reader.get_many(doc_ids))

    def scan(self, request: SearchRequest) -> Generator[Document]:
        scanning = self._scan(request)
        next(scanning)  # from now on, the reader is released however the scan ends
        return cast("Generator[Document]", scanning)

    def _scan(self, request: SearchRequest) -> Generator[Document | None]:
        with self._snapshots.held() as snapshot:
            yield None
            yield from snapshot.reader.scan(request)

    def vocabulary(self, field: str) -> TermDictionary:
        return self._snapshots.read(lambda snapshot: snapshot.reader.vocabulary.of(field))

    def frequencies(self, stems: Sequence[Stem]) -> Sequence[int]:
        return self._snapshots.read(lambda snapshot: snapshot.reader.frequencies(stems))

    def statistics(self, stems: Sequence[Stem]) -> FieldStatistics:
        return self._snapshots.read(lambda snapshot: snapshot.reader.statistics(stems))

    def info(self) -> IndexInfo:
        try:
            return self._snapshots.read(_info)
        except IndexMissing:
            return IndexInfo("", 0, self.name, "")

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

    def ping(self) -> None:
        self._snapshots.read(_info)

    def close(self) -> None:
        self._snapshots.close()

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
        return Snapshot(reader, index_info(reader, self._schema))

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


def _schema(snapshot: Snapshot) -> Schema:
    return snapshot.reader.schema


def _info(snapshot: Snapshot) -> IndexInfo:
    return snapshot.info
