"""Is it cease fire, cease-fire or ceasefire? Two words that some write as one, and one as two.

Only forms that the index has are added, as other names of one thing are: visibly, and only where
names are expanded. Documents with the form that was typed rank first.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, compress, islice

from search.aliases import Aliases
from search.engines import Engine
from search.query.adjacency import Pair, adjacent
from search.query.tree import And, Not, Phrase, Query, Term, leaves
from search.request import SearchRequest

MIN_PART = 3
"""Letters of the shorter half of a word that is taken apart."""
MAX_WORDS = 8
"""The first so many words of a query are taken apart."""


def compounds(query: Query, engine: Engine) -> Aliases:
    """Neighbouring words and their joined form, long words and their two halves, where that finds more."""
    pairs = [pair for pair in adjacent(query) if _can_join(*pair)]
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
    """Each way to take a plain word of the query apart."""
    stop_words = engine.schema.analyzer.stop_words
    plain = (leaf.word for leaf in leaves(query) if isinstance(leaf, Term) and not leaf.field)
    for word in islice(dict.fromkeys(plain), MAX_WORDS):
        for cut in range(MIN_PART, len(word) - MIN_PART + 1) if word.isalpha() else ():
            pair = word[:cut], word[cut:]
            if stop_words.isdisjoint(pair):
                yield pair, word


def _known(words: Sequence[str], engine: Engine) -> set[str]:
    """Those of the words that some document has in some form."""
    frequencies = engine.frequencies([engine.schema.analyzer.stem(word) for word in words])
    return set(compress(words, frequencies))


def _adds(form: Query, asked: Query, engine: Engine) -> bool:
    """Whether a form has a document that what is asked does not: a slip beside the usual form has none."""
    return bool(engine.search(SearchRequest(And((form, Not(asked))), limit=0)).total)


def _term(word: str, engine: Engine) -> Term:
    return Term(engine.schema.analyzer.stem(word), word)
