"""Who answers? The seam: what every engine owes, and how one is opened from its address.

Engines store and find tokens; they never see a user's string and never analyse a text. Which engine
library is used is known to its own module alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from search.analyzed import AnalyzedDocument
from search.document import Document
from search.engines.disk.checksums import Verified
from search.errors import SettingsError
from search.ranking import Collection
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults, TermCount
from search.schema import Schema


class Writer(Protocol):
    """One transaction. Nothing is seen by any reader before it is committed, then all of it at once."""

    def put(self, document: AnalyzedDocument) -> None:
        """Add a document, in place of one with the same id."""

    def delete(self, doc_id: str) -> None:
        """Remove a document; one that is not there is no error."""

    def put_commit_data(self, name: str, data: bytes) -> None:
        """Keep these bytes with the commit, in place of those of this name: what `Engine.recall` gives."""


class Engine(Protocol):
    """An index that can be searched and written to. Methods may be called from several threads.

    Readers go on undisturbed while another process writes, and see a commit within a second.
    Every method may raise EngineError.
    """

    name: str

    @property
    def schema(self) -> Schema:
        """The schema the index was written under, which questions to it must be analysed with."""

    def reading(self) -> AbstractContextManager[None]:
        """A block in which all calls of this thread see one and the same commit."""

    def search(self, request: SearchRequest) -> SearchResults:
        """The page of hits asked for, the exact total and exact facet counts.

        Order is that of `request.sort`, ties by id. A facet's counts ignore the filter on its own field.
        """

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        """The documents of these ids, in this order; None where there is none."""

    def scan(self, request: SearchRequest) -> Iterator[Document]:
        """Every document the request matches, in its order, whatever its limit."""

    def terms(self, field: str, prefix: str = "", limit: int = 10) -> Sequence[TermCount]:
        """The words of a field ("words": of all) that begin so: most documents first, then by word."""

    def similar_terms(self, field: str, word: str, distance: int, limit: int) -> Sequence[TermCount]:
        """The words within `distance` edits of `word`: nearest first, then most documents, then by word."""

    def frequencies(self, stems: Sequence[str]) -> Sequence[int]:
        """How many documents have each of these stems in their weighted text; 0 for one that none has."""

    def statistics(self, field: str) -> Collection:
        """What ranking knows of all documents: of TEXT their weighted stems, of WORDS their words."""

    def info(self) -> IndexInfo:
        """What this index is, now."""

    def commit_data(self, name: str) -> bytes:
        """What the writers of this index remembered last by this name; empty if nothing, never an error."""

    def writer(self, expected: int = 0) -> AbstractContextManager[Writer]:
        """A transaction on the live index: committed at the end of the block, dropped on an error.

        `expected` is about how many bytes of text it will bring, for an engine that can choose its form.

        Raises IndexLocked while another is open anywhere, SchemaChanged on a stale index.
        """

    def rebuild(self, expected: int = 0) -> AbstractContextManager[Writer]:
        """As `writer`, into an empty index beside the live one, which it replaces at the end of the block."""

    def verify(self) -> Verified:
        """Read all files of the index: are they what was written, by their checksums?"""

    def ping(self) -> None:
        """Raise EngineUnavailable, IndexMissing or IndexDamaged unless a search would work."""

    def close(self) -> None:
        """Release files and connections; the engine is not used again."""


def open_engine(url: str, schema: Schema, *, create: bool = False) -> Engine:
    """The engine at an index address such as `auto:var/index`, `whoosh:PATH` or `memory:`.

    With `create`, an index that is not there yet is made, empty. Raises SettingsError for an address
    it cannot read, IndexMissing, IndexDamaged or EngineUnavailable.
    """
    scheme, colon, path = url.partition(":")
    if scheme == "memory" and colon:
        from search.engines.memory import MemoryEngine  # noqa: PLC0415

        return MemoryEngine(schema)
    if scheme in {"auto", "whoosh", "tantivy"} and path:
        from search.engines.disk.auto import store_named  # noqa: PLC0415
        from search.engines.disk.engine import StoredEngine  # noqa: PLC0415

        return StoredEngine(store_named(scheme), path, schema, create=create)
    raise SettingsError(
        f"The index address {url!r} is not understood; use auto:PATH, whoosh:PATH, tantivy:PATH or memory:, "
        "for example auto:var/index."
    )
