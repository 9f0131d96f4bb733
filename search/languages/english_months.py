"""The English names of the months; `month_names` has those of all languages."""

from search.languages import language

_NAMES = language("english").dates.months

MONTHS = tuple(forms[0].title() for forms in _NAMES)
"""The names; the month of number 1 stands first."""

MONTH_NUMBERS = {form: number for number, forms in enumerate(_NAMES, 1) for form in forms}
"""Name or abbreviation, lower case and without a full stop -> 1 to 12."""

MONTH = rf"(?:{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b\.?"
"""A regular expression for IGNORECASE: a whole name or abbreviation, with its full stop."""


def month_number(written: str) -> int:
    """The number of the month that one of these matched. Raises KeyError for any other word."""
    return MONTH_NUMBERS[written.lower().removesuffix(".")]
