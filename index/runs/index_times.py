"""When did a document enter the index in its present form? The time that a run puts it with.

It is the start of the run, unless the index has this content already: under the same id, in a file that has
another name now, or in an index whose manifest is lost. Then the document keeps its time. A run that begins
within the same second as the one before, or by a clock that was set back a little, has the next second.
"""

from contextlib import suppress

from index.runs.manifest.comparison import time_before_move
from index.runs.manifest.entries import DocumentEntry
from index.runs.manifest.next_manifest import NextManifest
from index.runs.read_results import document_key
from search.engines import Engine
from search.errors import IndexDamaged, IndexMissing

_SET_BACK = 60  # seconds by which a clock may have been set back, so that the order of runs is kept


class IndexTimes:
    """The times for one run, which began at `started` (POSIX seconds); with `moves`, files have vanished."""

    def __init__(self, manifest: NextManifest, engine: Engine, started: int, *, moves: bool) -> None:
        newest = manifest.newest
        self._manifest, self._moves = manifest, moves
        self._started = newest + 1 if started <= newest < started + _SET_BACK else started
        self._index: Engine | None = None
        with suppress(IndexMissing, IndexDamaged):
            if manifest.is_first and engine.info().documents:
                self._index = engine

    def of(self, entry: DocumentEntry, known: DocumentEntry | None, file_key: str) -> int:
        """The time of a document from a file of this key; `known` is what the last run knew by its id."""
        if known and known.key == entry.key:
            return known.indexed
        if self._moves and (moved := time_before_move(self._manifest, file_key, entry)) is not None:
            return moved
        return self._in_index(entry)

    def _in_index(self, entry: DocumentEntry) -> int:
        """The time of the same document in an index whose manifest is lost; else that of the run."""
        if self._index is not None:
            with suppress(IndexMissing, IndexDamaged):
                (found,) = self._index.get_many([entry.id])
                if found and document_key(found) == entry.key:
                    return found.indexed
        return self._started
