"""The words of dates in all languages of search/languages/, as parts of patterns for IGNORECASE."""

import re
from collections.abc import Callable, Iterable

from search.languages import Language, words_of_all


def _any(words: Callable[[Language], Iterable[str]]) -> str:
    return "|".join(map(re.escape, words_of_all(words))).replace("'", "['’]")


WEEKDAYS = _any(lambda language: (form for forms in language.dates.weekdays for form in forms))
BEFORE_DAY = rf"(?:{_any(lambda language: language.dates.before_day)})\.?"
"""Words before the number of a day, one of them: `le`, `den`, `d.`"""
LONG_BEFORE_DAY = _any(lambda language: (word for word in language.dates.before_day if len(word) > 1))
"""Those of two letters and more: before a date, `Vitamin A` ends with none."""
AFTER_DAY = _any(lambda language: (word for word in language.dates.after_day if word != "."))
BEFORE_MONTH = _any(lambda language: language.dates.before_month)
BEFORE_YEAR = _any(lambda language: language.dates.before_year)
JOINING = f"{BEFORE_MONTH}|{BEFORE_YEAR}"
AFTER_YEAR = _any(lambda language: language.dates.after_year)
UNTIL = _any(lambda language: language.dates.until)
CIRCA = _any(lambda language: language.dates.circa)


def _with_stops(phrase: str) -> str:
    """A phrase with any spaces between its words; after the first full stop, space and full stop may lack."""
    first, stop, rest = phrase.lower().partition(". ")
    if not stop:
        return r"\s+".join(map(re.escape, phrase.lower().split()))
    return rf"{re.escape(first)}\. ?{re.escape(rest.removesuffix('.'))}\.?"


UNDATED = "|".join(map(_with_stops, words_of_all(lambda language: language.dates.undated)))
"""Statements that there is no date: `sans date`, `o. D.`"""
