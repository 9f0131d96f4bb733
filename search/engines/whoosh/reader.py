"""One commit of a Whoosh index, opened for reading."""

import threading
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.index import TOC, FileIndex

from search.analysis.stem import Stem, parts_of
from search.analyzed import AnalyzedDocument, analyze
from search.document import Document, from_bytes
from search.engines.answer_scope import once
from search.engines.collector import Columns, collect, collect_all
from search.engines.deadline import check_time
from search.engines.disk.generations import modified, read_commit_info
from search.engines.fields import words_field, words_of
from search.engines.terms.vocabulary import Vocabulary, files_in
from search.engines.whoosh.doc_values import DocValues, decode_doc_values, to_columns
from search.engines.whoosh.evaluator import Evaluation
from search.engines.whoosh.postings import Postings
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.storage import DurableStorage
from search.query.scoring import title_bonus
from search.query.tree import Query
from search.ranking import Collection, FieldStatistics, TitleBonus
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults
from search.schema import TEXT

INDEX_NAME = "MAIN"
_LOCK_SECONDS = 0.1  # between two looks at the time while another search has the lock


class WhooshReader:
    """See `search.engines.disk.store.StoreReader`.

    Whoosh's readers share the position in their files, so a lock lets one thread at a time use them.
    Raises FileNotFoundError if a later commit has removed the directory already.
    """

    def __init__(self, directory: Path) -> None:
        self.commit_info = read_commit_info(directory)
        self.schema = self.commit_info.schema
        self.stamp = directory.name
        storage = DurableStorage(directory)
        with storage.closing_on_error():
            toc = TOC.read(storage, INDEX_NAME)
            self._reader: Any = FileIndex._reader(storage, toc.schema, toc.segments, toc.generation)
            self.updated = modified(directory / TOC._filename(INDEX_NAME, toc.generation))
        self._lock = threading.RLock()
        self.vocabulary = Vocabulary(files_in(directory), self.terms)

    def close(self) -> None:
        """Close and unmap the files: what refers to them refers to itself, which Python would notice late."""
        self._reader.close()
        vars(self).clear()

    @property
    def documents(self) -> int:
        """The number of live documents."""
        return int(self._reader.doc_count())

    @cached_property
    def doc_values(self) -> list[DocValues]:
        """The doc values by document number, deleted documents included."""
        return [
            decode_doc_values(value)
            for reader, _ in self._reader.leaf_readers()
            if reader.doc_count_all()
            for value in reader.column_reader("row")
        ]

    @cached_property
    def columns(self) -> Columns:
        """The doc values as columns."""
        return to_columns(self.doc_values, self.schema.facets)

    @cached_property
    def collection(self) -> Collection:
        """The statistics that BM25 needs of the weighted text of live documents."""
        deleted = self._reader.is_deleted
        live = [values.length for doc, values in enumerate(self.doc_values) if not deleted(doc)]
        return Collection(len(live), sum(live) / len(live) if live else 0.0)

    def statistics(self, stems: Sequence[Stem]) -> FieldStatistics:
        """The statistics of the weighted text, with the frequencies of these stems."""
        with self._lock:
            return FieldStatistics(self.collection, {stem: self.frequency(stem) for stem in stems})

    @cached_property
    def segments(self) -> list[tuple[int, Segment]]:
        """The segments that have documents, each with the number of its first."""
        damping = [self.collection.damping(values.length) for values in self.doc_values]
        titles = [values.title_stems for values in self.doc_values]
        segments = []
        for reader, offset in self._reader.leaf_readers():
            if not reader.doc_count_all():
                continue  # the reader of an index without a segment
            own = slice(offset, offset + reader.doc_count_all())
            documents = self.collection.documents
            columns = damping[own], titles[own], self.columns.days[own]
            segments.append((offset, Segment(Postings(reader), self.frequency, documents, *columns)))
        return segments

    def matches(self, query: Query, *, scored: bool = True) -> dict[int, float]:
        """Every document that matches, by number, with its score; 0 unless `scored`."""
        found: dict[int, float] = {}
        titles = title_bonus(query, self.statistics) if scored else TitleBonus({})
        with self._evaluating():
            for offset, evaluation in once((self, Evaluation), self._evaluations):
                docs = evaluation.docs(query)
                scores = evaluation.scores(query, titles) if scored else dict.fromkeys(docs, 0.0)
                found |= {offset + doc: score for doc, score in scores.items()} if offset else scores
        return found

    @contextmanager
    def _evaluating(self) -> Iterator[None]:
        """Hold the lock, or give up waiting for it when the time of this search is over."""
        while not self._lock.acquire(timeout=_LOCK_SECONDS):
            check_time()
        try:
            yield
        finally:
            self._lock.release()

    def _evaluations(self) -> list[tuple[int, Evaluation]]:
        return [(offset, Evaluation(segment)) for offset, segment in self.segments]

    def search(self, request: SearchRequest, info: IndexInfo) -> SearchResults:
        """The results of a request."""
        return collect(self.matches(request.query, scored=bool(request.limit)), request, self.columns, info)

    def scan(self, request: SearchRequest) -> Generator[Document]:
        """Every document that the request matches, in its order."""
        matches = self.matches(request.query, scored=request.sort == "relevance")
        for number in collect_all(matches, request, self.columns):
            yield self.read(number)

    def get_many(self, doc_ids: Sequence[str]) -> list[Document | None]:
        """The documents of these ids."""
        return [self.get(doc_id) for doc_id in doc_ids]

    def get(self, doc_id: str) -> Document | None:
        """The document of an id."""
        with self._lock:
            for offset, segment in self.segments:
                for number in segment.postings.docs("id", doc_id):
                    return self.read(offset + number)
        return None

    def read(self, number: int) -> Document:
        """The document of a number."""
        with self._lock:
            return from_bytes(self._reader.stored_fields(number)["document"])

    def frequency(self, stem: Stem) -> int:
        """The document frequency of a stem in the weighted text: the sum of those of its parts."""
        return sum(
            int(self._reader.doc_frequency(TEXT, part.encode())) - self._deleted_stems[part]
            for part in parts_of(stem)
        )

    def frequencies(self, stems: Sequence[Stem]) -> list[int]:
        """The document frequency of each stem."""
        with self._lock:
            return [self.frequency(stem) for stem in stems]

    def terms(self, field: str) -> Iterator[tuple[str, int]]:
        """All words of a field by alphabet, each with its number of live documents."""
        name = words_field(field)
        with self._lock:
            deleted = Counter(word for document in self._deleted for word in words_of(document, field))
            for term, info in self._reader.iter_field(name) if name in self._reader.schema else ():
                word = term.decode()
                if (number := int(info.doc_frequency()) - deleted[word]) > 0:
                    yield word, number

    @cached_property
    def _deleted(self) -> list[AnalyzedDocument]:
        """The deleted documents that Whoosh still counts, until a merge drops them."""
        numbers = [doc for doc in range(len(self.doc_values)) if self._reader.is_deleted(doc)]
        return [analyze(self.read(number), self.schema) for number in numbers]

    @cached_property
    def _deleted_stems(self) -> Counter[str]:
        return Counter(stem for document in self._deleted for stem in document.text)
