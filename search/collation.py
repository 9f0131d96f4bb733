"""How the values of a facet are compared: in alphabetical order, and with what somebody types to find one.

Case, accents, punctuation and extra spaces make no difference, and "&" is "and".
"""

import re
from functools import lru_cache

from search.analysis import fold
from search.characters import IDEOGRAPHS, is_ideograph

DIGITS = "0–9"
"""The initial of values that begin with a digit."""
SYLLABIC = "CJK"
"""The initial of values that begin with a Chinese, Japanese or Korean character: too many for one each."""
OTHER = "…"
"""The initial of values without a letter or digit."""

_WORD = re.compile(rf"[{IDEOGRAPHS}]|[^\W_{IDEOGRAPHS}]+")
_RANKS = {DIGITS: 0, SYLLABIC: 2, OTHER: 3}  # letters, at 1, in the order of their scripts
_CACHE_SIZE = 2**17

SortKey = tuple[int, str, str]


@lru_cache(_CACHE_SIZE)
def words(value: str) -> tuple[str, ...]:
    """The folded words of a value: `V.M. Molotov` is v, m, molotov."""
    return tuple(_WORD.findall(fold(value.replace("&", " and "))))


def typed(text: str) -> tuple[str, ...]:
    """What is between the spaces of a text, as `begins` wants it: `tse-tung &` is tsetung, and."""
    parts = text.replace("&", " and ").split()
    return tuple(part for part in map("".join, map(words, parts)) if part)


def begins(value: str, parts: tuple[str, ...]) -> bool:
    """Whether each part is how some word of the value begins, and perhaps goes on into the next.

    So `molo vm` finds V.M. Molotov, and `ussr` the U.S.S.R. Embassy; no parts are in every value.
    """
    found = words(value)
    joined = ["".join(found[start:]) for start in range(len(found))]
    return all(any(tail.startswith(part) for tail in joined) for part in parts)


def initial(value: str) -> str:
    """What a value stands under in an alphabetical list: a folded capital, DIGITS, SYLLABIC or OTHER."""
    found = words(value)
    if not found:
        return OTHER
    first = found[0][0]
    if first.isdigit():
        return DIGITS
    return SYLLABIC if is_ideograph(first) else first.upper()


def sort_key(value: str) -> SortKey:
    """Alphabetical order: digits, then letters by script, then ideographs; equal ones as written."""
    return _RANKS.get(initial(value), 1), " ".join(words(value)), value
