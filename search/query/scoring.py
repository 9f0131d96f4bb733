"""What of a query scores, and how much can it score at most?

The score of a document is the sum of its leaves' BM25 scores, and the bonuses of `search.ranking`. BM25
saturates at the idf, so every score has an upper bound that follows from document frequencies alone: a
bonus above it puts the documents that have it before all others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from search.query.adjacency import adjacent_pairs
from search.query.tree import (
    And,
    AnyOf,
    AtLeast,
    Boost,
    Exact,
    Fuzzy,
    Leaf,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    leaves,
)
from search.ranking import PAIR_WEIGHT, FieldStatistics, idf
from search.schema import TEXT, WORDS

Statistics = Callable[[str, Sequence[str]], FieldStatistics]
"""`Engine.statistics`."""


def score_bound(query: Query, statistics: Statistics) -> float:
    """A number that no document's score for a query exceeds, with all bonuses."""
    stems = list(dict.fromkeys(stem for leaf in leaves(query) for stem in _stems(leaf)))
    weights = _idfs(TEXT, stems, statistics)
    pairs = adjacent_pairs(query)
    words = _idfs(WORDS, list({word for pair in pairs for word in pair}), statistics)
    proximity = PAIR_WEIGHT * sum(words[word] for pair in pairs for word in pair)
    return _bound(query, weights, _rarest(statistics)) + proximity


def _bound(query: Query, idfs: Mapping[str, float], rarest: float) -> float:
    match query:
        case And(children) | Or(children) | AtLeast(children):
            return sum(_bound(child, idfs, rarest) for child in children)
        case Boost(child, bonus=bonus):
            return _bound(child, idfs, rarest) + bonus
        case Term(stem, count=times):
            return times * idfs[stem]
        case Exact(stem=stem):
            return idfs[stem]
        case Phrase(stems=stems):
            return sum(idfs[stem] for stem in stems)
        case AnyOf(alternatives):
            return max((idfs[word.stem] for word in alternatives), default=0.0)
        case Prefix() | Fuzzy():
            return rarest
        case _:
            return 0.0


def _stems(leaf: Leaf) -> Iterator[str]:
    """The stems that a leaf scores by."""
    match leaf:
        case Term(stem) | Exact(stem=stem):
            yield stem
        case Phrase(stems=stems):
            yield from stems
        case AnyOf(alternatives):
            yield from (word.stem for word in alternatives)


def _idfs(field: str, terms: Sequence[str], statistics: Statistics) -> dict[str, float]:
    if not terms:
        return {}
    found = statistics(field, terms)
    return {term: idf(found.collection.documents, found.frequencies[term]) for term in terms}


def _rarest(statistics: Statistics) -> float:
    """The idf of a term that no document has, which no term's exceeds."""
    return idf(statistics(TEXT, []).collection.documents, 0)
