"""The live commit of a memory index, and transactions that replace it."""

import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from search.analysis.query_analyzer import QueryAnalyzer
from search.analysis.stem import Stem
from search.analyzed import AnalyzedDocument
from search.calendar import timestamp
from search.document import Document
from search.engines.answer_scope import once, one_answer
from search.engines.deadline import check_time
from search.engines.disk.checksums import Verified
from search.engines.memory.evaluator import IndexedDocument
from search.engines.memory.reader import MemoryReader
from search.engines.terms.term_dictionary import TermDictionary
from search.errors import IndexLocked
from search.ranking import FieldStatistics
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults
from search.schema import Schema


class MemoryEngine:
    """See `search.engines.Engine`; for one process, and lost when it ends."""

    name = "memory"

    def __init__(self, schema: Schema) -> None:
        self._newest = MemoryReader(schema, updated=timestamp(time.time()))
        self._pinned = threading.local()
        self._writing = threading.Lock()
        self._folder: Path | None = None

    @property
    def schema(self) -> Schema:
        return self._reader.schema

    @property
    def analyzer(self) -> QueryAnalyzer:
        return self._reader.analyzer

    @contextmanager
    def reading(self) -> Iterator[None]:
        if hasattr(self._pinned, "reader"):
            yield
            return
        self._pinned.reader = self._newest
        try:
            with one_answer():
                yield
        finally:
            del self._pinned.reader

    @property
    def _reader(self) -> MemoryReader:
        return getattr(self._pinned, "reader", self._newest)

    def search(self, request: SearchRequest) -> SearchResults:
        check_time()
        reader = self._reader
        return once((reader, request), lambda: reader.search(request))

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        check_time()
        reader = self._reader
        return [reader.get(doc_id) for doc_id in doc_ids]

    def scan(self, request: SearchRequest) -> Generator[Document]:
        return self._reader.scan(request)

    def vocabulary(self, field: str) -> TermDictionary:
        return self._reader.vocabulary(field)

    def frequencies(self, stems: Sequence[Stem]) -> Sequence[int]:
        return [*map(self._reader.frequency, stems)]

    def statistics(self, stems: Sequence[Stem]) -> FieldStatistics:
        return self._reader.statistics(stems)

    def info(self) -> IndexInfo:
        return self._reader.info

    def commit_data(self, name: str) -> bytes:
        return self._reader.commit_data.get(name, b"")

    def local_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="opis-"))
            finalize(self, rmtree, self._folder, ignore_errors=True)
        return self._folder

    @contextmanager
    def writer(self, _text_bytes: int = 0, /) -> Iterator["MemoryWriter"]:
        with self._transaction(self._newest.documents, self._newest.commit_data) as writer:
            yield writer

    @contextmanager
    def rebuild(self, _text_bytes: int = 0, /) -> Iterator["MemoryWriter"]:
        with self._transaction({}, {}) as writer:
            yield writer

    def verify(self) -> Verified:
        return Verified()

    def size(self) -> int:
        return 0

    def ping(self) -> None:
        return

    def close(self) -> None:
        return

    @contextmanager
    def _transaction(
        self, documents: Mapping[str, IndexedDocument], commit_data: Mapping[str, bytes]
    ) -> Iterator["MemoryWriter"]:
        if not self._writing.acquire(blocking=False):
            raise IndexLocked("This index is being written to already; try again when that has ended.")
        try:
            writer = MemoryWriter(dict(documents), dict(commit_data))
            yield writer
            before = self._newest
            self._newest = MemoryReader(
                before.schema, writer.documents, writer.commit_data, before.number + 1, timestamp(time.time())
            )
        finally:
            self._writing.release()


@dataclass
class MemoryWriter:
    """A transaction on copies of the live commit's documents and commit data."""

    documents: dict[str, IndexedDocument]
    commit_data: dict[str, bytes]

    def put(self, document: AnalyzedDocument) -> None:
        self.documents[document.id] = IndexedDocument(document)

    def delete(self, doc_id: str) -> None:
        self.documents.pop(doc_id, None)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self.commit_data[name] = data
