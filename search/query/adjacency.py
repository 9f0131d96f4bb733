"""Which words of a question belong together? Those typed side by side, whose phrase is worth extra.

"nuclear test ban" asks for three words, and a document in which they stand so answers it better. No
document matches or fails by this: it only ranks higher.
"""

from collections.abc import Iterator
from itertools import islice, pairwise

from search.query.tree import And, Exact, Or, Phrase, Query, Term

MAX_PAIRS = 8
"""The first so many pairs count: long questions ramble, and each pair costs a look at its places."""

Pair = tuple[str, str]  # two words as written but folded


def adjacent(query: Query) -> tuple[Pair, ...]:
    """The pairs of plain words that follow each other in the query, each once."""
    return tuple(islice(dict.fromkeys(_pairs(query)), MAX_PAIRS))


def _pairs(query: Query) -> Iterator[Pair]:
    match query:
        case And(children) | Or(children):
            for one, other in pairwise(word for child in children for word in _words(child)):
                if one and other:
                    yield one, other
            for child in children:
                yield from _pairs(child)


def _words(query: Query) -> Iterator[str]:
    """The plain words of a name or a word that stands beside others, as typed; "" for anything else."""
    match query:
        case Term(word=word, field=""):
            yield word
        case Phrase(stems=()):
            return  # another form of the word before it
        case Or((typed, *others)) if all(isinstance(other, Phrase | Exact) for other in others):
            yield from (word for child in getattr(typed, "children", (typed,)) for word in _words(child))
        case _:
            yield ""
