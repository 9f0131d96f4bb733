"""The manifest that a run writes, beside that of the run before, which it leaves as it is."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from index.runs.manifest.database import add_indexes
from index.runs.manifest.entries import DocumentEntry, Place, SourceFailure
from index.runs.manifest.manifest import Manifest
from index.runs.manifest.rows import add_documents, add_file, entry_of, packed

_TOGETHER = 500  # documents that are inserted at once
_COMMIT = 20_000  # documents after which the log is emptied into the database


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What is known of an id: the file whose document has it now, and the document that had it before.

    `before` and its `place` are set if that document is in a file that was left out.
    """

    owner: Place | None = None
    before: DocumentEntry | None = None
    place: Place | None = None


FileRow = tuple[str, str, str, int, bytes | None]
"""The root, name, key, number of documents and packed failures of a file."""

UNKNOWN = KnownDocument()
"""An id of which nothing is known."""


class NextManifest(Manifest):
    """What the run before knew and this one has not left out, and what it has added.

    A file is added by `begin_file`, `put` for each of its documents, and `end_file`; then comes `end_files`.
    """

    def __init__(self, connection: sqlite3.Connection, before: Manifest) -> None:
        super().__init__(connection, before.run + 1)
        self.newest, self.aliases = before.newest, before.aliases
        self.is_first = not before.run
        self.rows("create temp table vanished (key text, file integer, primary key (key, file))")
        self.rows("begin immediate")
        self._file: int = self.rows("select coalesce(max(number), 0) from files").fetchone()[0]
        self._position = self._uncommitted = 0
        self._files: dict[int, FileRow] = {}  # by number; these and the documents are not inserted yet
        self._waiting: dict[str, tuple[int, int, DocumentEntry]] = {}  # by id

    def leave_out(self, places: Iterable[Place], roots: Iterable[str] = ()) -> None:
        """Leave out files that are read again or have vanished, and whole sources."""
        leave = "update files set until = :run where since < :run and until > :run and root = :root"
        for root, name in places:
            self._connection.execute(
                f"{leave} and name = :name", {"run": self.run, "root": root, "name": name}
            )
        for root in roots:
            self._connection.execute(leave, {"run": self.run, "root": root})
            self.aliases = {other: text for other, text in self.aliases.items() if other != root}

    def note_vanished(self, places: Iterable[Place]) -> None:
        """Note which of the files that were left out have vanished: they may have other names now."""
        for place in places:
            self.rows(
                "insert into temp.vanished select key, number from files "
                "where root = ? and name = ? and until = ? and key != ''",
                *place,
                self.run,
            )

    def known(self, doc_id: str) -> KnownDocument:
        """What is known of an id so far."""
        waiting = self._waiting.get(doc_id)
        owner, before, place = self._files[waiting[0]][:2] if waiting else None, None, None
        rows = self.rows(
            "select root, name, until, entry from documents "
            "cross join files on files.number = documents.file where documents.id = ?",
            doc_id,
        ).fetchall()
        if not (rows or owner):
            return UNKNOWN
        for root, name, until, entry in rows:
            if until == self.run:
                before, place = entry_of(entry), (root, name)
            else:
                owner = (root, name)
        return KnownDocument(owner, before, place)

    def begin_file(self, place: Place) -> None:
        """Add a file, to which belongs what is put until its end."""
        self._file += 1
        self._position = 0
        self._files[self._file] = (*place, "", 0, None)

    def put(self, entry: DocumentEntry) -> None:
        """Add a document, whose id no other has."""
        self._waiting[entry.id] = (self._file, self._position, entry)
        self._position += 1
        self.newest = max(self.newest, entry.indexed)
        if len(self._waiting) >= _TOGETHER:
            self._insert()

    def keep_former(self) -> Iterator[DocumentEntry]:
        """Add what the file had before, unless a document has its id now: it yields these documents."""
        former = self.rows(
            "select entry from former cross join documents on documents.file = former.number "
            "where root = ? and name = ?",
            *self._place,
        )
        for entry in (entry_of(entry) for (entry,) in former):
            if not self.known(entry.id).owner:
                self.put(entry)
                yield entry

    def end_file(self, key: str, failures: Sequence[SourceFailure]) -> int:
        """Note the key of the file, and what of it could not be indexed; how many documents it has."""
        self._files[self._file] = (*self._place, key, self._position, packed(failures))
        if len(self._files) >= _TOGETHER:
            self._insert()
        return self._position

    def add_copy(self, place: Place, file: int, failures: Sequence[SourceFailure]) -> int:
        """Add a file with the documents of another; return its number."""
        number = add_file(self._connection, place, self.run, failures=failures)
        self.rows(
            "insert into documents select ?, number, position, id, likeness, attention, text_language, "
            "encoding, authors, entry from documents where file = ?",
            number,
            file,
        )
        return number

    def has_met(self, doc_id: str) -> bool:
        """Whether a document has this id, or had it before."""
        return self.rows("select 1 from documents where id = ?", doc_id).fetchone() is not None

    def end_files(self) -> None:
        """Note that there is no further file, and that the health of the collection will be asked for."""
        self._insert()
        add_indexes(self._connection)

    def end(self, aliases: Mapping[str, str]) -> bytes:
        """Write all to the disk; return the state by which the index is to name this run."""
        self.aliases = {**self.aliases, **aliases}
        state = secrets.token_bytes(16)
        encoded = msgspec.msgpack.encode(self.aliases)
        self.rows("insert into runs values (?, ?, ?, ?)", self.run, state, self.newest, encoded)
        self.rows("commit")
        return state

    @property
    def _place(self) -> Place:
        """The file to which belongs what is put."""
        return self._files[self._file][:2]

    def _insert(self) -> None:
        open_file = self._files.get(self._file)
        self._connection.executemany(
            "insert or replace into files (number, root, name, key, documents, failures, since) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            ((number, *row, self.run) for number, row in self._files.items()),
        )
        self._files = {self._file: open_file} if open_file else {}
        add_documents(self._connection, self._waiting.values())
        self._uncommitted += len(self._waiting)
        self._waiting.clear()
        if self._uncommitted >= _COMMIT:
            self.rows("commit")
            self.rows("begin immediate")
            self._uncommitted = 0
