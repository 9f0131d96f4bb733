"""From a question to its answer: parse, expand, ask the engine, relax, highlight, suggest, explain.

`Searcher` is all that pages and API need of an index.
"""

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from search.answer import Answer, DateCertainty, DocumentHit, FacetAnswer, MoreHits, ZeroExplanation
from search.answering.coverage import Coverage, coverage
from search.answering.date_certainty import date_certainty, filters_dates
from search.answering.export import Export
from search.answering.retrieval import Retriever, parsed_question, understood
from search.answering.some_words import SomeWords
from search.cache import GenerationCache
from search.commit_data.aliases import ALIASES_KEY, Aliases
from search.commit_data.health_report import HEALTH_KEY, HealthReport
from search.commit_data.identity import IDENTITY_KEY, ArchiveIdentity
from search.commit_data.redirects import REDIRECTS_KEY, decode_redirects
from search.document import Document
from search.engines import Engine
from search.engines.deadline import check_time
from search.engines.explanation import AnswerExplanation, explain
from search.errors import QueryTooCostly
from search.expansion.expander import Expander
from search.expansion.spelling_searches import CACHED_SPELLINGS
from search.facets.filters import engine_filters
from search.facets.requests import facet_requests, listing_request, marked, page_of_dates
from search.highlighting.highlighter import Highlighter, document_matches
from search.highlighting.in_document import InDocumentAnswer, term_counts
from search.interpretation.interpreter import interpretations
from search.query.tree import Query
from search.request import FacetListing, FieldFilter, Question, SearchRequest
from search.results import DateFacet, Hit, IndexInfo, TermCount
from search.schema import Schema
from search.settings import Limits
from search.suggestions import MAX_SUGGESTIONS
from search.suggestions.completion import Suggestion, suggestions
from search.suggestions.did_you_mean import did_you_mean
from search.suggestions.similar import DEFAULT_SIMILAR, Similar, similar
from search.suggestions.similar_spellings import spellings_offer
from search.suggestions.written_forms import CACHED_FORMS, WrittenForms
from search.suggestions.zero_results import ZeroResultExplainer

CACHED_ANSWERS = 64
"""Answers cached for one generation of the index."""
MORE_HITS = 10
"""Documents with some of the words that an answer shows, where few have all of them."""
_MAX_CACHED = 200_000  # characters of the documents of an answer that is cached


@dataclass(frozen=True)
class Searcher:
    """Answers questions about one index, each from a single commit; safe to share between threads.

    Its methods raise EngineError alone, QueryTooCostly for a question that costs more than `max_cost`, and
    QueryTimeout and Abandoned within a `search.engines.deadline.time_limit`.
    """

    engine: Engine
    max_cost: int = Limits().query_cost
    _answers: GenerationCache = field(default_factory=lambda: GenerationCache(CACHED_ANSWERS), repr=False)
    _aliases: GenerationCache = field(default_factory=lambda: GenerationCache(1), repr=False)
    _spellings: GenerationCache = field(default_factory=lambda: GenerationCache(CACHED_SPELLINGS), repr=False)
    _forms: GenerationCache = field(default_factory=lambda: GenerationCache(CACHED_FORMS), repr=False)
    _coverage: GenerationCache = field(default_factory=lambda: GenerationCache(1), repr=False)

    @property
    def schema(self) -> Schema:
        """The schema that the index was written under."""
        return self.engine.schema

    def info(self) -> IndexInfo:
        """The present commit of the index."""
        return self.engine.info()

    def ping(self) -> None:
        """Raise an EngineError unless a search would work."""
        self.engine.ping()

    def reading(self) -> AbstractContextManager[None]:
        """A block in which all calls of this thread are answered from one and the same commit."""
        return self.engine.reading()

    def search(self, question: Question) -> Answer:
        """The page of hits of a question, with facets; without hits, why not and what else to search."""
        started = time.perf_counter()
        with self.engine.reading():
            answer = self._answers.get(
                self.engine.info().generation, question, lambda: self._answer(question), _is_small
            )
        return replace(answer, took_ms=(time.perf_counter() - started) * 1000)

    def hits(self, question: Question) -> Answer:
        """The page of hits of a question alone: no facets, no suggestions, and no other searches."""
        with self.engine.reading():
            found = self._retriever.find(question, replace(_request(question), facets=()))
            hits = self._hits(found.results.hits, found.query, question)
        return Answer(question, found.understood, hits, found.results.total, (), found.results.index, 0.0)

    def _answer(self, question: Question) -> Answer:
        found = self._retriever.find(question, _request(question))
        results, needs_help = found.results, not found.results.total or found.understood.relaxed
        offered = tuple(interpretations(question, found.readings, self._count))
        respelled = did_you_mean(question, found.typed, self._written_forms, found.total, self._count)
        return Answer(
            question=question,
            query=replace(found.understood, interpretations=offered),
            hits=self._hits(results.hits, found.query, question),
            total=results.total,
            facets=tuple(marked(facet, question) for facet in results.facets),
            index=results.index,
            suggestion=respelled.text if respelled else None,
            suggestion_count=respelled.count if respelled else 0,
            explain_zero=self._explain_zero(question, found.typed) if needs_help else None,
            similar_spellings=spellings_offer(question, self.engine, found.total, self._count),
            took_ms=0.0,
            more=self._more(found.some_words, question) if found.some_words else None,
        )

    def date_certainty(self, question: Question) -> DateCertainty | None:
        """How certainly the documents of a question are of its dates; None if no filter is on dates."""
        if not filters_dates(question):
            return None
        with self.engine.reading():
            found = self._retriever.find(question, SearchRequest(filters=engine_filters(question), limit=0))
            return date_certainty(self.engine, found.query, question)

    def ranking(self, question: Question, limit: int) -> list[str]:
        """The ids of the best `limit` documents as pages show them, `more` after those with all the words.

        The question's page is ignored.
        """
        with self.engine.reading():
            found = self._retriever.find(question, replace(_request(question), offset=0, limit=limit))
            hits = list(found.results.hits)
            if found.some_words:
                hits += found.some_words.hits(0, limit - len(hits))
        return [hit.id for hit in hits]

    def export(self, question: Question) -> Export:
        """All documents that a question finds, in the order of its pages.

        Which page, facets and keys of hits the question asks for is ignored.
        """
        # A limit of 0 would only count: nothing comes first, and words are left out later.
        request = SearchRequest(filters=engine_filters(question), sort=question.order, limit=1)
        with self.engine.reading():
            found = self._retriever.find(question, request)
            scans = tuple(self.engine.scan(asked) for asked in found.requests)
        return Export(question, found.understood, found.results.total, found.results.index, scans)

    def explain(self, question: Question) -> AnswerExplanation:
        """What the engine is asked for a question, and the parts of each hit's score."""
        with self.engine.reading():
            found = self._retriever.find(question, _request(question))
            hits = found.results.hits
            documents = self.engine.get_many([hit.id for hit in hits])
            scores = tuple(
                (hit.score, explain(document, found.query, self.engine))
                for hit, document in zip(hits, documents, strict=True)
                if document is not None
            )
        request = replace(_request(question), query=found.query)
        return AnswerExplanation(request, found.results.index.engine, scores)

    def list_facet(self, listing: FacetListing) -> FacetAnswer:
        """A page of all values of a facet, counted over the documents that `search` finds."""
        question = listing.question
        request = SearchRequest(filters=engine_filters(question), facets=(listing_request(listing),), limit=0)
        with self.engine.reading():
            found = self._retriever.find(question, request)
        facet = marked(found.results.facets[0], question)
        if isinstance(facet, DateFacet):
            facet = page_of_dates(facet, listing)
        return FacetAnswer(listing, found.understood, facet, found.results.index)

    def coverage(self) -> Coverage:
        """What all documents are, by their facets."""
        return self._coverage.get(self.engine.info().generation, "", lambda: coverage(self.engine))

    def suggest(self, text: str, limit: int = MAX_SUGGESTIONS) -> tuple[Suggestion, ...]:
        """At most `limit` completions of a text that is being typed."""
        with self.engine.reading():
            return suggestions(self.engine, self._written_forms, self._count, text, limit)

    def document(self, doc_id: str) -> Document | None:
        """The document of an id, or None."""
        return self.engine.get_many([doc_id])[0]

    def documents(self, doc_ids: Sequence[str]) -> Sequence[Document | None]:
        """The documents of these ids, in this order; None where there is none."""
        return self.engine.get_many(doc_ids)

    def similar(self, document: Document, limit: int = DEFAULT_SIMILAR) -> Similar:
        """At most `limit` documents like this one, itself left out."""
        return similar(document, self.engine, limit)

    def parts(self, document: Document, limit: int) -> Sequence[Document]:
        """At most `limit` documents that are parts of this one, by title."""
        part = FieldFilter("parent", frozenset([document.id]))
        hits = self.engine.search(SearchRequest(filters=(part,), sort="title", limit=limit)).hits
        return [found for found in self.engine.get_many([hit.id for hit in hits]) if found]

    def terms(self, field: str, prefix: str = "", limit: int = 10) -> Sequence[TermCount]:
        """The terms of a field that begin with `prefix`, those in most documents first."""
        return self.engine.vocabulary(field).with_prefix(prefix, limit)

    def identity(self) -> ArchiveIdentity | None:
        """What tells the archive from others; None where no run of the indexer has written the index."""
        return ArchiveIdentity.from_bytes(self.engine.commit_data(IDENTITY_KEY))

    def health_report(self) -> HealthReport | None:
        """The indexer's report on the collection; None if there is none."""
        return HealthReport.from_bytes(self.engine.commit_data(HEALTH_KEY))

    def moved_to(self, doc_id: str) -> str | None:
        """The present id of a document that had this id before its file was moved; None if none had."""
        return decode_redirects(self.engine.commit_data(REDIRECTS_KEY)).get(doc_id)

    def search_in(self, document: Document, question: Question) -> InDocumentAnswer:
        """All matches of a question's text in one document; its filters are ignored."""
        with self.engine.reading():
            schema, index = self.engine.schema, self.engine.info()
            parsed = parsed_question(question, self.engine)
            expander = self._expander(question)
            query = expander.expand(parsed.query)
        matches = document_matches(document, query, schema)
        return InDocumentAnswer(
            document=document,
            query=understood(question, parsed, expander, query),
            matches=matches,
            terms=term_counts(document.body, matches.body, query, schema.analyzer_of(document.text_language)),
            index=index,
        )

    @property
    def _retriever(self) -> Retriever:
        return Retriever(self.engine, self._expander, self.max_cost)

    @property
    def _written_forms(self) -> WrittenForms:
        return WrittenForms(self.engine, self._forms)

    def _expander(self, question: Question) -> Expander:
        if not question.expand:
            return Expander(self.engine, None)
        generation = self.engine.info().generation
        aliases = self._aliases.get(
            generation, ALIASES_KEY, lambda: Aliases.read(self.engine.commit_data(ALIASES_KEY).decode())
        )
        return Expander(self.engine, aliases, self._spellings)

    def _more(self, some_words: SomeWords, question: Question) -> MoreHits | None:
        if not some_words.total:
            return None
        hits = self._hits(some_words.hits(0, MORE_HITS), some_words.relaxed, question)
        return MoreHits(some_words.total, hits, replace(question, match="most", page=1))

    def _hits(self, found: Sequence[Hit], query: Query, question: Question) -> tuple[DocumentHit, ...]:
        documents = self.engine.get_many([hit.id for hit in found])
        highlighter = Highlighter(query, self.engine.schema) if question.highlight else None
        hits = []
        for hit, document in zip(found, documents, strict=True):
            check_time()
            if document is not None:  # else it was deleted between the two calls
                highlights, matches = highlighter.marked(document) if highlighter else ((), 0)
                hits.append(DocumentHit(document, hit.score, highlights, matches))
        return tuple(hits)

    def _count(self, question: Question) -> int:
        """The number of documents that a question finds; 0 of one that costs too much to be offered."""
        request = SearchRequest(filters=engine_filters(question), limit=0)
        try:
            return self._retriever.find(question, request).results.total
        except QueryTooCostly:
            return 0

    def _explain_zero(self, question: Question, typed: Query) -> ZeroExplanation | None:
        expander = self._expander(question)
        return ZeroResultExplainer(self.engine, expander.expand, self._count).explain(question, typed)


def _request(question: Question) -> SearchRequest:
    """The request for a page of a question's hits, its query left out."""
    return SearchRequest(
        filters=engine_filters(question),
        facets=facet_requests(question),
        sort=question.order,
        offset=(question.page - 1) * question.per_page,
        limit=question.per_page,
    )


def _is_small(answer: Answer) -> bool:
    hits = answer.hits + (answer.more.hits if answer.more else ())
    return sum(len(found.document.body) for found in hits) < _MAX_CACHED
