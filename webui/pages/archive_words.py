"""Which words of this archive make good examples? Those of its own titles, names and years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis.analyzer import Analyzer
from search.analysis.characters import is_ideograph
from search.query.lexer import QUOTES
from search.request import DATE, Question
from search.results import Answer
from search.schema import WORDS
from search.searcher import Searcher

_TITLES = 20  # newest titles looked through for a phrase
_VOCABULARY = 80  # most frequent words looked through for telling ones
_LETTERS = 4  # of a word that tells something


@dataclass(frozen=True, slots=True)
class ArchiveWords:
    """What an archive is about, in a few words; all of it empty where there is nothing of the kind.

    `words` are frequent ones, `phrases` stand in a title, `values` are the most frequent of each
    facet, `years` those that documents are of, in order, and `year` the one with the most.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    years: tuple[str, ...] = ()
    year: str = ""


def archive_words(searcher: Searcher) -> ArchiveWords:
    """The words of an archive, in two searches and two looks at its vocabulary."""
    schema = searcher.schema
    asked = Question(per_page=_TITLES, highlight=False, facets=tuple(schema.facets), facet_limit=1)
    answer = searcher.search(asked)
    dated = searcher.search(Question(per_page=1, highlight=False, facets=(DATE,), date_interval="year"))
    years = {value.value: value.count for value in dated.facets[0].values if value.count}
    titles = [found.document.title for found in answer.hits]
    return ArchiveWords(
        words=tuple(dict.fromkeys([*_words(searcher, "title"), *_words(searcher, WORDS)])),
        phrases=tuple(phrase for title in titles for phrase in _phrases(title, schema.analyzer)),
        values=_values(answer),
        years=tuple(years),
        year=max(years, key=lambda year: (years[year], year), default=""),
    )


def _words(searcher: Searcher, name: str) -> Iterator[str]:
    stop_words = searcher.schema.analyzer.stop_words
    for item in searcher.terms(name, limit=_VOCABULARY):
        if item.term.isalpha() and len(item.term) >= _LETTERS and item.term not in stop_words:
            yield item.term


def _phrases(title: str, analyzer: Analyzer) -> Iterator[str]:
    """The first words of a title that stand side by side and tell something, as written."""
    tokens = list(analyzer.tokens(title))
    for first, last in pairwise(tokens):
        telling = all(
            is_ideograph(token.word)
            or (len(token.word) >= _LETTERS and token.word not in analyzer.stop_words)
            for token in (first, last)
        )
        if telling and not title[first.end : last.start].strip():
            yield title[first.start : last.end]
            return


def _values(answer: Answer) -> dict[str, str]:
    found = {facet.field: facet.values[0].value for facet in answer.facets if facet.values}
    return {name: value for name, value in found.items() if not set(value) & set(QUOTES)}


def telling_word(value: str, analyzer: Analyzer) -> str:
    """The longest word of a name, as written."""
    spans: Sequence[tuple[int, int]] = [(t.start, t.end) for t in analyzer.tokens(value)]
    return max((value[start:end] for start, end in spans), key=len, default="")
