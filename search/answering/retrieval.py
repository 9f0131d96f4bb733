"""Which documents does a question find? Its text is parsed and expanded, and asked of the engine.

Where no document has all the words, it is asked again for some of them.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from search.answer import UnderstoodQuery
from search.answering.some_words import MAX_COUNTED, SomeWords, tiers
from search.commit_data.aliases import Aliases
from search.engines import Engine
from search.engines.query_cost import refuse_if_too_costly
from search.expansion.expander import Expander
from search.interpretation.interpreter import readings
from search.interpretation.reading import Reading, preferring
from search.query.parser import ParsedQuery, parse
from search.query.relaxation import at_least, optional_words
from search.query.tree import MatchAll, MatchNone, Or, Query
from search.request import Question, SearchRequest
from search.results import SearchResults

_log = logging.getLogger(__name__)

MORE_BELOW = 10
"""Where fewer documents have all the words, those with some of them are shown as well."""


@dataclass(frozen=True, slots=True)
class Found:
    """`typed` is the query as parsed; `query`, expanded and perhaps relaxed, is what found the results.

    `requests` ask for all that was found: the documents of the first come before those of the next.
    `readings` are what it may mean beyond its words; `some_words` has further documents, where a question
    for all words finds few.
    """

    typed: Query
    query: Query
    results: SearchResults
    understood: UnderstoodQuery
    requests: tuple[SearchRequest, ...]
    readings: tuple[Reading, ...] = ()
    some_words: SomeWords | None = None

    @property
    def total(self) -> int:
        """The number of documents that match the query as typed."""
        return 0 if self.understood.relaxed else self.results.total


@dataclass(frozen=True, slots=True)
class Retriever:
    """Asks one engine; `expander` makes the expander of a question.

    Its methods raise EngineError, and QueryTooCostly for a question that costs more than `max_cost`.
    """

    engine: Engine
    expander: Callable[[Question], Expander]
    max_cost: int

    def find(self, question: Question, request: SearchRequest) -> Found:
        """The results of a question's text, relaxed if need be and allowed; all else is as in `request`."""
        parsed = parsed_question(question, self.engine)
        expander = self.expander(question)
        typed = expander.expand(parsed.query)
        refuse_if_too_costly(typed, self.engine, self.max_cost)
        _log.debug("understood %r as %s", question.text, typed)
        meant = readings(question, self.engine, expander.aliases or Aliases()) if request.limit else ()
        among: Query = MatchAll()
        if meant and question.match == "any":
            all_words = parsed_question(replace(question, match="all"), self.engine)
            among = expander.expand(all_words.query)
        preferred = _for_any_word(meant, parsed) if question.match == "any" else meant
        query = self._preferring(typed, preferred, among, question)
        asked = replace(request, query=query)
        results = self._ask(asked)
        read = understood(question, parsed, expander, query)
        found = Found(parsed.query, query, results, read, (asked,), meant)
        if parsed.relaxed is None or not _asks_for_some_words(question, request, results.total):
            return found
        relaxed = expander.expand(parsed.relaxed)
        _, *higher = tiers(relaxed)  # in the last tier, a document may have the date alone
        among = at_least(relaxed, higher[0]) if higher else MatchNone()
        relaxed = self._preferring(relaxed, meant, among, question)
        rest = SomeWords(self._ask, relaxed, query if results.total else None, request.filters)
        if results.total and question.match is None:
            return replace(found, some_words=rest)
        whole = replace(request, query=Or((query, rest.query)) if results.total else relaxed)
        in_tiers = request.sort == "relevance" and (results.total > 0 or len(rest.tiers) > 1)
        all_found = self._most_words_first(whole, results, rest) if in_tiers else self._ask(whole)
        if not all_found.total:
            return found
        read = understood(question, parsed, expander, relaxed, relaxed=not results.total)
        requests = (asked, *rest.requests) if in_tiers else (whole,)
        return replace(found, query=whole.query, results=all_found, understood=read, requests=requests)

    def _preferring(self, query: Query, meant: Sequence[Reading], among: Query, question: Question) -> Query:
        if not meant or question.order != "relevance":
            return query
        return preferring(query, meant, self.engine.statistics, among)

    def _most_words_first(
        self, request: SearchRequest, all_words: SearchResults, some_words: SomeWords
    ) -> SearchResults:
        """The results of a request: documents with all words, then those with some of them."""
        if not request.limit:
            return self._ask(request)
        results = self._ask(replace(request, offset=0, limit=0))
        offset = max(request.offset - all_words.total, 0)
        rest = some_words.hits(offset, request.limit - len(all_words.hits))
        return replace(results, hits=(*all_words.hits, *rest))

    def _ask(self, request: SearchRequest) -> SearchResults:
        started = time.perf_counter()
        results = self.engine.search(request)
        milliseconds = (time.perf_counter() - started) * 1000
        _log.debug("%s found %d in %.1f ms: %s", results.index.engine, results.total, milliseconds, request)
        return results


def parsed_question(question: Question, engine: Engine) -> ParsedQuery:
    """The text of a question, parsed; dates in words are looked for unless it is searched only as typed."""
    match = question.match or "all"
    return parse(question.text, engine.schema, match, dates=question.expand, analyzer=engine.analyzer)


def understood(
    question: Question, parsed: ParsedQuery, expander: Expander, query: Query, *, relaxed: bool = False
) -> UnderstoodQuery:
    """How a question was read: as `query`, the parsed one expanded."""
    return UnderstoodQuery(
        text=question.text,
        understood="" if query == MatchAll() and not question.text.strip() else str(query),
        match="any" if relaxed else question.match or "all",
        relaxed=relaxed,
        diagnostics=(*parsed.diagnostics, *expander.diagnostics),
        expanded=tuple(expander.expanded),
    )


def _for_any_word(meant: tuple[Reading, ...], parsed: ParsedQuery) -> tuple[Reading, ...]:
    """The readings by which documents rank where any word suffices: of a long query, only that it is a title.

    Otherwise one name in a sentence would outdo all its other words.
    """
    if parsed.relaxed is None or optional_words(parsed.relaxed) <= MAX_COUNTED:
        return meant
    return tuple(reading for reading in meant if reading.kind == "title")


def _asks_for_some_words(question: Question, request: SearchRequest, total: int) -> bool:
    """Whether documents with some of the words are wanted, where `total` have all of them.

    Where there are few, they are wanted beside these, but not where documents are only counted.
    """
    if question.match is None:
        return total < (MORE_BELOW if request.limit else 1)
    return question.match == "most"
