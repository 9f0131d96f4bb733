"""Compounds: is it cease fire, cease-fire or ceasefire? Two words that some write as one, and one as two.

Forms are added as other forms of a name are: shown to the user, and only if the index has them and names
are expanded. Documents with the form that was typed rank first.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, compress, islice

from search.aliases import Aliases
from search.engines import Engine
from search.query.adjacency import Pair, adjacent_pairs
from search.query.tree import And, Not, Phrase, Query, Term, leaves
from search.request import SearchRequest

MIN_PART = 3
"""Letters of the shorter half of a compound."""
MAX_WORDS = 8
"""Words of a query that are tried as compounds."""


def compounds(query: Query, engine: Engine) -> Aliases:
    """The compounds of a query: adjacent words and their joined form, words and their halves.

    Only those whose other form finds further documents. Raises EngineError alone.
    """
    pairs = [pair for pair in adjacent_pairs(query) if _can_join(*pair)]
    halves = dict(_halves(query, engine))
    known = _known([*chain.from_iterable((*pair, "".join(pair)) for pair in (*pairs, *halves))], engine)
    groups: list[tuple[str, ...]] = []
    for pair in pairs:
        word, apart = "".join(pair), And(tuple(_term(half, engine) for half in pair))
        if known >= {*pair, word} and _adds(_term(word, engine), apart, engine):
            groups.append((" ".join(pair), word))
    for pair, word in halves.items():
        if known >= {*pair, word} and _adds(Phrase(pair, ()), _term(word, engine), engine):
            groups.append((word, " ".join(pair)))
    return Aliases(tuple(groups))


def _can_join(one: str, other: str) -> bool:
    return one.isalpha() and other.isalpha() and len(one) > 1 and len(other) > 1


def _halves(query: Query, engine: Engine) -> Iterator[tuple[Pair, str]]:
    """Each way to split a plain word of the query in two, with the word."""
    stop_words = engine.schema.analyzer.stop_words
    plain = (leaf.word for leaf in leaves(query) if isinstance(leaf, Term) and not leaf.field)
    for word in islice(dict.fromkeys(plain), MAX_WORDS):
        for middle in range(MIN_PART, len(word) - MIN_PART + 1) if word.isalpha() else ():
            pair = word[:middle], word[middle:]
            if stop_words.isdisjoint(pair):
                yield pair, word


def _known(words: Sequence[str], engine: Engine) -> set[str]:
    """Those of the words whose stem some document has."""
    frequencies = engine.frequencies([engine.schema.analyzer.stem(word) for word in words])
    return set(compress(words, frequencies))


def _adds(form: Query, asked: Query, engine: Engine) -> bool:
    """Whether a form finds a document that the query as asked does not; a mere slip seldom does."""
    return bool(engine.search(SearchRequest(And((form, Not(asked))), limit=0)).total)


def _term(word: str, engine: Engine) -> Term:
    return Term(engine.schema.analyzer.stem(word), word)
