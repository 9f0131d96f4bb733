"""Which shorter tree is equivalent to a query? It finds the same documents."""

from collections.abc import Iterable
from dataclasses import replace

from search.query.tree import And, AnyOf, AtLeast, Boost, MatchAll, MatchNone, Not, Or, Query, Term


def simplify(query: Query) -> Query:
    """An equivalent shorter tree: nested And and Or flattened, equal terms counted, constants folded."""
    match query:
        case And(children):
            return _simplify_and(_flatten(And, children))
        case Or(children):
            return _simplify_or(_flatten(Or, children))
        case AtLeast(children, least):
            return _simplify_at_least(tuple(map(simplify, children)), least)
        case Boost(child, preferred, bonus):
            return _simplify_boost(simplify(child), simplify(preferred), bonus)
        case Not(child):
            return _simplify_not(simplify(child))
        case AnyOf(alternatives):
            return query if alternatives else MatchNone()
        case _:
            return query


def _flatten(kind: type[And] | type[Or], children: tuple[Query, ...]) -> list[Query]:
    flat: list[Query] = []
    for child in map(simplify, children):
        flat += child.children if isinstance(child, kind) else (child,)
    return merge_equal(flat)


def merge_equal(children: Iterable[Query]) -> list[Query]:
    """Each of the children once, in order; equal terms are one that counts for all of them."""
    kept: dict[Query, Query] = {}
    for child in children:
        if isinstance(child, Term):
            key = Term(child.stem, "", child.field)
            seen = kept.get(key)
            total = child.count + (seen.count if isinstance(seen, Term) else 0)
            kept[key] = replace(seen if isinstance(seen, Term) else child, count=total)
        else:
            kept.setdefault(child, child)
    return list(kept.values())


def _simplify_and(children: list[Query]) -> Query:
    if MatchNone() in children:
        return MatchNone()
    rest = tuple(child for child in children if child != MatchAll())
    if not rest:
        return MatchAll()
    if all(isinstance(child, Not) for child in rest):
        return And((MatchAll(), *rest))
    return rest[0] if len(rest) == 1 else And(rest)


def _simplify_or(children: list[Query]) -> Query:
    rest = tuple(child for child in children if child != MatchNone())
    if not rest:
        return MatchNone()
    return rest[0] if len(rest) == 1 else Or(rest)


def _simplify_at_least(children: tuple[Query, ...], least: int) -> Query:
    rest = tuple(child for child in children if child != MatchNone())
    if least > len(rest):
        return MatchNone()
    return rest[0] if len(rest) == 1 else AtLeast(rest, least)


def _simplify_boost(child: Query, preferred: Query, bonus: float) -> Query:
    if child == MatchNone() or preferred == MatchNone() or not bonus:
        return child
    return Boost(child, preferred, bonus)


def _simplify_not(child: Query) -> Query:
    match child:
        case MatchAll():
            return MatchNone()
        case MatchNone():
            return MatchAll()
        case And((MatchAll(), Not(inner))):
            return inner
        case _:
            return And((MatchAll(), Not(child)))
