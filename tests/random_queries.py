"""Hypothesis makes query trees: of any shape, over words that documents have or lack."""

from hypothesis import strategies as st

from search.analysis.stem import Stem
from search.calendar import DayRange
from search.query.tree import (
    And,
    AnyOf,
    AtLeast,
    Boost,
    DateRange,
    Exact,
    MatchAll,
    MatchNone,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)

FIELDS = st.sampled_from(["", "", "title", "summary", "author"])


def query_trees(
    words: st.SearchStrategy[tuple[str, Stem]], days: st.SearchStrategy[DayRange], leaves: int = 8
) -> st.SearchStrategy[Query]:
    """Trees of at most so many leaves: of these words, each with its stem, and of these days."""
    return st.recursive(_leaf(words, days), _trees, max_leaves=leaves)


@st.composite
def _leaf(
    draw: st.DrawFn, words: st.SearchStrategy[tuple[str, Stem]], days: st.SearchStrategy[DayRange]
) -> Query:
    word, stem = draw(words)
    field = draw(FIELDS)
    kind = draw(st.sampled_from(["term", "exact", "phrase", "any", "range", "all", "none"]))
    if kind == "term":
        return Term(stem, word, field, draw(st.integers(1, 3)))
    if kind == "exact":
        return Exact(word, stem, field)
    if kind == "phrase":
        chosen = draw(st.lists(words, min_size=2, max_size=3))
        near = draw(st.sampled_from([0, 0, 1, 2, 3, 4, 7]))
        ordered = draw(st.booleans())
        stems = tuple(s for _, s in chosen) if draw(st.booleans()) else ()
        return Phrase(tuple(w for w, _ in chosen), stems, near, field, ordered)
    if kind == "any":
        chosen = draw(st.lists(words, min_size=1, max_size=3, unique=True))
        some = [Term(s, w, field) if draw(st.booleans()) else Exact(w, s, field) for w, s in chosen]
        return AnyOf(tuple(some), "any*")
    if kind == "range":
        return DateRange(draw(days), draw(st.booleans()))
    return MatchAll() if kind == "all" else MatchNone()


def _trees(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(children, min_size=1, max_size=4).map(tuple)
    some = st.builds(AtLeast, several, st.integers(1, 4))
    boosted = st.builds(Boost, children, children, st.floats(0, 20, allow_subnormal=False))
    return several.map(And) | several.map(Or) | children.map(Not) | some | boosted
