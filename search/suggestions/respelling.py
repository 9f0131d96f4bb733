"""Which terms of an index are spelled like a word that no document has, or like the beginning of a word?"""

from math import inf

from search.analysis.analyzer import Token
from search.analysis.stem import Stem
from search.edits import edit_distance
from search.engines import Engine
from search.query.tree import Term
from search.schema import WORDS
from search.suggestions.likeness import most_cost, slips_cost
from search.suggestions.near_terms import (
    MIN_MISSPELLED,
    edits_for,
    may_be_misspelled,
    more_frequent,
    near_terms,
)
from search.suggestions.typed_words import is_known

_BEST = 3  # terms returned for a prefix
_COMPARED = 300  # terms with the same two first letters that a prefix is compared with, most frequent first


def nearest(engine: Engine, token: Token, field: str = "") -> str:
    """The term nearest to a word that no document has, in a field or in all; empty if there is none."""
    if token.word in engine.analyzer.stop_words or not may_be_misspelled(token.word):
        return ""
    if is_known(engine, Term(token.stem, token.word, field)):
        return ""
    near = near_terms(token.word, engine.vocabulary(field or WORDS))
    return near[0].term if near else ""


def nearest_completions(engine: Engine, word: str, field: str = "") -> list[str]:
    """Terms with a prefix near a word that is no term's prefix, the likeliest first.

    If it is one, the term that it was probably typed for, see `more_frequent`. The first two letters must be
    right, unless the whole term is near the word. Of terms with one stem, only the likeliest.
    """
    if len(word) <= MIN_MISSPELLED or not may_be_misspelled(word):
        return []
    vocabulary = engine.vocabulary(field or WORDS)
    if known := vocabulary.with_prefix(word, 1):
        better = more_frequent(word, known[0].count, vocabulary, engine.analyzer)
        return [better.term] if better else []
    found = {near.term: (near.cost, -near.count, near.term) for near in near_terms(word, vocabulary)}
    for item in vocabulary.with_prefix(word[:2], _COMPARED):
        if beginnings := _near_beginnings(word, item.term):
            cost = min(slips_cost(word, beginning) for beginning in beginnings)
            cost = min(cost, found[item.term][0] if item.term in found else inf)
            found[item.term] = (cost, -item.count, item.term)
    ranked = sorted(found.values())
    by_stem: dict[Stem, str] = {}
    for cost, _, term in ranked:
        if cost <= min(ranked[0][0], most_cost(word)):
            by_stem.setdefault(engine.analyzer.stem(term), term)
    return list(by_stem.values())[:_BEST]


def _near_beginnings(word: str, term: str) -> list[str]:
    """The beginnings of a term that are within the edit distance of a word."""
    edits = edits_for(word)
    beginnings = (term[:length] for length in range(len(word) - 1, len(word) + 2))
    return [beginning for beginning in beginnings if edit_distance(word, beginning, edits) <= edits]
