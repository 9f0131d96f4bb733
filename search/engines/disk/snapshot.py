"""A commit that is open for reading, and what follows from it: worked out once, asked for many times."""

from dataclasses import dataclass

from search.analysis.query_analyzer import QueryAnalyzer
from search.engines.disk.store import StoreReader
from search.results import IndexInfo
from search.schema import Schema


@dataclass(eq=False, slots=True)
class Snapshot:
    """One commit; `analyzer` is that of queries to it, once it is known."""

    reader: StoreReader
    info: IndexInfo
    analyzer: QueryAnalyzer | None = None

    def close(self) -> None:
        """Release its files."""
        self.reader.close()


def index_info(reader: StoreReader, schema: Schema) -> IndexInfo:
    """What a reader's commit is, compared with the schema that an index would be written under today."""
    commit = reader.commit_info
    stale = commit.fingerprint != schema.fingerprint
    return IndexInfo(reader.stamp, reader.documents, commit.engine, reader.updated, stale)
