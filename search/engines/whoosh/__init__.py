"""The embedded engine for small collections: Whoosh as the store of our tokens.

Whoosh keeps the postings, columns and documents, commits them and finds them; the query language,
the ranking, the facets and the highlighting are ours.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from search.document import Document
from search.engines.collector import collect, select
from search.engines.generations import Generations
from search.engines.ordering import ordered
from search.engines.whoosh.notes import read_notes
from search.engines.whoosh.snapshot import Snapshot, Version, latest
from search.engines.whoosh.writer import WhooshWriter
from search.errors import (
    EngineError,
    EngineUnavailable,
    IndexDamaged,
    IndexMissing,
    SchemaChanged,
    SearchError,
)
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults, TermCount
from search.schema import Schema

CHECK_EVERY = 0.25
"""Seconds for which a reader trusts that its snapshot is the newest."""

Begin = Callable[[Path, Schema], WhooshWriter]

_TRIES = 20  # a commit or a swap may remove the files that a reader is about to open


class WhooshEngine:
    """See `search.engines.Engine`."""

    name = "whoosh"

    def __init__(self, path: str, schema: Schema, *, create: bool = False) -> None:
        self._path = path
        self._wanted = schema
        self._generations = Generations(Path(path))
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._checked = 0.0
        if not create and self._generations.live() is None:
            raise self._missing()

    @property
    def schema(self) -> Schema:
        if self._generations.live() is None:
            return self._wanted
        with self._reading() as snapshot:
            return snapshot.schema

    def search(self, request: SearchRequest) -> SearchResults:
        with self._reading() as snapshot:
            found, closeness = snapshot.matches(request.query), snapshot.closeness(request.query)
            return collect(found, request, snapshot.columns, self._info(snapshot), closeness)

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        with self._reading() as snapshot:
            return [snapshot.get(doc_id) for doc_id in doc_ids]

    def scan(self, request: SearchRequest) -> Iterator[Document]:
        with self._reading() as snapshot:
            found, closeness = snapshot.matches(request.query), snapshot.closeness(request.query)
            passing, _ = select(found, replace(request, facets=()), snapshot.columns)
            every = len(passing)
            for number, _ in ordered(passing, found, request.sort, snapshot.columns, closeness, every):
                yield snapshot.read(number)

    def terms(self, field: str, prefix: str = "", limit: int = 10) -> Sequence[TermCount]:
        with self._reading() as snapshot:
            return snapshot.vocabulary(field).beginning(prefix, limit)

    def similar_terms(self, field: str, word: str, distance: int, limit: int) -> Sequence[TermCount]:
        with self._reading() as snapshot:
            return snapshot.vocabulary(field).similar(word, distance, limit)

    def frequencies(self, stems: Sequence[str]) -> Sequence[int]:
        with self._reading() as snapshot:
            return snapshot.frequencies(stems)

    def info(self) -> IndexInfo:
        if self._generations.live() is None:
            return IndexInfo("", 0, self.name, "")
        with self._reading() as snapshot:
            return self._info(snapshot)

    def _info(self, snapshot: Snapshot) -> IndexInfo:
        stale = snapshot.manifest.fingerprint != self._wanted.fingerprint
        return IndexInfo(snapshot.version.stamp, snapshot.documents, self.name, snapshot.updated, stale)

    def recall(self, name: str) -> bytes:
        live = self._generations.live()
        return read_notes(latest(live)).get(name, b"") if live else b""

    @contextmanager
    def writer(self) -> Iterator[WhooshWriter]:
        with self._generations.lock():
            self._checked = 0.0  # what is read under the lock is the newest there is
            live = self._generations.live()
            if live is None:
                with self._fresh() as writer:
                    yield writer
                return
            if self.info().stale:
                raise SchemaChanged(
                    f"The index {self._path} was made under other settings or by another version; "
                    "rebuild it with --rebuild."
                )
            with self._transaction(WhooshWriter.open, live) as writer:
                yield writer
        self._checked = 0.0

    @contextmanager
    def rebuild(self) -> Iterator[WhooshWriter]:
        with self._generations.lock():
            self._checked = 0.0
            with self._fresh() as writer:
                yield writer
        self._checked = 0.0

    def ping(self) -> None:
        with self._reading():
            pass

    def close(self) -> None:
        with self._lock:
            if self._snapshot:
                self._snapshot.retire()
            self._snapshot = None

    @contextmanager
    def _fresh(self) -> Iterator[WhooshWriter]:
        with (
            self._generations.successor(self.name, self._wanted) as directory,
            self._transaction(WhooshWriter.create, directory) as writer,
        ):
            yield writer

    @contextmanager
    def _transaction(self, begin: Begin, directory: Path) -> Iterator[WhooshWriter]:
        writer: WhooshWriter | None = None
        try:
            writer = begin(directory, self._wanted)
            yield writer
            writer.commit()
        except BaseException as error:
            if writer is not None:
                with suppress(OSError):  # the disk may be full for this, too
                    writer.cancel()
            if isinstance(error, OSError):
                said = f"The index {self._path} cannot be written to ({error.strerror}); nothing was changed."
                raise EngineUnavailable(said) from error
            raise

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        with self._lock:
            snapshot = self._current()
            snapshot.acquire()
        try:
            yield snapshot
        except SearchError:
            raise
        except Exception as error:  # damage that only reading finds can raise anything
            raise self._damaged(error) from error
        finally:
            snapshot.release()

    def _current(self) -> Snapshot:
        """The newest snapshot; looks for a newer one at most every CHECK_EVERY seconds."""
        now = time.monotonic()
        if self._snapshot is None or now - self._checked > CHECK_EVERY:
            self._snapshot = self._newest(self._snapshot)
            self._checked = now
        return self._snapshot

    def _newest(self, known: Snapshot | None) -> Snapshot:
        for attempt in range(_TRIES):
            version = self._version()
            if known and known.version == version:
                return known
            try:
                fresh = Snapshot(version)
            except FileNotFoundError as error:
                if attempt == _TRIES - 1:
                    raise self._damaged(error) from error
                time.sleep(0.02)
            except EngineError:
                raise
            except Exception as error:  # Whoosh unpickles: damage can raise anything
                raise self._damaged(error) from error
            else:
                if known:
                    known.retire()
                return fresh
        raise AssertionError("the last try returns or raises")

    def _version(self) -> Version:
        live = self._generations.live()
        if live is None:
            raise self._missing()
        return latest(live)

    def _missing(self) -> IndexMissing:
        return IndexMissing(
            f"There is no index at {self._path}; "
            f"make one with: python -m index FOLDER --index auto:{self._path}"
        )

    def _damaged(self, error: Exception) -> IndexDamaged:
        return IndexDamaged(
            f"The index {self._path} is damaged ({type(error).__name__}); "
            f"make it anew with: python -m index FOLDER --rebuild --index auto:{self._path}"
        )
