"""Which words can a query do without? Trees that ask for some of its words, or for a certain number."""

from collections.abc import Callable, Sequence

from search.query.simplification import merge_equal, simplify
from search.query.tree import And, AtLeast, Boost, Not, Query


def relaxed_query(words: Sequence[Query], required: Sequence[Query]) -> Query | None:
    """The documents with any of these words and all that is required; None for fewer than two words.

    Equal words are one, which scores as often as it was typed.
    """
    distinct = tuple(merge_equal(words))
    return simplify(And((AtLeast(distinct, 1), *required))) if len(distinct) > 1 else None


def optional_words(query: Query) -> int:
    """How many words a relaxed query has of which some suffice: 0 where all are required."""
    match query:
        case AtLeast(children):
            return len(children)
        case And(children):
            return max(map(optional_words, children), default=0)
        case Boost(child):
            return optional_words(child)
        case _:
            return 0


def at_least(query: Query, number: int) -> Query:
    """The relaxed query that asks for this number of its words or more."""
    return _map_optional(query, lambda words: AtLeast(words.children, number))


def between(query: Query, least: int, below: int) -> Query:
    """The relaxed query that asks for `least` of its words or more, but fewer than `below`."""
    return And((at_least(query, least), Not(at_least(query, below))))


def _map_optional(query: Query, change: Callable[[AtLeast], Query]) -> Query:
    match query:
        case AtLeast():
            return change(query)
        case And(children):
            return And(tuple(_map_optional(child, change) for child in children))
        case Boost(child, preferred, bonus):
            return Boost(_map_optional(child, change), preferred, bonus)
        case _:
            return query
