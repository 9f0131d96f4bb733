"""A date in any language, put into English words and figures that `index.metadata.date_forms` reads."""

import re
import unicodedata

from index.metadata.date_words import AFTER_DAY, AFTER_YEAR, BEFORE_DAY, BEFORE_MONTH, BEFORE_YEAR, WEEKDAYS
from search.languages.english_months import MONTH, MONTHS
from search.languages.month_names import OTHER_MONTHS

_MONTH_AND_WHAT_JOINS_IT = re.compile(
    rf"(?:(?<=\d)(?:{AFTER_DAY}|\.?[°º]|\.)?\s+(?:(?:{BEFORE_MONTH})(?:\s+|(?<=['’])))?)?(?<!\w)"
    rf"(?P<name>[^\W\d_]+)(?!\w)\.?(?:\s+(?:{BEFORE_YEAR})(?=\s+\d))?",
    re.IGNORECASE,
)
"""A word that may be a month, and what joins it to day and year: `1er mai 1951`, `4 de julio de 1951`."""
_LEFT_OUT = re.compile(
    rf"""^(?:{WEEKDAYS})[,.]?\s+ (?:(?:{BEFORE_DAY})\s+)? (?=\d)
    | ^(?:{BEFORE_DAY})\s+(?=\d)
    | (?<=\d)[.,]*\s+(?:{WEEKDAYS})$
    | (?<=\d\d\d)\.?\s*(?:{AFTER_YEAR})(?!\w)\.?
    | (?:(?<=\s\d)|(?<=\s\d\d))\s?(?:{AFTER_DAY})\.?$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Weekdays, and words before a day, behind a day that ends the date, and behind a year."""
_ORDINALS = re.findall(
    r"[a-z-]+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth "
    "thirty-first",
)
_ORDINAL_OF_A_DATE = re.compile(
    rf"(?P<before>\b{MONTH}\s+the\s+)?\b(?P<word>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b"
    rf"(?(before)|(?=\s+(?:day\s+)?of\s+{MONTH}|[\s-]+centur))",
    re.IGNORECASE | re.ASCII,
)
"""An ordinal that counts days or centuries: `May the fourth`, `the fourth day of May`, `fourth century`."""


TRANSLATED = (_ORDINAL_OF_A_DATE.pattern, WEEKDAYS, BEFORE_DAY, " ".join(OTHER_MONTHS))
"""The words and patterns with which a date begins that is translated."""
_WORD = re.compile(r"[a-z]+")
_WORDS = frozenset(
    {
        *(name for name in OTHER_MONTHS if name.isascii()),
        *(ordinal.partition("-")[0] for ordinal in _ORDINALS),
        *_WORD.findall(f"{WEEKDAYS} {BEFORE_DAY} {AFTER_YEAR} {AFTER_DAY}"),
    }
)
"""All words in ASCII that are translated, and some others."""


def in_english(text: str) -> str:
    """The date with its months in English, its ordinals in figures, and no foreign weekdays and articles."""
    if text.isascii() and _WORDS.isdisjoint(_WORD.findall(text.lower())):
        return text  # as in most cases, and so much faster
    return _in_english(unicodedata.normalize("NFC", text))


def _in_english(text: str) -> str:
    text = _LEFT_OUT.sub("", text)
    text = _MONTH_AND_WHAT_JOINS_IT.sub(_english_month, text)
    return _ORDINAL_OF_A_DATE.sub(_ordinal_in_figures, text)


def _english_month(match: re.Match[str]) -> str:
    numbers = OTHER_MONTHS.get(match["name"].lower())
    if not numbers:
        return match[0]
    joined = " " if match.start() < match.start("name") else ""
    return joined + MONTHS[numbers[0] - 1]


def _ordinal_in_figures(match: re.Match[str]) -> str:
    return f"{match['before'] or ''}{_ORDINALS.index(match['word'].lower()) + 1}th"
