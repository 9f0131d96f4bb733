"""The embedded engine for large collections: Tantivy over our tokens.

Tantivy keeps the postings, columns and documents, and answers our query tree compiled to its own; the
analysis, the query language, facets of dates and the highlighting are ours. A commit is a directory of
its own that shares the unchanged segments with the one before, so that documents, notes and manifest
become live together.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.stored import StoredEngine
from search.engines.tantivy.snapshot import Snapshot
from search.engines.tantivy.writer import TantivyWriter, link_index, read_notes


class TantivyEngine(StoredEngine[Path, Snapshot]):
    """See `search.engines.Engine`."""

    name = "tantivy"

    def _newest(self, live: Path) -> Path:
        return live

    def _open(self, version: Path) -> Snapshot:
        return Snapshot(version)

    def _notes(self, live: Path) -> Mapping[str, bytes]:
        return read_notes(live)

    @contextmanager
    def _fresh(self) -> Iterator[TantivyWriter]:
        with self._transaction(None) as writer:
            yield writer

    @contextmanager
    def _continued(self, live: Path) -> Iterator[TantivyWriter]:
        with self._transaction(live) as writer:
            yield writer

    @contextmanager
    def _transaction(self, before: Path | None) -> Iterator[TantivyWriter]:
        """A new directory that goes on from the index `before`, if any."""
        with self._generations.successor(self.name, self._wanted) as directory:
            if before:
                link_index(before, directory)
            writer = TantivyWriter(directory, self._wanted)
            try:
                yield writer
                writer.commit()
            except BaseException:
                with suppress(OSError, ValueError):
                    writer.cancel()
                raise
