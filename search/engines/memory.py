"""An engine in plain dictionaries: the default of tests, and the measure that other engines are held to.

It evaluates a query the way its definition reads, document by document, and is meant for thousands
of documents, not more.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise

from search.analyzed import AnalyzedDocument, positions
from search.document import Document
from search.engines.collector import Columns, collect, select
from search.engines.disk.checksums import Verified
from search.engines.term_dictionary import TermDictionary
from search.engines.top_hits import NO_PROXIMITY_BONUS, ordered
from search.errors import EngineError, IndexLocked
from search.query.adjacency import Pair, adjacent
from search.query.tree import And, AnyOf, DateRange, Exact, MatchAll, MatchNone, Not, Or, Phrase, Query, Term
from search.ranking import PAIR_WEIGHT, Collection, bm25, idf
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults, TermCount
from search.schema import WORDS, Schema


@dataclass(frozen=True)
class Entry:
    """A document as this engine keeps it: its words' places and its stems, by field."""

    analyzed: AnalyzedDocument

    @cached_property
    def places(self) -> dict[str, dict[str, list[int]]]:
        """For each field, and for all searchable words, where each word stands."""
        by_field = {name: positions(values) for name, values in self.analyzed.words.items()}
        return by_field | {"": positions(self.analyzed.all_words())}

    @cached_property
    def stems(self) -> dict[str, frozenset[str]]:
        """For each field, and for the weighted text, its stems."""
        by_field = {name: frozenset(stems.split()) for name, stems in self.analyzed.stems.items()}
        return by_field | {"": frozenset(self.analyzed.text)}


@dataclass(frozen=True)
class Snapshot:
    """The documents of one commit, in the order of their ids."""

    schema: Schema
    entries: Mapping[str, Entry] = field(default_factory=dict)
    notes: Mapping[str, bytes] = field(default_factory=dict)
    number: int = 0
    updated: str = ""

    @property
    def info(self) -> IndexInfo:
        """Which commit this is."""
        return IndexInfo(str(self.number), len(self.entries), "memory", self.updated)

    @cached_property
    def docs(self) -> list[Entry]:
        """The documents by number."""
        return [self.entries[doc_id] for doc_id in sorted(self.entries)]

    @cached_property
    def columns(self) -> Columns:
        """Their values by number."""
        documents = [entry.analyzed for entry in self.docs]
        return Columns(
            ids=[document.id for document in documents],
            titles=[document.title for document in documents],
            days=[document.days for document in documents],
            values={name: [d.facets.get(name, ()) for d in documents] for name in self.schema.facets},
        )

    @cached_property
    def collection(self) -> Collection:
        """What ranking knows of all of them."""
        lengths = [entry.analyzed.length for entry in self.docs]
        return Collection(len(lengths), sum(lengths) / len(lengths) if lengths else 0.0)

    @cached_property
    def words(self) -> Collection:
        """The same of their unstemmed words."""
        lengths = [entry.analyzed.word_count for entry in self.docs]
        return Collection(len(lengths), sum(lengths) / len(lengths) if lengths else 0.0)

    @cached_property
    def word_frequencies(self) -> Counter[str]:
        """How many documents have each word."""
        return Counter(word for entry in self.docs for word in entry.places[""])

    @cached_property
    def frequencies(self) -> Counter[str]:
        """How many documents have each stem."""
        return Counter(stem for entry in self.docs for stem in entry.analyzed.text)

    def vocabulary(self, name: str) -> TermDictionary:
        """The words of a field, or of all."""
        if name not in self._term_dictionaries:
            place = "" if name == WORDS else name
            counts = Counter(word for entry in self.docs for word in entry.places[place])
            self._term_dictionaries[name] = TermDictionary(counts)
        return self._term_dictionaries[name]

    @cached_property
    def _term_dictionaries(self) -> dict[str, TermDictionary]:
        return {}

    def matches(self, query: Query) -> dict[int, float]:
        """Every document that matches, by number, with its score."""
        pairs = adjacent(query)
        return {
            doc: self.score(query, entry) + sum(self.proximity_bonus(pair, entry) for pair in pairs)
            for doc, entry in enumerate(self.docs)
            if matches(query, entry)
        }

    def score(self, query: Query, entry: Entry) -> float:
        """The score of a document that matches: the sum over what of the query it matches."""
        match query:
            case And(children):
                return sum(self.score(child, entry) for child in children)
            case Or(children):
                return sum(self.score(child, entry) for child in children if matches(child, entry))
            case Term(stem, count=times):
                return times * self.weight(stem, entry)
            case Exact(stem=stem):
                return self.weight(stem, entry)
            case Phrase(stems=stems):
                return sum(self.weight(stem, entry) for stem in stems)
            case AnyOf(alternatives):
                text = entry.analyzed.text
                found = {word.stem for word in alternatives if word.stem in text}
                return max((self.weight(stem, entry) for stem in found), default=0.0)
            case _:
                return 0.0

    def proximity_bonus(self, pair: Pair, entry: Entry) -> float:
        """What two words add to a document's score if they stand side by side in it."""
        places = entry.places[""]
        one, other = (places.get(word, ()) for word in pair)
        together = sum(place + 1 in other for place in one)
        if not together:
            return 0.0
        telling = sum(idf(self.words.documents, self.word_frequencies[word]) for word in pair)
        return PAIR_WEIGHT * bm25(telling, together, self.words.damping(entry.analyzed.word_count))

    def weight(self, stem: str, entry: Entry) -> float:
        """What one stem adds to a document's score."""
        frequency = entry.analyzed.text.get(stem, 0)
        if not frequency:
            return 0.0
        telling = idf(self.collection.documents, self.frequencies[stem])
        return bm25(telling, frequency, self.collection.damping(entry.analyzed.length))


def matches(query: Query, entry: Entry) -> bool:
    """Whether a document matches: the definition of the query language's semantics."""
    match query:
        case And(children):
            return all(matches(child, entry) for child in children)
        case Or(children):
            return any(matches(child, entry) for child in children)
        case AnyOf(alternatives):
            return any(item.word in entry.places[item.field] for item in alternatives)
        case Not(child):
            return not matches(child, entry)
        case Term(stem, field=name):
            return stem in entry.stems[name]
        case Exact(word, field=name):
            return word in entry.places[name]
        case Phrase(words, distance=distance, field=name):
            return _has_phrase(entry.places[name], words, distance)
        case DateRange(days):
            when = entry.analyzed.days
            return when is not None and when.overlaps(days)
        case MatchAll():
            return True
        case MatchNone():
            return False
    raise EngineError(f"{query} must be expanded before an engine sees it.")


def _has_phrase(places: Mapping[str, Sequence[int]], words: Sequence[str], distance: int) -> bool:
    if not distance:
        starts = ({p - i for p in places.get(word, ())} for i, word in enumerate(words))
        return bool(set.intersection(*starts))
    return all(
        any(0 < abs(p - q) <= distance for p in places.get(one, ()) for q in places.get(other, ()))
        for one, other in pairwise(words)
    )


class MemoryEngine:
    """See the module; one process, lost when it ends."""

    name = "memory"

    def __init__(self, schema: Schema) -> None:
        self._newest = Snapshot(schema, updated=_now())
        self._pinned = threading.local()
        self._writing = threading.Lock()

    @property
    def schema(self) -> Schema:
        return self._snapshot.schema

    @contextmanager
    def reading(self) -> Iterator[None]:
        if hasattr(self._pinned, "snapshot"):
            yield
            return
        self._pinned.snapshot = self._newest
        try:
            yield
        finally:
            del self._pinned.snapshot

    @property
    def _snapshot(self) -> Snapshot:
        return getattr(self._pinned, "snapshot", self._newest)

    def search(self, request: SearchRequest) -> SearchResults:
        snapshot = self._snapshot
        return collect(snapshot.matches(request.query), request, snapshot.columns, snapshot.info)

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        entries = self._snapshot.entries
        return [entries[doc_id].analyzed.document if doc_id in entries else None for doc_id in doc_ids]

    def scan(self, request: SearchRequest) -> Iterator[Document]:
        snapshot = self._snapshot
        found = snapshot.matches(request.query)
        passing, _ = select(found, replace(request, facets=()), snapshot.columns)
        for doc, _ in ordered(
            passing, found, request.sort, snapshot.columns, NO_PROXIMITY_BONUS, len(passing)
        ):
            yield snapshot.docs[doc].analyzed.document

    def terms(self, field: str, prefix: str = "", limit: int = 10) -> Sequence[TermCount]:
        return self._snapshot.vocabulary(field).with_prefix(prefix, limit)

    def similar_terms(self, field: str, word: str, distance: int, limit: int) -> Sequence[TermCount]:
        return self._snapshot.vocabulary(field).similar(word, distance, limit)

    def frequencies(self, stems: Sequence[str]) -> Sequence[int]:
        counts = self._snapshot.frequencies
        return [counts[stem] for stem in stems]

    def statistics(self, field: str) -> Collection:
        return self._snapshot.words if field == WORDS else self._snapshot.collection

    def info(self) -> IndexInfo:
        return self._snapshot.info

    def commit_data(self, name: str) -> bytes:
        return self._snapshot.notes.get(name, b"")

    @contextmanager
    def writer(self, expected: int = 0) -> Iterator["MemoryWriter"]:  # noqa: ARG002
        with self._transaction(self._newest.entries, self._newest.notes) as writer:
            yield writer

    @contextmanager
    def rebuild(self, expected: int = 0) -> Iterator["MemoryWriter"]:  # noqa: ARG002
        with self._transaction({}, {}) as writer:
            yield writer

    def verify(self) -> Verified:
        return Verified()

    def ping(self) -> None:
        return

    def close(self) -> None:
        return

    @contextmanager
    def _transaction(
        self, entries: Mapping[str, Entry], notes: Mapping[str, bytes]
    ) -> Iterator["MemoryWriter"]:
        if not self._writing.acquire(blocking=False):
            raise IndexLocked("This index is being written to already; try again when that has ended.")
        try:
            writer = MemoryWriter(dict(entries), dict(notes))
            yield writer
            number = self._newest.number + 1
            self._newest = Snapshot(self._newest.schema, writer.entries, writer.notes, number, _now())
        finally:
            self._writing.release()


@dataclass
class MemoryWriter:
    """A transaction on a copy."""

    entries: dict[str, Entry]
    notes: dict[str, bytes]

    def put(self, document: AnalyzedDocument) -> None:
        self.entries[document.id] = Entry(document)

    def delete(self, doc_id: str) -> None:
        self.entries.pop(doc_id, None)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self.notes[name] = data


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
