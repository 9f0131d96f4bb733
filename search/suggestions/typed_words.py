"""Which words does a query consist of as typed, and does any document have them?"""

from itertools import islice

from search.analysis.analyzer import Token
from search.engines import Engine
from search.query.dates import DATE_FIELDS
from search.query.lexer import lexemes
from search.query.tree import Exact, Term
from search.request import SearchRequest


def typed_words(text: str, engine: Engine, limit: int | None = None) -> list[Token]:
    """The first words of a query's text, without the names of fields."""
    fields = {*engine.schema.query_fields, *DATE_FIELDS}
    with_field = (lexeme for lexeme in lexemes(text) if lexeme.field.lower() in fields)
    field_names = {lexeme.position + len(lexeme.sign) for lexeme in with_field}
    words = (token for token in engine.analyzer.tokens(text) if token.start not in field_names)
    return list(islice(words, limit))


def is_known(engine: Engine, leaf: Term | Exact) -> bool:
    """Whether any document matches a word."""
    return bool(engine.search(SearchRequest(leaf, limit=0)).total)
