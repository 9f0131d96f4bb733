"""How facet values compare: in alphabetical order, and with the prefixes that a user types to find one.

Case, accents, punctuation and extra spaces make no difference, and "&" is "and".
"""

import re
from functools import lru_cache
from itertools import accumulate

from search.analysis.analyzer import fold
from search.analysis.characters import IDEOGRAPHS, is_ideograph

DIGITS = "0–9"
"""The initial of values that begin with a digit."""
SYLLABIC = "CJK"
"""The initial of all values that begin with a Chinese, Japanese or Korean character: one each is too many."""
OTHER = "…"
"""The initial of values without a letter or digit."""

_WORD = re.compile(rf"[{IDEOGRAPHS}]|[^\W_{IDEOGRAPHS}]+")
_CACHE_SIZE = 2**17

SortKey = tuple[int, str, str]


def words(value: str) -> tuple[str, ...]:
    """The folded words of a value: `V.M. Molotov` gives v, m, molotov."""
    return tuple(_WORD.findall(fold(value.replace("&", " and "))))


def prefixes(text: str) -> tuple[str, ...]:
    """The prefixes in a typed text, one for each group between spaces: `tse-tung &` gives tsetung, and."""
    groups = text.replace("&", " and ").split()
    return tuple(prefix for prefix in map("".join, map(words, groups)) if prefix)


def matches_prefixes(value: str, prefixes: tuple[str, ...]) -> bool:
    """Whether every prefix matches at a word boundary of the value; without prefixes, every value does.

    A match may run across word boundaries: `molo vm` finds V.M. Molotov, `ussr` the U.S.S.R. Embassy.
    """
    letters, starts = _joined(value)
    return all(
        prefix in letters and any(letters.startswith(prefix, start) for start in starts)
        for prefix in prefixes
    )


@lru_cache(_CACHE_SIZE)
def _joined(value: str) -> tuple[str, tuple[int, ...]]:
    """The words of a value joined without spaces, and the offset at which each word begins."""
    found = words(value)
    return "".join(found), tuple(accumulate(map(len, found[:-1]), initial=0)) if found else ()


def initial(value: str) -> str:
    """The heading of a value in an alphabetical list: a folded capital, DIGITS, SYLLABIC or OTHER."""
    first = sort_key(value)[1][:1]
    if not first:
        return OTHER
    if first.isdigit():
        return DIGITS
    return SYLLABIC if is_ideograph(first) else first.upper()


@lru_cache(_CACHE_SIZE)
def sort_key(value: str) -> SortKey:
    """Alphabetical order: digits, letters by script, ideographs, the rest; ties by the value itself."""
    letters = " ".join(words(value))
    return _rank(letters[:1]), letters, value


def _rank(first: str) -> int:
    if not first:
        return 3
    return 0 if first.isdigit() else 2 if is_ideograph(first) else 1
