"""Did you mean? A query with the words that no document has replaced by the nearest that some have."""

from itertools import islice

from search.engines import Engine
from search.query import Exact, Query, Term, leaves
from search.request import SearchRequest
from search.schema import WORDS

MAX_WORDS = 8
"""Words of a query that are looked up: longer ones are rarely typed, and each costs a look at every word."""


def did_you_mean(text: str, query: Query, engine: Engine) -> str | None:
    """The text with its first unknown words replaced; None if there are none, or nothing is near them."""
    better: dict[str, str] = {}
    plain = (leaf for leaf in leaves(query) if isinstance(leaf, Term | Exact) and not leaf.field)
    for leaf in islice(plain, MAX_WORDS):
        if not _count(leaf, engine):
            near = engine.similar_terms(WORDS, leaf.word, 1 if len(leaf.word) < 5 else 2, 1)
            if near:
                better[leaf.word] = near[0].term
    pieces: list[str] = []
    last = 0
    for token in engine.schema.analyzer.tokens(text) if better else ():
        if token.word in better:
            pieces += text[last : token.start], better[token.word]
            last = token.end
    return "".join(pieces) + text[last:] if pieces else None


def _count(query: Query, engine: Engine) -> int:
    return engine.search(SearchRequest(query, limit=0)).total
