"""One commit in OpenSearch: its index, which nothing changes any more, and its words on this machine."""

from collections.abc import Generator, Sequence

from search.analysis.stem import Stem, parts_of
from search.document import Document
from search.engines.opensearch.commit import Commit
from search.engines.opensearch.reading.clauses import Clause, filtering
from search.engines.opensearch.reading.compiler import Compiler, filters
from search.engines.opensearch.reading.facets import FacetSearch
from search.engines.opensearch.reading.hits import Body, Found, first_hits, hit, hits_of, total_of
from search.engines.opensearch.reading.index import Index, stored_document
from search.engines.opensearch.reading.title_bonus import title_bonus_clause
from search.engines.opensearch.reading.value_counts import TooManyValues, ValueCounter
from search.engines.terms.vocabulary import Vocabulary
from search.query.scoring import scores_by_terms, title_bonus
from search.query.tree import Query
from search.ranking import Collection, FieldStatistics
from search.request import DateFilter, FieldFilter, SearchRequest
from search.results import IndexInfo, SearchResults
from search.schema import TEXT

SHOWN = 100
"""Hits whose documents come with them, since a page is about to show them."""
FIRST_BATCH, LARGEST_BATCH = 20, 500
"""Documents that a scan reads at once: few, until their size is known."""
BATCH_BYTES = 8 << 20
"""About how many bytes of documents a scan reads at once."""

Filters = Sequence[FieldFilter | DateFilter]


class OpenSearchReader:
    """See `search.engines.snapshots.snapshot.CommitReader`.

    Statistics come from the vocabulary, so that a search is one request. Documents that are deleted and still
    in a segment are in their number, as in the scores of the cluster, and in no frequency: so an idf is never
    below that of the cluster, and no score above its bound (`search.query.scoring.score_bound`).
    """

    def __init__(self, index: Index, commit: Commit, vocabulary: Vocabulary) -> None:
        self.commit, self.schema, self.vocabulary = commit, commit.schema, vocabulary
        self._index = index
        average = commit.tokens / commit.documents if commit.documents else 0.0
        self._collection = Collection(commit.documents + commit.deleted, average)
        self._scoring = Compiler(self.statistics)
        self._matching = Compiler(self.statistics, scores=False)
        self._counter = ValueCounter(index.search)

    def search(self, request: SearchRequest, info: IndexInfo) -> SearchResults:
        """The results of a request."""
        facets = FacetSearch(request, self._matching.query(request.query), self._counter)
        body = self._body(request, facets.common) | {"track_total_hits": True}
        by_statistics = bool(request.limit) and scores_by_terms(request.query)
        try:
            found = self._index.search(body | facets.body, by_statistics=by_statistics)
        except TooManyValues:
            found = self._index.search(body | facets.alone, by_statistics=by_statistics)
        hits = hits_of(found)
        if request.limit <= SHOWN:
            self._index.bring(hits)
        page = tuple(hit(each, request.sort) for each in hits)
        return SearchResults(page, total_of(found), facets.facets(found), info)

    def scan(self, request: SearchRequest) -> Generator[Document]:
        """Every document that the request matches, in its order; none of them is cached."""
        by_score = request.sort == "relevance"
        query = self._query(request.query, request.filters, scored=by_score)
        body = first_hits(query, request.sort, FIRST_BATCH, documents=True) | {"track_total_hits": False}
        while True:
            hits = hits_of(self._index.search(body, by_statistics=by_score))
            for each in hits:
                yield stored_document(each)
            if len(hits) < body["size"]:
                return
            body = body | {"search_after": hits[-1]["sort"], "size": _batch_of(hits)}

    def get_many(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        """The documents of these ids."""
        return self._index.documents(doc_ids)

    def frequencies(self, stems: Sequence[Stem]) -> list[int]:
        """The document frequency of each stem."""
        return [*map(self._frequency, stems)]

    def statistics(self, stems: Sequence[Stem]) -> FieldStatistics:
        """The statistics of the weighted text and of these stems."""
        return FieldStatistics(self._collection, {stem: self._frequency(stem) for stem in stems})

    def close(self) -> None:
        """Nothing to do: the connections are the engine's."""

    def _frequency(self, stem: Stem) -> int:
        stems = self.vocabulary.of(TEXT)
        return sum(map(stems.count, parts_of(stem)))

    def _body(self, request: SearchRequest, among: Filters) -> Body:
        """The page of hits that a request asks for, of the documents that pass some filters."""
        query = self._query(request.query, among, scored=bool(request.limit))
        if not request.limit:
            return {"query": query, "size": 0}
        page = first_hits(query, request.sort, request.limit, documents=request.limit <= SHOWN)
        # Scores that hits are sorted by come with them; any others are computed once more.
        return page | {"from": request.offset, "track_scores": request.sort != "relevance"}

    def _query(self, query: Query, among: Filters, *, scored: bool) -> Clause:
        """The query for the documents that pass some filters, with the bonus of their titles if `scored`."""
        only = filters(among)
        if not scored:
            return filtering([self._matching.query(query), *only])
        bonus = title_bonus_clause(title_bonus(query, self.statistics))
        return {"bool": {"must": [self._scoring.query(query)], "filter": only, "should": bonus}}


def _batch_of(hits: Sequence[Found]) -> int:
    """How many documents of the size of these make a batch."""
    size = sum(len(each["fields"]["document"][0]) for each in hits) // len(hits)
    return max(1, min(LARGEST_BATCH, BATCH_BYTES // max(1, size)))
