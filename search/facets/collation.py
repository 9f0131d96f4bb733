"""How the values of a facet are compared: in alphabetical order, and with what somebody types to find one.

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
"""The initial of values that begin with a Chinese, Japanese or Korean character: too many for one each."""
OTHER = "…"
"""The initial of values without a letter or digit."""

_WORD = re.compile(rf"[{IDEOGRAPHS}]|[^\W_{IDEOGRAPHS}]+")
_CACHE_SIZE = 2**17

SortKey = tuple[int, str, str]


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
    letters, starts = _joined(value)
    return all(part in letters and any(letters.startswith(part, start) for start in starts) for part in parts)


@lru_cache(_CACHE_SIZE)
def _joined(value: str) -> tuple[str, tuple[int, ...]]:
    """The words of a value in one, and where each begins."""
    found = words(value)
    return "".join(found), tuple(accumulate(map(len, found[:-1]), initial=0)) if found else ()


def initial(value: str) -> str:
    """What a value stands under in an alphabetical list: a folded capital, DIGITS, SYLLABIC or OTHER."""
    first = sort_key(value)[1][:1]
    if not first:
        return OTHER
    if first.isdigit():
        return DIGITS
    return SYLLABIC if is_ideograph(first) else first.upper()


@lru_cache(_CACHE_SIZE)
def sort_key(value: str) -> SortKey:
    """Alphabetical order: digits, then letters by script, then ideographs; equal ones as written."""
    letters = " ".join(words(value))
    return _rank(letters[:1]), letters, value


def _rank(first: str) -> int:
    if not first:
        return 3
    return 0 if first.isdigit() else 2 if is_ideograph(first) else 1
