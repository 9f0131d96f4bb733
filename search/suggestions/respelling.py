"""Which words of an index are spelled much like one that is in none of its documents?"""

from itertools import islice

from search.analysis.analyzer import Token
from search.edits import edit_distance
from search.engines import Engine
from search.query.dates import DATE_FIELDS
from search.query.lexer import lexemes
from search.query.tree import Exact, Term
from search.request import SearchRequest
from search.schema import WORDS, Schema

MIN_MISSPELLED = 3
"""Letters from which on a word may be misspelled: shorter ones are like too many."""

_BEST = 3
_COMPARED = 300  # words with the same first letters that a beginning is compared with, the most frequent


def edits_for(word: str) -> int:
    """How many edits a misspelling of a word has, at most."""
    return 1 if len(word) < 5 else 2


def may_be_misspelled(word: str) -> bool:
    """Whether a word is long enough, and no number or shelfmark: those are like others by nature."""
    return len(word) >= MIN_MISSPELLED and not any(map(str.isdigit, word))


def typed_words(text: str, schema: Schema, most: int | None = None) -> list[Token]:
    """The words of a query's text, at most so many, without the names of fields."""
    fields = {*schema.query_fields, *DATE_FIELDS}
    pieces = (piece for piece in lexemes(text) if piece.field.lower() in fields)
    named = {piece.position + len(piece.sign) for piece in pieces}
    words = (token for token in schema.analyzer.tokens(text) if token.start not in named)
    return list(islice(words, most))


def is_known(engine: Engine, leaf: Term | Exact) -> bool:
    """Whether any document has it."""
    return bool(engine.search(SearchRequest(leaf, limit=0)).total)


def nearest(engine: Engine, token: Token, field: str = "") -> str:
    """The word of a field (empty: of all) nearest to one that no document has; empty if there is none."""
    if token.word in engine.schema.analyzer.stop_words or not may_be_misspelled(token.word):
        return ""
    if is_known(engine, Term(token.stem, token.word, field)):
        return ""
    near = engine.vocabulary(field or WORDS).similar(token.word, edits_for(token.word), 1)
    return near[0].term if near else ""


def nearest_beginnings(engine: Engine, word: str, field: str = "") -> list[str]:
    """Words that begin much like one that none begins with, nearest first; empty if some do.

    A slip in the first two letters is forgiven only where the word is whole.
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
        away = min(edit_distance(word, item.term[:length], edits) for length in lengths)
        if away <= edits:
            found.append((away, -item.count, item.term))
    return list(dict.fromkeys(term for _, _, term in sorted(found)))[:_BEST]
