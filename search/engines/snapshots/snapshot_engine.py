"""The half of an engine that reads: each method asks the shared snapshot of the live commit."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar, cast

from search.analysis.query_analyzer import QueryAnalyzer
from search.analysis.stem import Stem
from search.document import Document
from search.engines.answer_scope import once, one_answer
from search.engines.deadline import check_time
from search.engines.languages import query_analyzer
from search.engines.snapshots.reader_manager import ReaderManager
from search.engines.snapshots.snapshot import Snapshot
from search.engines.terms.term_dictionary import TermDictionary
from search.errors import IndexMissing
from search.ranking import FieldStatistics
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults
from search.schema import Schema

Version = TypeVar("Version")


class SnapshotEngine(Generic[Version]):
    """See `search.engines.Engine`; `schema` is that of an index which is not there yet."""

    def __init__(self, name: str, schema: Schema, snapshots: ReaderManager[Version, Snapshot]) -> None:
        self.name = name
        self._schema = schema
        self._snapshots = snapshots

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

    def ping(self) -> None:
        self._snapshots.read(_info)

    def close(self) -> None:
        self._snapshots.close()


def _schema(snapshot: Snapshot) -> Schema:
    return snapshot.reader.schema


def _info(snapshot: Snapshot) -> IndexInfo:
    return snapshot.info
