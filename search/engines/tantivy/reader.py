"""One commit of a Tantivy index, opened for reading."""

import json
from collections.abc import Generator, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

import tantivy
from tantivy import Occur

from search.analysis.stem import Stem, parts_of
from search.document import Document, from_bytes
from search.engines.deadline import check_time
from search.engines.disk.generations import modified, read_commit_info
from search.engines.fields import words_field
from search.engines.tantivy.aggregations import FacetCounter
from search.engines.tantivy.all_hits import AllHits
from search.engines.tantivy.compiler import SCALE, Compiled, Compiler
from search.engines.tantivy.document_cache import DocumentCache
from search.engines.tantivy.fields import GAP, register_tokenizer
from search.engines.tantivy.hits import Hits, order_field, total_of
from search.engines.tantivy.statistics import read_statistics
from search.engines.tantivy.title_lengths import TitleLengths
from search.engines.tantivy.titles import Address, TitleScores
from search.engines.terms.vocabulary import Vocabulary, files_in
from search.query.scoring import title_bonus
from search.ranking import Collection, FieldStatistics, TitleBonus
from search.request import DateFacetRequest, DateFilter, FacetRequest, FieldFilter, SearchRequest
from search.results import DateFacet, Facet, Hit, IndexInfo, SearchResults
from search.schema import TEXT, WORDS

_KNOWN_TERMS = 20_000  # terms whose document frequency is kept: a query asks for each several times
_FREQUENT = 20  # words whose stems are tried where a stem is wanted that some document has

Filters = Sequence[FieldFilter | DateFilter]


class TantivyReader:
    """See `search.engines.disk.store.StoreReader`. Files are memory-mapped, so it outlives their removal.

    Raises FileNotFoundError if a later commit has removed the directory already.
    """

    def __init__(self, directory: Path) -> None:
        self.commit_info = read_commit_info(directory)
        self.schema = self.commit_info.schema
        self.stamp = directory.name
        meta = json.loads((directory / "meta.json").read_bytes())
        self._has_deleted = any(segment["deletes"] for segment in meta["segments"])
        names = frozenset(field["name"] for field in meta["schema"])
        self._has_titles = "title_length" in names  # since format 5
        self.updated = modified(directory / "meta.json")
        self._index = tantivy.Index.open(str(directory))
        register_tokenizer(self._index)
        self._searcher = self._index.searcher()
        self._doc_freq = lru_cache(_KNOWN_TERMS)(self._searcher.doc_freq)
        self._fields = self._index.schema
        self._names = names
        self._compiler = Compiler(self._fields, names, self.statistics)
        self._matching = Compiler(self._fields, names, self.statistics, scores=False)
        self._title_lengths = TitleLengths(self._searcher, self._compiler)
        self._facet_counter = FacetCounter(self._searcher, self._compiler)
        self._documents = DocumentCache(self._stored)
        self.vocabulary = Vocabulary(files_in(directory), self.terms)
        self._collection: Collection | None = None

    @property
    def documents(self) -> int:
        """The number of live documents."""
        return int(self._searcher.num_docs)

    def search(self, request: SearchRequest, info: IndexInfo) -> SearchResults:
        """The results of a request."""
        query, titles = self._query(request, scored=bool(request.limit))
        hits = Hits(self._searcher, query, titles, self._compiler, self._id_of)
        found, total = hits.page(request.sort, request.offset, request.limit)
        check_time()
        return SearchResults(
            hits=tuple(Hit(self._id_of(address), score * SCALE) for score, address in found),
            total=total,
            facets=self._facets(request, total),
            index=info,
        )

    def scan(self, request: SearchRequest) -> Generator[Document]:
        """Every document that the request matches, in its order; none of them is cached."""
        by_score = request.sort == "relevance"
        query, titles = self._query(request, scored=by_score)
        hits = AllHits(self._index, self._searcher, query, titles, lambda address: self._read(address).id)
        addresses = hits.by_score() if by_score else hits.by_field(order_field(request.sort, self._compiler))
        for address in addresses:
            yield self._read(address)

    def get_many(self, doc_ids: Sequence[str]) -> list[Document | None]:
        """The documents of these ids."""
        return [self._get(doc_id) for doc_id in doc_ids]

    def frequencies(self, stems: Sequence[Stem]) -> list[int]:
        """The document frequency of each stem."""
        if not self._has_deleted:
            return [*map(self._frequency, stems)]
        queries = (self._compiler.stem(stem) for stem in stems)
        return [total_of(self._searcher.search(query, limit=1, count=True)) for query in queries]

    def statistics(self, stems: Sequence[Stem]) -> FieldStatistics:
        """The statistics of the weighted text and of these stems, deleted documents included."""
        frequencies = {stem: self._frequency(stem) for stem in stems}
        if self._collection is None:
            parts = (part for stem, number in frequencies.items() if number for part in parts_of(stem))
            known = next(filter(self._frequency, chain(parts, self._frequent_stems())), "")
            self._collection = read_statistics(self._searcher, self._fields, known)
        return FieldStatistics(self._collection, frequencies)

    def _frequent_stems(self) -> Iterator[str]:
        """The stems that the most frequent words have in the default language."""
        frequent = self.vocabulary.of(WORDS).with_prefix("", _FREQUENT)
        return (self.schema.analyzer.stem(item.term) for item in frequent)

    def _frequency(self, stem: Stem) -> int:
        """The document frequency of a stem, deleted documents included: the sum of those of its parts."""
        return sum(self._doc_freq(TEXT, part) for part in parts_of(stem))

    @cached_property
    def _everything(self) -> Compiled | None:
        """The query that restricts document frequencies to live documents; None where none is deleted."""
        return tantivy.Query.all_query() if self._has_deleted else None

    def terms(self, field: str) -> Iterator[tuple[str, int]]:
        """All words of a field by alphabet; none of one that an index of an earlier format lacks."""
        name = words_field(field)
        if name not in self._names:
            return
        found = self._searcher.terms_with_prefix(name, "", filter_query=self._everything)
        found.sort(reverse=True)
        while found:  # what has been given away takes no memory: these are all words of an index
            word, number = found.pop()
            if number and word != GAP:
                yield word, number

    def close(self) -> None:
        """Nothing to do: the files are unmapped with the last reference."""

    def _query(self, request: SearchRequest, *, scored: bool) -> tuple[Compiled, TitleScores]:
        compiler = self._compiler if scored else self._matching
        query = self._filtered(compiler.query(request.query), request.filters)
        bonus = title_bonus(request.query, self.statistics) if scored and self._has_titles else TitleBonus({})
        return query, TitleScores(self._searcher, self._compiler, query, bonus, self._title_lengths)

    def _filtered(self, query: Compiled, filters: Filters) -> Compiled:
        clauses = self._compiler.filters(filters)
        return tantivy.Query.boolean_query([(Occur.Must, query), *clauses]) if clauses else query

    def _facets(self, request: SearchRequest, total: int) -> tuple[Facet | DateFacet, ...]:
        """The facets of a request with `total` hits; those under the same filters are counted together."""
        scopes: dict[tuple[FieldFilter | DateFilter, ...], list[FacetRequest | DateFacetRequest]] = {}
        for facet in request.facets:
            others = tuple(item for item in request.filters if item.field != facet.field)
            scopes.setdefault(others, []).append(facet)
        counted: dict[str, Facet | DateFacet] = {}
        for filters, facets in scopes.items():
            query = self._filtered(self._matching.query(request.query), filters)
            documents = total if filters == request.filters else None
            counted |= {facet.field: facet for facet in self._facet_counter.count(query, facets, documents)}
        return tuple(counted[facet.field] for facet in request.facets)

    def _get(self, doc_id: str) -> Document | None:
        address = self._documents.address_of(doc_id)
        if address is None:
            found = self._searcher.search(self._compiler.term("id", doc_id), limit=1, count=False).hits
            if not found:
                return None
            address = found[0][1]
        return self._documents.at(address)

    def _id_of(self, address: Address) -> str:
        return self._documents.at(address).id

    def _read(self, address: Address) -> Document:
        return from_bytes(self._stored(address))

    def _stored(self, address: Address) -> bytes:
        data: bytes = self._searcher.doc(address)["document"][0]
        return data
