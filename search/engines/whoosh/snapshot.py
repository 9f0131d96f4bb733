"""One commit of a Whoosh index, opened for reading and kept open as long as a search needs it."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh import scoring
from whoosh.index import TOC, FileIndex
from whoosh.searching import Searcher

from search.calendar import DayRange
from search.document import Document, from_bytes
from search.engines.collector import Columns
from search.engines.generations import read_manifest
from search.engines.vocabulary import Vocabulary
from search.engines.whoosh.compile import compile_query
from search.engines.whoosh.fields import words_of
from search.engines.whoosh.rows import Row, decode_row, to_columns
from search.engines.whoosh.storage import DurableStorage
from search.query import Query
from search.ranking import Collection, bm25, idf
from search.schema import WORDS

INDEX_NAME = "MAIN"


@dataclass(frozen=True, slots=True)
class Version:
    """Which commit: the live directory and Whoosh's own count of commits in it."""

    directory: Path
    commit: int

    @property
    def stamp(self) -> str:
        """The generation as the API shows it."""
        return f"{self.directory.name}.{self.commit}"


def latest(directory: Path) -> Version:
    """The newest commit in a directory."""
    return Version(directory, TOC._latest_generation(DurableStorage(directory), INDEX_NAME))


class Snapshot:
    """The documents of one commit. Closed when it is retired and nobody has acquired it."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.manifest = read_manifest(version.directory)
        self.schema = self.manifest.schema
        self._index = FileIndex(DurableStorage(version.directory), indexname=INDEX_NAME)
        self._searcher = Searcher(self._index.reader(), fromindex=self._index)
        self._leaves: list[tuple[Any, int]] = self._searcher.leaf_searchers()
        self._users = 0
        self._retired = False
        self._lock = threading.Lock()

    def acquire(self) -> None:
        """Keep the files open until `release`."""
        with self._lock:
            self._users += 1

    def release(self) -> None:
        """Undo one `acquire`."""
        with self._lock:
            self._users -= 1
            self._close_if_done()

    def retire(self) -> None:
        """Close the files as soon as nobody uses them."""
        with self._lock:
            self._retired = True
            self._close_if_done()

    def _close_if_done(self) -> None:
        if self._retired and not self._users and self._searcher is not None:
            self._searcher.close()
            self._searcher = None

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return int(self._searcher.reader().doc_count())

    @property
    def updated(self) -> str:
        """When it was committed, RFC 3339."""
        toc = self.version.directory / TOC._filename(INDEX_NAME, self.version.commit)
        return (
            datetime.fromtimestamp(toc.stat().st_mtime, UTC)
            .isoformat(timespec="seconds")
            .replace("+00:00", "Z")
        )

    @cached_property
    def rows(self) -> list[Row]:
        """Every document's row by number, deleted documents included."""
        return [
            decode_row(value)
            for leaf, _ in self._leaves
            for value in (leaf.reader().column_reader("row") if leaf.reader().doc_count_all() else ())
        ]

    @cached_property
    def columns(self) -> Columns:
        """The rows as columns."""
        return to_columns(self.rows, self.schema.facets)

    @cached_property
    def collection(self) -> Collection:
        """What ranking knows of all documents: the live ones."""
        deleted = self._searcher.reader().is_deleted
        lengths = [row.length for doc, row in enumerate(self.rows) if not deleted(doc)]
        return Collection(len(lengths), sum(lengths) / len(lengths) if lengths else 0.0)

    @cached_property
    def damping(self) -> list[float]:
        """What each document's length adds to its frequencies, by number."""
        return [self.collection.damping(row.length) for row in self.rows]

    def matches(self, query: Query) -> dict[int, float]:
        """Every document that matches, by number, with its score."""
        compiled = compile_query(query, self._dates)
        found: dict[int, float] = {}
        for leaf, offset in self._leaves:
            weighting = BM25(self.collection, self.damping[offset : offset + leaf.reader().doc_count_all()])
            matcher = compiled.matcher(leaf, leaf.context(weighting=weighting))
            while matcher.is_active():
                found[offset + matcher.id()] = matcher.score()
                matcher.next()
        return found

    def get(self, doc_id: str) -> Document | None:
        """The document of an id."""
        number = self._searcher.document_number(id=doc_id)
        return None if number is None else self.read(number)

    def read(self, number: int) -> Document:
        """The document of a number."""
        return from_bytes(self._searcher.stored_fields(number)["document"])

    def vocabulary(self, field: str) -> Vocabulary:
        """The words of a field, or of all."""
        with self._lock:
            if field not in self._vocabularies:
                name = WORDS if field == WORDS else words_of(field)
                reader = self._searcher.reader()
                terms = reader.iter_field(name) if name in reader.schema else ()
                self._vocabularies[field] = Vocabulary(
                    {term.decode(): int(info.doc_frequency()) for term, info in terms}
                )
            return self._vocabularies[field]

    @cached_property
    def _vocabularies(self) -> dict[str, Vocabulary]:
        return {}

    def _dates(self, reader: Any) -> list[DayRange | None]:
        offset = next(offset for leaf, offset in self._leaves if leaf.reader() is reader)
        return list(self.columns.days[offset : offset + reader.doc_count_all()])


class BM25(scoring.WeightingModel):  # type: ignore[misc]
    """The project's ranking in one segment."""

    def __init__(self, collection: Collection, damping: list[float]) -> None:
        self.collection, self.damping = collection, damping

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> "TermScorer":  # noqa: ARG002
        """The scorer of one term."""
        frequency = min(searcher.get_parent().doc_frequency(fieldname, text), self.collection.documents)
        return TermScorer(idf(self.collection.documents, frequency), self.damping)


class TermScorer(scoring.BaseScorer):  # type: ignore[misc]
    """Scores one term's postings."""

    def __init__(self, telling: float, damping: list[float]) -> None:
        self.telling, self.damping = telling, damping

    def score(self, matcher: Any) -> float:
        """The score of the matcher's document."""
        return bm25(self.telling, matcher.weight(), self.damping[matcher.id()])


def state_file(version: Version) -> Path:
    """Where a commit's memory of its sources is kept."""
    return version.directory / f"state.{version.commit}"
