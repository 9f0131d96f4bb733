"""The embedded store for small collections: Whoosh keeps our tokens.

Whoosh keeps the postings, columns and documents, commits them and finds them; the query language,
the ranking, the facets and the highlighting are ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.disk.faults import library
from search.engines.disk.generations import Generations
from search.engines.whoosh.reader import WhooshReader
from search.engines.whoosh.writer import WhooshWriter
from search.schema import Schema


class WhooshStore:
    """See `search.engines.disk.engine.Store`."""

    name = "whoosh"

    def open(self, live: Path) -> WhooshReader:
        return WhooshReader(live)

    @contextmanager
    def fresh(self, generations: Generations, schema: Schema, expected: int) -> Iterator[WhooshWriter]:  # noqa: ARG002
        with generations.successor(self.name, schema) as directory:
            yield from _committed(WhooshWriter.create(directory, schema))

    @contextmanager
    def continued(
        self,
        generations: Generations,
        live: Path,
        schema: Schema,
        expected: int,  # noqa: ARG002
    ) -> Iterator[WhooshWriter]:
        with generations.successor(self.name, schema, before=live) as directory:
            with library():
                writer = WhooshWriter.open(directory, schema)
            yield from _committed(writer)


def _committed(writer: WhooshWriter) -> Iterator[WhooshWriter]:
    """The writer, committed at the end, cancelled on an error."""
    try:
        yield writer
        with library():
            writer.commit()
    except BaseException:
        with suppress(Exception):  # the disk may be full for this, too
            writer.cancel()
        raise
