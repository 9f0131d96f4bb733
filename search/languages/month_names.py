"""Which month does a word name? In one language one; in all languages together, a few words name two.

*Listopad* is November in Polish and Czech, and October in Croatian. Whoever reads dates gives such a word all
the days that it allows, and says that the date is uncertain. How the day is written may tell the language:
a word with a full stop behind the day (`12. listopada`) is one of a language that writes days so, if any is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from search.languages.language import Language, language, languages


def _names() -> Iterator[tuple[str, int, Language]]:
    for item in languages():
        for number, forms in enumerate(item.dates.months, 1):
            yield from ((form, number, item) for form in forms)


def _numbers(names: Iterable[tuple[str, int, Language]]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for form, number, _ in names:
        found.setdefault(form, set()).add(number)
    return {form: tuple(sorted(numbers)) for form, numbers in found.items()}


MONTHS_NAMED = _numbers(_names())
"""Name or abbreviation in any language, lower case and without a full stop -> the months from 1 to 12."""

OTHER_MONTHS = _numbers(name for name in _names() if name[2].name != "English")
"""The same in languages other than English, which may share a word with it (April)."""

AMBIGUOUS = frozenset(word for word, numbers in MONTHS_NAMED.items() if len(numbers) > 1)
"""The words that name different months in different languages."""

MONTH_OF_ANY_LANGUAGE = rf"(?:{'|'.join(sorted(MONTHS_NAMED, key=len, reverse=True))})(?!\w)\.?"
"""A regular expression for IGNORECASE: one of these words, with its full stop."""

_AMBIGUOUS_NAME = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(AMBIGUOUS)) or '(?!)'})(?!\w)", re.IGNORECASE)
_AFTER_DAY = re.compile(r"\d{1,2}(?P<stop>\.)?\s+$")
_ENGLISH = [forms[0] for forms in language("english").dates.months]


def months_named(written: str) -> tuple[int, ...]:
    """The numbers of the months that a word may name, as it is written; none for any other word."""
    return MONTHS_NAMED.get(written.lower().removesuffix("."), ())


def readings(text: str) -> tuple[str, ...]:
    """A date as it is; with an ambiguous name of a month, once for each month, with its English name."""
    months = _months_in_date(text)
    return tuple(_AMBIGUOUS_NAME.sub(_ENGLISH[month - 1], text) for month in months) if months else (text,)


def _months_in_date(text: str) -> tuple[int, ...]:
    """The months that the ambiguous name in a date may be; none where there is no such name."""
    found = _AMBIGUOUS_NAME.search(text)
    if not found:
        return ()
    name = found[0].lower()
    of_languages = [(number, item) for form, number, item in _names() if form == name]
    if day := _AFTER_DAY.search(text[: found.start()]):
        stop = bool(day["stop"])
        likely = [pair for pair in of_languages if ("." in pair[1].dates.after_day) == stop]
        of_languages = likely or of_languages
    return tuple(sorted({number for number, _ in of_languages}))
