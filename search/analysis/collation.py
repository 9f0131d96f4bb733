"""How titles and facet values compare: in alphabetical order, and with the prefixes typed to find a value.

Case, accents, punctuation and extra spaces make no difference, "&" is "and", and numbers count by what they
amount to: É stands at E, Ł at L, 10 after 2. Titles are filed without their leading article.
"""

import re
from functools import lru_cache
from itertools import accumulate

from search.analysis.characters import IDEOGRAPHS, is_ideograph
from search.analysis.folding import fold
from search.languages import language as language_of

DIGITS = "0–9"
"""The initial of values that begin with a digit."""
SYLLABIC = "CJK"
"""The initial of all values that begin with a Chinese, Japanese or Korean character: one each is too many."""
OTHER = "…"
"""The initial of values without a letter or digit."""

MAX_TITLE_KEY = 200
"""Characters of a title's key."""

_NUMBER = re.compile(r"\d{1,99}")
_WORD = re.compile(rf"[{IDEOGRAPHS}]|[^\W_{IDEOGRAPHS}]+")
_CACHE_SIZE = 2**17

SortKey = tuple[str, str]


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
    first = next(iter(words(value)), "")[:1]
    if not first:
        return OTHER
    if first.isdigit():
        return DIGITS
    return SYLLABIC if is_ideograph(first) else first.upper()


@lru_cache(_CACHE_SIZE)
def sort_key(value: str) -> SortKey:
    """Alphabetical order: digits, letters by script, ideographs, the rest; ties by the value itself."""
    return _letters_in_order(value), value


def title_key(title: str, language: str) -> str:
    """The key of sorting by title, in the same order as `sort_key`, whether compared as text or as UTF-8.

    An article of the archive's language at the head of the title is left out: *The Accord* stands at A.
    """
    article = _leading_article(language)
    filed = title[found.end() :] if article and (found := article.match(title)) else title
    return _letters_in_order(filed)[:MAX_TITLE_KEY]


@lru_cache
def _leading_article(language: str) -> re.Pattern[str] | None:
    """An article and what stands before it. A single letter before a number or an initial is none."""
    if not (words := language_of(language).articles):
        return None
    articles = "|".join(words).replace("'", "['’]")
    return re.compile(rf"[\W_]*(?:{articles})(?:(?<=['’])|\s+)(?=[^\W\d_]{{2}}|(?<=\w\w\s)\w)", re.IGNORECASE)


def _letters_in_order(value: str) -> str:
    """The rank of a value's first character, then its words; a number is preceded by its length."""
    letters = " ".join(words(value))
    return f"{_rank(letters[:1])}{_NUMBER.sub(_number_in_order, letters)}"


def _number_in_order(found: re.Match[str]) -> str:
    digits = str(int(found[0]))
    return f"{len(digits):02}{digits}"


def _rank(first: str) -> int:
    if not first:
        return 3
    return 0 if first.isdigit() else 2 if is_ideograph(first) else 1
