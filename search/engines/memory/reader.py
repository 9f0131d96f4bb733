"""One commit of a memory index: its documents in the order of their ids, and what they score."""

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from search.analysis.query_analyzer import QueryAnalyzer
from search.analysis.stem import Stem, parts_of
from search.document import Document
from search.engines.collector import Columns, collect, collect_all
from search.engines.languages import query_analyzer
from search.engines.memory.evaluator import IndexedDocument, matches
from search.engines.terms.term_dictionary import TermDictionary
from search.query.scoring import title_bonus
from search.query.tree import And, AnyOf, AtLeast, Boost, Exact, Or, Phrase, Query, Term
from search.ranking import Collection, FieldStatistics, bm25, idf
from search.request import SearchRequest
from search.results import IndexInfo, SearchResults
from search.schema import WORDS, Schema


@dataclass(eq=False)
class MemoryReader:
    """The documents by id and the commit data of commit `number`; `updated` is its time (RFC 3339)."""

    schema: Schema
    documents: Mapping[str, IndexedDocument] = field(default_factory=dict)
    commit_data: Mapping[str, bytes] = field(default_factory=dict)
    number: int = 0
    updated: str = ""
    _term_dictionaries: dict[str, TermDictionary] = field(default_factory=dict, init=False)
    _idfs: dict[Stem, float] = field(default_factory=dict, init=False)

    @property
    def info(self) -> IndexInfo:
        """This commit."""
        return IndexInfo(str(self.number), len(self.documents), "memory", self.updated)

    def search(self, request: SearchRequest) -> SearchResults:
        """The results of a request."""
        return collect(self._matches(request.query), request, self._columns, self.info)

    def scan(self, request: SearchRequest) -> Generator[Document]:
        """Every document that the request matches, in its order."""
        for doc in collect_all(self._matches(request.query), request, self._columns):
            yield self._by_number[doc].analyzed.document

    def get(self, doc_id: str) -> Document | None:
        """The document of an id."""
        return self.documents[doc_id].analyzed.document if doc_id in self.documents else None

    def vocabulary(self, name: str) -> TermDictionary:
        """The words of a field, or of all fields."""
        if name not in self._term_dictionaries:
            key = "" if name == WORDS else name
            counts = Counter(word for document in self._by_number for word in document.positions[key])
            self._term_dictionaries[name] = TermDictionary.of(sorted(counts.items()))
        return self._term_dictionaries[name]

    @cached_property
    def analyzer(self) -> QueryAnalyzer:
        """The analyzer of queries."""
        return query_analyzer(self.schema, self.vocabulary, self.statistics)

    def frequency(self, stem: Stem) -> int:
        """The document frequency of a stem: the sum of those of its parts."""
        return sum(self._frequencies[part] for part in parts_of(stem))

    def statistics(self, stems: Sequence[Stem]) -> FieldStatistics:
        """The statistics of the weighted text, with the frequencies of these stems."""
        return FieldStatistics(self._weighted_text, {stem: self.frequency(stem) for stem in stems})

    @cached_property
    def _frequencies(self) -> Counter[str]:
        return Counter(stem for document in self._by_number for stem in document.analyzed.text)

    @cached_property
    def _by_number(self) -> list[IndexedDocument]:
        return [self.documents[doc_id] for doc_id in sorted(self.documents)]

    @cached_property
    def _columns(self) -> Columns:
        documents = [document.analyzed for document in self._by_number]
        return Columns(
            ids=[document.id for document in documents],
            titles=[document.title for document in documents],
            days=[document.days for document in documents],
            indexed=[document.indexed for document in documents],
            values={name: [d.facets.get(name, ()) for d in documents] for name in self.schema.facets},
        )

    @cached_property
    def _weighted_text(self) -> Collection:
        """The statistics that BM25 needs of the weighted text."""
        lengths = [document.analyzed.length for document in self._by_number]
        return Collection(len(lengths), sum(lengths) / len(lengths) if lengths else 0.0)

    def _matches(self, query: Query) -> dict[int, float]:
        """Every document that matches, by number, with its score."""
        bonus = title_bonus(query, self.statistics)
        return {
            doc: self._score(query, document) + document.title_score(bonus)
            for doc, document in enumerate(self._by_number)
            if matches(query, document)
        }

    def _score(self, query: Query, document: IndexedDocument) -> float:
        """The score of a document that matches: the sum over the parts of the query that it matches."""
        match query:
            case And(children):
                return sum(self._score(child, document) for child in children)
            case Or(children) | AtLeast(children):
                return sum(self._score(child, document) for child in children if matches(child, document))
            case Boost(child, preferred, bonus):
                return self._score(child, document) + bonus * matches(preferred, document)
            case Term(stem, count=times):
                return times * self._weight(stem, document)
            case Exact(stem=stem):
                return self._weight(stem, document)
            case Phrase(stems=stems):
                return sum(self._weight(stem, document) for stem in stems)
            case AnyOf(alternatives):
                stems_found = {word.stem for word in alternatives if document.has(word.stem, "")}
                return max((self._weight(stem, document) for stem in stems_found), default=0.0)
            case _:
                return 0.0

    def _weight(self, stem: Stem, document: IndexedDocument) -> float:
        """The BM25 score of one stem in a document: of the part that the document has most often."""
        text = document.analyzed.text
        frequency = max(text.get(part, 0) for part in parts_of(stem))
        if not frequency:
            return 0.0
        return bm25(self._idf(stem), frequency, self._weighted_text.damping(document.analyzed.length))

    def _idf(self, stem: Stem) -> float:
        if stem not in self._idfs:
            self._idfs[stem] = idf(len(self._by_number), self.frequency(stem))
        return self._idfs[stem]
