"""A transaction on a Whoosh index."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex

from search.analyzed import AnalyzedDocument
from search.engines.generations import sync
from search.engines.whoosh.fields import whoosh_document, whoosh_schema
from search.engines.whoosh.snapshot import INDEX_NAME, Version, latest, state_file
from search.engines.whoosh.storage import DurableStorage
from search.schema import Schema

MEMORY_MB = 128


@dataclass
class WhooshWriter:
    """Writes into one directory; `commit` or `cancel` ends it."""

    schema: Schema
    writer: Any
    fresh: bool  # whether the index was empty before
    state: bytes | None = None
    _added: dict[str, int] = field(default_factory=dict)

    @classmethod
    def create(cls, directory: Path, schema: Schema) -> "WhooshWriter":
        """A transaction on a new index in an empty directory."""
        index = FileIndex.create(DurableStorage(directory), whoosh_schema(schema), INDEX_NAME)
        return cls(schema, index.writer(limitmb=MEMORY_MB), fresh=True)

    @classmethod
    def open(cls, directory: Path, schema: Schema) -> "WhooshWriter":
        """A transaction on the index in a directory, which keeps its state unless told another."""
        index = FileIndex(DurableStorage(directory), indexname=INDEX_NAME)
        file = state_file(latest(directory))
        state = file.read_bytes() if file.exists() else None
        return cls(schema, index.writer(limitmb=MEMORY_MB), fresh=False, state=state)

    def put(self, document: AnalyzedDocument) -> None:
        doc_id = document.document.id
        self.delete(doc_id)
        self._added[doc_id] = self.writer.docnum
        self.writer.add_document(**whoosh_document(document, self.schema))

    def delete(self, doc_id: str) -> None:
        if doc_id in self._added:  # written in this transaction, so in no segment that Whoosh searches yet
            self.writer.newsegment.delete_document(self._added.pop(doc_id))
        elif not self.fresh:
            self.writer.delete_by_term("id", doc_id)

    def remember(self, state: bytes) -> None:
        self.state = state

    def commit(self) -> None:
        """Make everything seen at once. The state is written first: alone, it is no commit."""
        directory = Path(self.writer.storage.folder)
        version = Version(directory, self.writer.generation)
        if self.state is not None:
            state_file(version).write_bytes(self.state)
            sync(state_file(version))
        self.writer.commit()
        for old in directory.glob("state.*"):
            if old != state_file(version):
                old.unlink(missing_ok=True)

    def cancel(self) -> None:
        """Drop everything written."""
        self.writer.cancel()
