"""Which terms of an index are spelled like a word that none of its documents has?"""

from search.analysis.analyzer import Token
from search.edits import edit_distance
from search.engines import Engine
from search.query.tree import Term
from search.schema import WORDS
from search.suggestions.near_terms import MIN_MISSPELLED, edits_for, may_be_misspelled, near_terms
from search.suggestions.typed_words import is_known

_BEST = 3  # terms returned for a prefix
_COMPARED = 300  # terms with the same two first letters that a prefix is compared with, most frequent first


def nearest(engine: Engine, token: Token, field: str = "") -> str:
    """The term nearest to a word that no document has, in a field or in all; empty if there is none."""
    if token.word in engine.schema.analyzer.stop_words or not may_be_misspelled(token.word):
        return ""
    if is_known(engine, Term(token.stem, token.word, field)):
        return ""
    near = near_terms(token.word, engine.vocabulary(field or WORDS))
    return near[0].term if near else ""


def nearest_completions(engine: Engine, word: str, field: str = "") -> list[str]:
    """Terms with a prefix near a word that is no term's prefix, nearest first; empty if it is one.

    The first two letters must be right, unless the whole term is near the word.
    """
    name = field or WORDS
    if len(word) <= MIN_MISSPELLED or not may_be_misspelled(word):
        return []
    vocabulary = engine.vocabulary(name)
    if vocabulary.with_prefix(word, 1):
        return []
    edits = edits_for(word)
    whole = vocabulary.similar(word, edits, _BEST)
    found = [(edit_distance(word, item.term, edits), -item.count, item.term) for item in whole]
    lengths = range(len(word) - 1, len(word) + 2)
    for item in vocabulary.with_prefix(word[:2], _COMPARED):
        distance = min(edit_distance(word, item.term[:length], edits) for length in lengths)
        if distance <= edits:
            found.append((distance, -item.count, item.term))
    return list(dict.fromkeys(term for _, _, term in sorted(found)))[:_BEST]
