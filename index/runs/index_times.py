"""When did a document enter the index in its present form? The time that a run puts it with.

It is the start of the run, unless the index has this content already: under the same id, in a file that has
another name now, or in an index whose manifest is lost. Then the document keeps its time. A run that begins
within the same second as the one before, or by a clock that was set back a little, has the next second.
"""

from collections.abc import Iterable
from contextlib import suppress

from index.runs.manifest import DocumentEntry, Manifest, Place
from index.runs.read_results import document_key
from search.engines import Engine
from search.errors import IndexDamaged, IndexMissing

_SET_BACK = 60  # seconds by which a clock may have been set back, so that the order of runs is kept

_Moved = tuple[str, int, bytes]  # the key of a file, the number of a record in it, the hash of its text


class IndexTimes:
    """The times for one run, which began at `started` (POSIX seconds) and whose plan has `vanished` files."""

    def __init__(self, manifest: Manifest, vanished: Iterable[Place], engine: Engine, started: int) -> None:
        newest = max((entry.indexed for entry in manifest.documents()), default=0)
        self._started = newest + 1 if started <= newest < started + _SET_BACK else started
        self._moved: dict[_Moved, int] = {
            (file.key, entry.number, entry.text): entry.indexed
            for root, name in vanished
            for file in [manifest.roots[root][name]]
            for entry in file.documents
        }
        self._index: Engine | None = None
        with suppress(IndexMissing, IndexDamaged):
            if not manifest.roots and engine.info().documents:
                self._index = engine

    def of(self, entry: DocumentEntry, known: DocumentEntry | None, file_key: str) -> int:
        """The time of a document from a file of this key; `known` is what the last run knew by its id."""
        if known and known.key == entry.key:
            return known.indexed
        if (moved := self._moved.get((file_key, entry.number, entry.text))) is not None:
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
