"""The manifest as one run left it: files by their place, documents by their id, and what needs attention."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from index.runs.manifest.entries import DocumentEntry, Place
from index.runs.manifest.findings import Attention
from index.runs.manifest.rows import KnownFile, entry_of, known_file

_aliases = msgspec.msgpack.Decoder(dict[str, str]).decode


class Manifest:
    """What the `run` of this number indexed; nothing for number 0. `aliases` are the texts by root.

    `newest` is the latest time at which a document was indexed.
    """

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self._connection, self.run = connection, run
        self.rows("update temp.at set run = ?", run)
        found = self.rows("select newest, aliases from runs where number = ?", run).fetchone()
        self.newest: int = found[0] if found else 0
        self.aliases: Mapping[str, str] = _aliases(found[1]) if found else {}

    def rows(self, statement: str, *values: object) -> sqlite3.Cursor:
        """The rows of a statement. The view `live` has the files of this run, `former` of the one before."""
        return self._connection.execute(statement, values)

    def file(self, place: Place) -> KnownFile | None:
        """The file at a place."""
        row = self.rows(
            "select number, key, documents, failures from live where root = ? and name = ?", *place
        ).fetchone()
        return known_file(*row) if row else None

    def names(self, root: str) -> Iterator[tuple[int, str, int]]:
        """The number, name and number of documents of each file of a source."""
        yield from self.rows("select number, name, documents from live where root = ?", root)

    def names_any(self, file: KnownFile, keys: frozenset[str]) -> bool:
        """Whether an author or recipient of the file has one of these keys (see `name_key`)."""
        rows = self.rows("select entry from documents where file = ?", file.number) if keys else ()
        return any(entry_of(entry).names_any(keys) for (entry,) in rows)

    def documents(self) -> Iterator[DocumentEntry]:
        """Every document in the index."""
        for (entry,) in self.rows(
            "select entry from live cross join documents on documents.file = live.number"
        ):
            yield entry_of(entry)

    def place_of(self, doc_id: str) -> Place | None:
        """The file of a document."""
        row = self.rows(
            "select root, name from documents cross join live on live.number = documents.file "
            "where documents.id = ?",
            doc_id,
        ).fetchone()
        return row or None

    def __contains__(self, doc_id: object) -> bool:
        return self.place_of(str(doc_id)) is not None

    def counts(self) -> "DocumentCounts":
        """Documents by what needs attention, by language and by guessed encoding."""
        counts = DocumentCounts()
        for bits, language, encoding, number in self.rows(
            "select attention, text_language, encoding, count(*) "
            "from documents cross join live on live.number = documents.file group by 1, 2, 3"
        ):
            counts.attention.update({kind: number for kind in Attention if bits & kind})
            counts.languages[language] += number
            counts.encodings[encoding] += number
        return counts

    def needing(self, kind: Attention, most: int = -1) -> Iterator[DocumentEntry]:
        """The documents that need this attention, in the order of their files, `most` of them."""
        bits = [value for value in range(2 * max(Attention)) if value & kind]
        for (entry,) in self.rows(
            "select entry from (select file, documents.number, position "
            "from documents cross join live on live.number = documents.file "
            "where attention in (select value from json_each(?)) order by 1, 2, 3 limit ?) "
            "cross join documents using (file, number, position)",
            str(bits),
            most,
        ):
            yield entry_of(entry)

    def alike(self) -> Iterator[list[DocumentEntry]]:
        """Groups of documents with the same `likeness`, in the order of the first of each."""
        for (likeness,) in self.rows(
            "select likeness from documents cross join live on live.number = documents.file "
            "where likeness is not null group by likeness having count(*) > 1 "
            "order by min(documents.file), min(documents.number)"
        ):
            yield [
                entry_of(entry)
                for (entry,) in self.rows(
                    "select entry from documents cross join live on live.number = documents.file "
                    "where likeness = ? order by documents.file, documents.number, position",
                    likeness,
                )
            ]

    def authors(self) -> set[str]:
        """The names of all authors."""
        rows = self.rows(
            "select distinct authors from documents "
            "cross join live on live.number = documents.file where authors is not null"
        )
        return {name for (packed,) in rows for name in msgspec.msgpack.decode(packed)}


class DocumentCounts:
    """Numbers of documents: by the kind of attention they need, by language, and by guessed encoding."""

    def __init__(self) -> None:
        self.attention: Counter[Attention] = Counter()
        self.languages: Counter[str] = Counter()
        self.encodings: Counter[str] = Counter()
