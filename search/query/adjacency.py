"""Which words of a query are adjacent? Documents with such a pair as a phrase rank higher.

The query "nuclear test ban" has the pairs "nuclear test" and "test ban". They change scores only, never
which documents match. See `search.ranking.PAIR_WEIGHT`.
"""

from collections.abc import Iterator
from itertools import islice, pairwise

from search.query.tree import And, AtLeast, Boost, Exact, Or, Phrase, Query, Term

MAX_PAIRS = 8
"""Further pairs are ignored: each costs a look-up of positions, and in long queries few are phrases."""

Pair = tuple[str, str]
"""Two folded words."""


def adjacent_pairs(query: Query) -> tuple[Pair, ...]:
    """The pairs of plain words that follow each other in the query, without duplicates."""
    return tuple(islice(dict.fromkeys(_pairs(query)), MAX_PAIRS))


def _pairs(query: Query) -> Iterator[Pair]:
    match query:
        case And(children) | Or(children) | AtLeast(children):
            for one, other in pairwise(word for child in children for word in _words(child)):
                if one and other:
                    yield one, other
            for child in children:
                yield from _pairs(child)
        case Boost(child):
            yield from _pairs(child)


def _words(query: Query) -> Iterator[str]:
    """The plain words of a term, or of a name joined by its aliases, as typed; "" for anything else."""
    match query:
        case Term(count=0) | Phrase(stems=()):
            return  # another form of the word before it
        case Term(word=word, field=""):
            yield word
        case Boost(child):
            yield from _words(child)
        case Or((typed, *others)) if all(map(_is_other_form, others)):
            yield from (word for child in getattr(typed, "children", (typed,)) for word in _words(child))
        case _:
            yield ""


def _is_other_form(query: Query) -> bool:
    return isinstance(query, Phrase | Exact) or (isinstance(query, Term) and not query.count)
