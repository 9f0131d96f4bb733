"""Which terms of an index are spelled like a word that none of its documents has?"""

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
"""Letters of a word that may be misspelled: shorter words are near too many others."""

_BEST = 3  # terms returned for a prefix
_COMPARED = 300  # terms with the same two first letters that a prefix is compared with, most frequent first


def edits_for(word: str) -> int:
    """The edit distance up to which a word may be a misspelling of another."""
    return 1 if len(word) < 5 else 2


def may_be_misspelled(word: str) -> bool:
    """Whether a word is long enough, and has no digits: numbers and shelfmarks are always near others."""
    return len(word) >= MIN_MISSPELLED and not any(map(str.isdigit, word))


def typed_words(text: str, schema: Schema, limit: int | None = None) -> list[Token]:
    """The first words of a query's text, without the names of fields."""
    fields = {*schema.query_fields, *DATE_FIELDS}
    with_field = (lexeme for lexeme in lexemes(text) if lexeme.field.lower() in fields)
    field_names = {lexeme.position + len(lexeme.sign) for lexeme in with_field}
    words = (token for token in schema.analyzer.tokens(text) if token.start not in field_names)
    return list(islice(words, limit))


def is_known(engine: Engine, leaf: Term | Exact) -> bool:
    """Whether any document matches a word."""
    return bool(engine.search(SearchRequest(leaf, limit=0)).total)


def nearest(engine: Engine, token: Token, field: str = "") -> str:
    """The term nearest to a word that no document has, in a field or in all; empty if there is none."""
    if token.word in engine.schema.analyzer.stop_words or not may_be_misspelled(token.word):
        return ""
    if is_known(engine, Term(token.stem, token.word, field)):
        return ""
    near = engine.vocabulary(field or WORDS).similar(token.word, edits_for(token.word), 1)
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
