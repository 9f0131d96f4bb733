"""A transaction on a Tantivy index: in a directory of its own, which nobody reads before it is live."""

import os
import shutil
from pathlib import Path

import msgspec
import tantivy

from search.analyzed import AnalyzedDocument
from search.engines.tantivy.fields import register_tokenizer, tantivy_document, tantivy_schema
from search.schema import Schema

MEMORY = 128 << 20
"""Bytes of documents that Tantivy gathers before it writes a segment."""

_NOTES = "notes"
_COPIED = {"meta.json", ".managed.json", _NOTES}  # what a commit replaces
_LEFT_BEHIND = {"manifest.json", _NOTES, ".tantivy-writer.lock", ".tantivy-meta.lock"}


class TantivyWriter:
    """Writes into one directory, which holds an index or nothing yet."""

    def __init__(self, directory: Path, schema: Schema) -> None:
        self._directory, self._schema = directory, schema
        self._notes = read_notes(directory)
        self._fields = tantivy_schema(schema)
        self._fresh = not (directory / "meta.json").exists()
        index = tantivy.Index(self._fields, path=str(directory))
        register_tokenizer(index)
        self._writer = index.writer(heap_size=MEMORY, num_threads=1)
        self._added: set[str] = set()

    def put(self, document: AnalyzedDocument) -> None:
        doc_id = document.document.id
        if not self._fresh or doc_id in self._added:
            self.delete(doc_id)
        self._added.add(doc_id)
        # From a dictionary and a schema: else a wrong type raises late, and drops the batch in silence.
        values = tantivy_document(document, self._schema)
        self._writer.add_document(tantivy.Document.from_dict(values, self._fields))

    def delete(self, doc_id: str) -> None:
        self._writer.delete_documents_by_term("id", doc_id)

    def remember(self, name: str, data: bytes) -> None:
        self._notes[name] = data

    def commit(self) -> None:
        """Have everything in the directory; nothing goes on in the background afterwards."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        (self._directory / _NOTES).write_bytes(msgspec.msgpack.encode(self._notes))

    def cancel(self) -> None:
        """Stop; the directory is to be removed."""
        self._writer.rollback()


def read_notes(directory: Path) -> dict[str, bytes]:
    """What was remembered with the index in a directory; nothing if it cannot be read."""
    try:
        return msgspec.msgpack.decode((directory / _NOTES).read_bytes(), type=dict[str, bytes])
    except (OSError, msgspec.MsgspecError):
        return {}


def link_index(source: Path, target: Path) -> None:
    """Put the index of one directory into another, sharing the segments, which never change."""
    for file in source.iterdir():
        if file.name in _COPIED:
            shutil.copyfile(file, target / file.name)
        elif file.name not in _LEFT_BEHIND:
            _link(file, target / file.name)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copyfile(source, target)
