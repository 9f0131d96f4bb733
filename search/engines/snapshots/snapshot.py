"""A commit that is open for reading, and what follows from it: worked out once, asked for many times."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.analysis.query_analyzer import QueryAnalyzer
from search.analysis.stem import Stem
from search.document import Document
from search.engines.terms.vocabulary import Vocabulary
from search.ranking import FieldStatistics
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults
from search.schema import Schema


class CommitReader(Protocol):
    """One commit, opened for reading; safe to share between threads. Methods as those of `Engine`."""

    schema: Schema

    def search(self, request: SearchRequest, info: IndexInfo) -> SearchResults: ...
    def scan(self, request: SearchRequest) -> Generator[Document]: ...
    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    def frequencies(self, stems: Sequence[Stem]) -> Sequence[int]: ...
    def statistics(self, stems: Sequence[Stem]) -> FieldStatistics: ...
    def close(self) -> None: ...


@dataclass(eq=False, slots=True)
class Snapshot:
    """One commit; `analyzer` is that of queries to it, once it is known."""

    reader: CommitReader
    info: IndexInfo
    analyzer: QueryAnalyzer | None = None

    def close(self) -> None:
        """Release what its reader holds."""
        self.reader.close()
