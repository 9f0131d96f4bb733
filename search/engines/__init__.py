"""Which documents match, and in what order? The seam: what every engine owes, and `open_engine`.

An engine indexes and matches tokens: it never sees a user's string, and is given a tree of analysed
terms. Only where it writes stored documents anew does it analyze them again (to compact segments, to move
to another store, to subtract deleted documents from Whoosh's counts): storing their tokens too would
double the document store, for work that is rare.

Each engine library is known to its own package alone. Imports facets, results, request, query, schema.
"""

from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from search.analysis.query_analyzer import QueryAnalyzer
from search.analysis.stem import Stem
from search.analyzed import AnalyzedDocument
from search.document import Document
from search.engines.disk.checksums import Verified
from search.engines.terms.term_dictionary import TermDictionary
from search.errors import EngineUnavailable, SettingsError
from search.ranking import FieldStatistics
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults
from search.schema import Schema

__all__ = ["Engine", "TermDictionary", "Verified", "Writer", "open_engine"]


class Writer(Protocol):
    """One transaction: no reader sees anything of it before it is committed, then all of it at once."""

    def put(self, document: AnalyzedDocument) -> None:
        """Add a document, in place of one with the same id.

        Raises DocumentRefused for one that cannot be stored: the transaction goes on as if it was not put.
        """

    def delete(self, doc_id: str) -> None:
        """Remove a document; one that is not there is no error."""

    def put_commit_data(self, name: str, data: bytes) -> None:
        """Store named bytes with the commit, in place of those of this name.

        Later commits keep them until they are replaced (cf. Lucene's IndexWriter.setLiveCommitData).
        """


class Engine(Protocol):
    """An index that can be searched and written to. Methods may be called from several threads.

    Readers go on undisturbed while another process writes, and see a commit within a second.
    Every method may raise EngineError; within a `deadline.time_limit` also QueryTimeout and Abandoned.
    """

    name: str

    @property
    def schema(self) -> Schema:
        """The schema the index was written under."""

    @property
    def analyzer(self) -> QueryAnalyzer:
        """The analyzer of queries: of all languages that documents of the live commit are in."""

    def reading(self) -> AbstractContextManager[None]:
        """A block in which all calls of this thread see one and the same commit."""

    def search(self, request: SearchRequest) -> SearchResults:
        """The requested page of hits, the exact total and exact facet counts.

        Order is that of `request.sort`, ties by id. A facet's counts ignore the filter on its own field.
        """

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        """The documents of these ids, in this order; None where there is none."""

    def scan(self, request: SearchRequest) -> Generator[Document]:
        """Every document the request matches, in its order, whatever its limit.

        All are of the commit at the time of the call, in `reading` of that block's. It is held until the
        scan ends, is closed or is dropped, in whatever thread.
        """

    def vocabulary(self, field: str) -> TermDictionary:
        """The words of a field ("words": of all fields), each with its number of documents."""

    def frequencies(self, stems: Sequence[Stem]) -> Sequence[int]:
        """The document frequency of each stem in the weighted text, 0 for one that no document has.

        That of a stem with parts is the sum of theirs: no document has two of them.
        """

    def statistics(self, stems: Sequence[Stem]) -> FieldStatistics:
        """The statistics of the weighted text that scores come from, with the frequencies of these stems.

        Unlike `frequencies`, they may count deleted documents that are still in a segment.
        """

    def info(self) -> IndexInfo:
        """The live commit: its generation, number of documents, engine and time."""

    def commit_data(self, name: str) -> bytes:
        """The bytes of this name in the newest commit; empty if there are none, never an error."""

    def local_folder(self) -> Path:
        """The folder of this machine for what is kept beside the index, such as the indexer's manifest.

        It need not be there before the first commit. Those who write there hold the lock of a transaction.
        """

    def writer(self, text_bytes: int = 0, /) -> AbstractContextManager[Writer]:
        """A transaction on the live index: committed at the end of the block, dropped on an error.

        `text_bytes` is roughly the size of the text to be put: `auto:` chooses its store by it, other
        engines ignore it. Raises IndexLocked while another transaction is open in any process,
        SchemaChanged on a stale index.
        """

    def rebuild(self, text_bytes: int = 0, /) -> AbstractContextManager[Writer]:
        """As `writer`, on an empty index, which replaces the live one at the end of the block."""

    def verify(self) -> Verified:
        """Read all files of the index and compare them with their checksums, as far as they can be read."""

    def size(self) -> int:
        """The bytes of the files of the live commit; 0 if there are none."""

    def ping(self) -> None:
        """Raise EngineUnavailable, IndexMissing or IndexDamaged unless a search would work."""

    def close(self) -> None:
        """Release files and connections; the engine is not used again."""


def open_engine(url: str, schema: Schema, *, create: bool = False) -> Engine:
    """The engine at an index address such as `auto:var/index`, `whoosh:PATH` or `memory:`.

    With `create`, a missing index is created, empty. Raises SettingsError for an address that is not
    understood, IndexMissing, IndexDamaged or EngineUnavailable.
    """
    scheme, colon, path = url.partition(":")
    if scheme == "memory" and colon:
        from search.engines.memory import MemoryEngine  # noqa: PLC0415

        return MemoryEngine(schema)
    if scheme in {"auto", "whoosh", "tantivy"} and path:
        from search.engines.disk.engine import DiskEngine  # noqa: PLC0415

        return DiskEngine(scheme, path, schema, create=create)
    if scheme in {"opensearch+http", "opensearch+https"}:
        return _cluster(url, schema, create=create)
    raise SettingsError(
        f"The index address {url!r} is not understood; use auto:PATH, whoosh:PATH, tantivy:PATH, "
        "opensearch+http://HOST:PORT/NAME or memory:, for example auto:var/index."
    )


def _cluster(url: str, schema: Schema, *, create: bool) -> Engine:
    if find_spec("urllib3") is None:
        raise EngineUnavailable(
            "The OpenSearch client is not installed; install it with: pip install 'opis[opensearch]'"
        )
    from search.engines.opensearch.address import Address  # noqa: PLC0415
    from search.engines.opensearch.engine import OpenSearchEngine  # noqa: PLC0415

    return OpenSearchEngine(Address.parse(url), schema, create=create)
