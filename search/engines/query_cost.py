"""What does a query cost? Estimated from document frequencies, before an engine executes it.

The unit is a posting that Tantivy or Lucene reads: a document in which a term of the query occurs. A query
that costs too much is refused, and the error names its costliest term; it would keep its user and all others
waiting.
"""

from collections.abc import Mapping
from itertools import chain

from search.analysis.stem import Stem
from search.engines import Engine
from search.errors import QueryTooCostly
from search.query.traversal import all_leaves
from search.query.tree import AnyOf, DateRange, Exact, Leaf, Phrase, Query, Term

_UNITS = {"tantivy": 1, "opensearch": 1, "whoosh": 20, "memory": 20}
"""What reading a posting takes on each engine."""
_POSITIONS = 4
"""What comparing a posting's positions takes, beside reading it."""


def refuse_if_too_costly(query: Query, engine: Engine, limit: int) -> None:
    """Raise QueryTooCostly, naming the costliest term, if an expanded query costs more than `limit`."""
    terms = {leaf: _stems(leaf, engine) for leaf in all_leaves(query)}
    info = engine.info()
    unit = _UNITS[info.engine]
    if unit * _POSITIONS * info.documents * sum(map(len, terms.values())) <= limit:
        return  # even if every document had every term
    stems = list(dict.fromkeys(chain.from_iterable(terms.values())))
    frequencies = dict(zip(stems, engine.frequencies(stems), strict=True))
    costs = {leaf: unit * _cost(leaf, terms[leaf], frequencies, info.documents) for leaf in terms}
    if sum(costs.values()) > limit:
        costliest = max(costs, key=costs.__getitem__)
        raise QueryTooCostly(str(costliest), sum(costs.values()), limit)


def _stems(leaf: Leaf, engine: Engine) -> list[Stem]:
    """A stem for each term that is read for a leaf: it is in as many documents as the term, or in more."""
    match leaf:
        case Term(stem) | Exact(stem=stem):
            return [stem]
        case Phrase(words):
            return list(map(engine.analyzer.stem, dict.fromkeys(words)))
        case AnyOf(alternatives):
            return [word.stem for word in alternatives]
        case _:
            return [""]


def _cost(leaf: Leaf, stems: list[Stem], frequencies: Mapping[Stem, int], documents: int) -> int:
    """The postings that are read for a leaf."""
    if isinstance(leaf, DateRange):
        return documents
    postings = [frequencies[stem] for stem in stems]
    compared = len(postings) * min(postings) if isinstance(leaf, Phrase) else 0
    return sum(postings) + _POSITIONS * compared
