"""Copying an index to another address, whatever its engine: `opis-index --copy-from`.

Documents keep the times at which they were first indexed, and the archive keeps its identity, its redirects
and what its runs know of their files: the next run goes on as if it had always written to the copy. No source
is read, and the index that is copied answers on.
"""

import time

import msgspec

from index.runs.manifest.states import MANIFEST_KEY, copy_manifest
from search.analyzed import analyze
from search.commit_data.aliases import ALIASES_KEY
from search.commit_data.health_report import HEALTH_KEY
from search.commit_data.identity import IDENTITY_KEY
from search.commit_data.redirects import REDIRECTS_KEY
from search.engines import Engine, open_engine
from search.errors import DocumentRefused, IndexLocked, SchemaChanged, SettingsError
from search.request import SearchRequest
from search.settings import Settings

COPIED_DATA = (ALIASES_KEY, HEALTH_KEY, IDENTITY_KEY, MANIFEST_KEY, REDIRECTS_KEY)
"""The commit data that a copy has."""


class CopyReport(msgspec.Struct, frozen=True):
    """What was copied; `refused` are the sources of documents that the engine of the copy cannot store."""

    source: str
    index: str
    documents: int
    refused: tuple[str, ...]
    generation: str
    seconds: float

    def to_json(self) -> str:
        """One JSON object, keys as above."""
        return msgspec.json.encode(self).decode()

    def to_screen(self) -> str:
        """The report as text."""
        number = "1 document" if self.documents == 1 else f"{self.documents:,} documents"
        copied = f"Copied {number} from {self.source} to {self.index} in {self.seconds:.1f} s."
        return "\n".join([copied, *(f"Not copied: {reason}" for reason in self.refused)])


def copy_index(source: str, settings: Settings, *, rebuild: bool = False) -> CopyReport:
    """Copy the index at the address `source` to that of the settings; `rebuild` replaces what is there.

    Raises SettingsError if the copy would replace an index without that, SchemaChanged if the source was
    made under other settings, IndexLocked if it was written to meanwhile, and EngineError.
    """
    started = time.monotonic()
    old = open_engine(source, settings.schema)
    try:
        new = open_engine(settings.index, settings.schema, create=True)
        try:
            documents, refused = copied(old, new, rebuild=rebuild)
            generation = new.info().generation
        finally:
            new.close()
    finally:
        old.close()
    seconds = time.monotonic() - started
    return CopyReport(source, settings.index, documents, refused, generation, seconds)


def copied(old: Engine, new: Engine, *, rebuild: bool = False) -> tuple[int, tuple[str, ...]]:
    """Copy an index in one commit: the number of documents, and why some were refused. See `copy_index`."""
    _check(old, new, rebuild=rebuild)
    refused: list[str] = []
    documents = 0
    schema, before = old.schema, old.info().generation
    with new.rebuild(old.size()) as writer:
        for document in old.scan(SearchRequest()):
            try:
                writer.put(analyze(document, schema))
                documents += 1
            except DocumentRefused as error:
                refused.append(f"{document.source or document.id}: {error}")
        for name in COPIED_DATA:
            writer.put_commit_data(name, old.commit_data(name))
        copy_manifest(old.local_folder(), new.local_folder())
        if old.info().generation != before:
            raise IndexLocked("The index was written to while it was copied, and nothing was; copy it again.")
    return documents, tuple(refused)


def _check(old: Engine, new: Engine, *, rebuild: bool) -> None:
    if old.local_folder().resolve() == new.local_folder().resolve():
        raise SettingsError("An index is copied to another place; name one with --index.")
    if old.info().stale:
        raise SchemaChanged(
            "The index that is to be copied was made under other settings or by another version; rebuild it "
            "first, or index its sources at the new address."
        )
    if new.info().documents and not rebuild:
        raise SettingsError(
            "There is an index already where the copy is to be; replace it with --rebuild, or choose another "
            "address with --index."
        )
