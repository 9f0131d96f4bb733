"""The embedded store for large collections: Tantivy keeps our tokens.

Tantivy keeps the postings, columns and documents, and answers our query tree compiled to its own; the
analysis, the query language, facets of dates and the highlighting are ours. A commit is a directory of
its own that shares the unchanged segments with the one before, so that documents, notes and manifest
become live together.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.disk.faults import Unreadable
from search.engines.disk.generations import Generations
from search.engines.tantivy.reader import TantivyReader
from search.engines.tantivy.writer import REWRITTEN, TantivyWriter
from search.schema import Schema


class TantivyStore:
    """See `search.engines.disk.engine.Store`."""

    name = "tantivy"

    def open(self, live: Path) -> TantivyReader:
        return TantivyReader(live)

    @contextmanager
    def fresh(self, generations: Generations, schema: Schema, expected: int) -> Iterator[TantivyWriter]:  # noqa: ARG002
        with generations.successor(self.name, schema) as directory:
            yield from _committed(directory, schema)

    @contextmanager
    def continued(
        self,
        generations: Generations,
        live: Path,
        schema: Schema,
        expected: int,  # noqa: ARG002
    ) -> Iterator[TantivyWriter]:
        with generations.successor(self.name, schema, live, REWRITTEN) as directory:
            yield from _committed(directory, schema)


def _committed(directory: Path, schema: Schema) -> Iterator[TantivyWriter]:
    """A writer, committed at the end, stopped on an error."""
    writer = TantivyWriter(directory, schema)
    try:
        yield writer
        writer.commit()
    except BaseException:
        with suppress(OSError, Unreadable):
            writer.cancel()
        raise
