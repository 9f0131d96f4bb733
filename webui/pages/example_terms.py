"""Terms of this archive for example queries: frequent words, phrases of titles, facet values and years."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis.analyzer import Analyzer
from search.analysis.characters import is_unspaced
from search.answer import Answer
from search.query.lexer import QUOTES
from search.request import DATE, Question
from search.schema import WORDS
from search.searcher import Searcher

_TITLES = 20  # newest titles searched for phrases
_FREQUENT_TERMS = 80  # most frequent terms of a field that are considered
_MIN_LETTERS = 4  # of a specific word
_LANGUAGES = 100  # languages of the archive whose stop words are left out


@dataclass(frozen=True, slots=True)
class ExampleTerms:
    """Frequent `words`, `phrases` of titles, and the most frequent of the `values` of each facet.

    `years` are those of dated documents in ascending order, `year` is the one with the most documents.
    Each is empty if the archive has none.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    years: tuple[str, ...] = ()
    year: str = ""


def example_terms(searcher: Searcher) -> ExampleTerms:
    """The terms of an archive, from two searches and the term dictionaries of two fields."""
    schema = searcher.schema
    newest = Question(per_page=_TITLES, highlight=False, facets=tuple(schema.facets), facet_limit=1)
    answer = searcher.search(newest)
    dated = searcher.search(Question(per_page=1, highlight=False, facets=(DATE,), date_interval="year"))
    years = {value.value: value.count for value in dated.facets[0].values if value.count}
    titles = [hit.document.title for hit in answer.hits]
    stop_words = _stop_words(searcher)
    frequent = (word for name in ("title", WORDS) for word in _words(searcher, name, stop_words))
    return ExampleTerms(
        words=tuple(dict.fromkeys(frequent)),
        phrases=tuple(phrase for title in titles for phrase in _phrases(title, schema.analyzer, stop_words)),
        values=_values(answer),
        years=tuple(years),
        year=max(years, key=lambda year: (years[year], year), default=""),
    )


def _words(searcher: Searcher, name: str, stop_words: AbstractSet[str]) -> Iterator[str]:
    for item in searcher.terms(name, limit=_FREQUENT_TERMS):
        if item.term.isalpha() and len(item.term) >= _MIN_LETTERS and item.term not in stop_words:
            yield item.term


def _stop_words(searcher: Searcher) -> frozenset[str]:
    """The stop words of all languages of the archive: what is one in any is no example."""
    names = ["", *(item.term for item in searcher.terms("text_language", limit=_LANGUAGES))]
    return frozenset[str]().union(*(searcher.schema.analyzer_of(name).stop_words for name in names))


def _phrases(title: str, analyzer: Analyzer, stop_words: AbstractSet[str]) -> Iterator[str]:
    """The first two adjacent specific words of a title, as written."""
    tokens = list(analyzer.tokens(title))
    for first, last in pairwise(tokens):
        specific = all(
            is_unspaced(token.word) or (len(token.word) >= _MIN_LETTERS and token.word not in stop_words)
            for token in (first, last)
        )
        if specific and not title[first.end : last.start].strip():
            yield title[first.start : last.end]
            return


def _values(answer: Answer) -> dict[str, str]:
    found = {facet.field: facet.values[0].value for facet in answer.facets if facet.values}
    return {name: value for name, value in found.items() if not set(value) & set(QUOTES)}


def longest_word(value: str, analyzer: Analyzer) -> str:
    """The longest word of a name, as written."""
    words = (value[token.start : token.end] for token in analyzer.tokens(value))
    return max(words, key=len, default="")
