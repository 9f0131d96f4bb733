"""Which leaves does a query tree have? Walks through its nodes, and replaces leaves."""

from collections.abc import Callable, Iterator

from search.query.tree import And, AtLeast, Boost, Leaf, MatchAll, MatchNone, Not, Or, Query


def leaves(query: Query) -> Iterator[Leaf]:
    """The leaves that can make a document match, in order: not those under a Not, or preferred alone."""
    match query:
        case And(children) | Or(children) | AtLeast(children):
            for child in children:
                yield from leaves(child)
        case Boost(child):
            yield from leaves(child)
        case Not() | MatchAll() | MatchNone():
            return
        case _:
            yield query


def all_leaves(query: Query) -> Iterator[Leaf]:
    """All leaves in order, also those under a Not and those that are preferred."""
    match query:
        case And(children) | Or(children) | AtLeast(children):
            for child in children:
                yield from all_leaves(child)
        case Boost(child, preferred):
            yield from all_leaves(child)
            yield from all_leaves(preferred)
        case Not(child):
            yield from all_leaves(child)
        case MatchAll() | MatchNone():
            return
        case _:
            yield query


def map_leaves(query: Query, change: Callable[[Leaf], Query]) -> Query:
    """The same tree with each leaf replaced, also under a Not and those that are preferred."""
    match query:
        case And(children):
            return And(tuple(map_leaves(child, change) for child in children))
        case Or(children):
            return Or(tuple(map_leaves(child, change) for child in children))
        case AtLeast(children, least):
            return AtLeast(tuple(map_leaves(child, change) for child in children), least)
        case Boost(child, preferred, bonus):
            return Boost(map_leaves(child, change), map_leaves(preferred, change), bonus)
        case Not(child):
            return Not(map_leaves(child, change))
        case MatchAll() | MatchNone():
            return query
        case _:
            return change(query)
