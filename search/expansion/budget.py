"""How many terms may a query expand to? One budget for all its prefixes and fuzzy words, divided fairly."""

from collections.abc import Iterable

MAX_EXPANSIONS = 100
"""Terms that a prefix or fuzzy word is expanded to at most: those in the most documents."""
QUERY_EXPANSIONS = 500
"""Terms that all prefixes, fuzzy words and other spellings of a query are expanded to together.

Words are counted. What they cost is bounded as well: a word's stem has at most one part for each language of
the archive (`search.analysis.stem`), and only parts that documents have are searched.
"""


def fair_share(wanted: Iterable[int], budget: int) -> int:
    """The most terms that each may have, so that all together have no more than `budget`.

    What one does not need is left to the others (max-min fairness). Each may have one at least.
    """
    needs = sorted(wanted, reverse=True)
    rest = budget
    while needs and needs[-1] * len(needs) <= rest:
        rest -= needs.pop()
    return max(1, rest // len(needs)) if needs else MAX_EXPANSIONS
