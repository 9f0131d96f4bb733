"""What of a query scores, and how much can it score at most?

The score of a document is the sum of its leaves' BM25 scores, and the bonuses of `search.ranking`. BM25
saturates at the idf, so every score has an upper bound that follows from document frequencies alone: a
bonus above it puts the documents that have it before all others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from search.analysis.stem import Stem
from search.query.traversal import leaves
from search.query.tree import And, AnyOf, AtLeast, Boost, Exact, Fuzzy, Leaf, Or, Phrase, Prefix, Query, Term
from search.ranking import FieldStatistics, TitleBonus, idf

Statistics = Callable[[Sequence[Stem]], FieldStatistics]
"""`Engine.statistics`."""


def score_bound(query: Query, statistics: Statistics) -> float:
    """A number that no document's score for a query exceeds, with all bonuses."""
    stems = list(dict.fromkeys(stem for leaf in leaves(query) for stem in _stems(leaf)))
    weights = _idfs(stems, statistics)
    return _bound(query, weights, _rarest(statistics)) + title_bonus(query, statistics).upper_bound


def title_bonus(query: Query, statistics: Statistics) -> TitleBonus:
    """What titles add to the scores for a query: those that hold words of its clauses without a field."""
    bare = (leaf for leaf in leaves(query) if isinstance(leaf, Term | Exact | Phrase) and not leaf.field)
    return TitleBonus(_idfs(list(dict.fromkeys(stem for leaf in bare for stem in _stems(leaf))), statistics))


def scores_by_terms(query: Query) -> bool:
    """Whether documents may have other scores than what a Boost adds."""
    return any(True for leaf in leaves(query) for _ in _stems(leaf))


def _bound(query: Query, idfs: Mapping[Stem, float], rarest: float) -> float:
    match query:
        case And(children) | Or(children) | AtLeast(children):
            return sum(_bound(child, idfs, rarest) for child in children)
        case Boost(child, bonus=bonus):
            return _bound(child, idfs, rarest) + bonus
        case Term(stem, count=times):
            return times * idfs.get(stem, 0.0)
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


def _stems(leaf: Leaf) -> Iterator[Stem]:
    """The stems that a leaf scores by."""
    match leaf:
        case Term(stem) | Exact(stem=stem):
            yield stem
        case Phrase(stems=stems):
            yield from stems
        case AnyOf(alternatives):
            yield from (word.stem for word in alternatives)


def _idfs(stems: Sequence[Stem], statistics: Statistics) -> dict[Stem, float]:
    if not stems:
        return {}
    found = statistics(stems)
    return {stem: idf(found.collection.documents, found.frequencies[stem]) for stem in stems}


def _rarest(statistics: Statistics) -> float:
    """The idf of a term that no document has, which no term's exceeds."""
    return idf(statistics([]).collection.documents, 0)
