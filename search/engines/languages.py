"""Which languages are the documents of an index in? Queries are analysed in all of them."""

from collections.abc import Callable, Sequence

from search.analysis.query_analyzer import JointAnalyzer, QueryAnalyzer
from search.analysis.stem import Stem
from search.engines.terms.term_dictionary import TermDictionary
from search.ranking import FieldStatistics
from search.schema import Schema

_LANGUAGES = 100  # those of most documents: more than are ever detected


def query_analyzer(
    schema: Schema,
    vocabulary: Callable[[str], TermDictionary],
    statistics: Callable[[Sequence[Stem]], FieldStatistics],
) -> QueryAnalyzer:
    """The analyzer of queries to an index with such a vocabulary and such statistics.

    For one language, it is the analyzer of its documents. An index of an early format states no languages.
    """
    names = vocabulary("text_language").with_prefix("", _LANGUAGES)
    analyzers = dict.fromkeys([schema.analyzer, *(schema.analyzer_of(name.term) for name in names)])
    if len(analyzers) == 1:
        return schema.analyzer
    return JointAnalyzer([*analyzers], lambda stems: statistics(stems).frequencies)
