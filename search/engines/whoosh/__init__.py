"""The embedded engine for small collections: Whoosh as the store of our tokens.

Whoosh keeps the postings, columns and documents, commits them and finds them; the query language,
the ranking, the facets and the highlighting are ours.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.stored import StoredEngine
from search.engines.whoosh.notes import read_notes
from search.engines.whoosh.snapshot import Snapshot, Version, latest
from search.engines.whoosh.writer import WhooshWriter


class WhooshEngine(StoredEngine[Version, Snapshot]):
    """See `search.engines.Engine`."""

    name = "whoosh"

    def _newest(self, live: Path) -> Version:
        return latest(live)

    def _open(self, version: Version) -> Snapshot:
        return Snapshot(version)

    def _notes(self, live: Path) -> Mapping[str, bytes]:
        return read_notes(latest(live))

    @contextmanager
    def _fresh(self) -> Iterator[WhooshWriter]:
        with self._generations.successor(self.name, self._wanted) as directory:
            yield from _committed(WhooshWriter.create(directory, self._wanted))

    @contextmanager
    def _continued(self, live: Path) -> Iterator[WhooshWriter]:
        yield from _committed(WhooshWriter.open(live, self._wanted))


def _committed(writer: WhooshWriter) -> Iterator[WhooshWriter]:
    """The writer, committed at the end, cancelled on an error."""
    try:
        yield writer
        writer.commit()
    except BaseException:
        with suppress(OSError):  # the disk may be full for this, too
            writer.cancel()
        raise
