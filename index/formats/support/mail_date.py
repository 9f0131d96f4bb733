"""When was a message sent? The day in its `Date` field, in the languages that mail programs write it in.

RFC 5322 (sections 3.3 and 4.3, on obsolete dates) and what programs wrote instead: names of weekdays and
months in other languages, missing commas, full stops, two and three figures for the year.
"""

import re
from collections.abc import Sequence

from search.calendar import month_days
from search.languages import languages
from search.languages.english_months import MONTH_NUMBERS
from search.languages.month_names import AMBIGUOUS

_MONTHS = {
    word: at
    for language in languages()
    for months in (language.dates.months, language.dates.mail_months)
    for at, forms in enumerate(months, 1)
    for word in forms
    if word not in AMBIGUOUS
} | MONTH_NUMBERS
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>\d{4}|\d{2,3})(?![\d:])"
_CLOCK = r"\d{1,2}:\d{1,2}(?::\d{1,2})?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d:])(?P<day>\d{{1,2}})\.?(?:\s+|-|\s*de\s+){_WORD}(?:\s+|-|,\s*|\s+de\s+){_YEAR}",
        rf"(?<!\w){_WORD}\s+(?P<day>\d{{1,2}})(?:,|\s)\s*(?:{_CLOCK}\s+(?:[A-Z]{{3,5}}\s+)?)?(?P<year>\d{{4}})\b",
        r"(?<!\d)(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
        r"(?P<year>\d{4})\s*[年년]\s*(?P<number>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]",
    )
)
_LONGEST = 300  # characters


def day_sent(date: str, received: Sequence[str]) -> str:
    """The day of sending in the sender's time zone, as `1999-05-29`.

    If the `Date` field does not tell it, it is that of the first server that received the message (the last
    field `Received`); if neither does, it is the `Date` field as written.
    """
    if own := _day(date):
        return own
    hops = (_day(hop.rpartition(";")[2]) for hop in reversed(received))
    return next(filter(None, hops), date.strip())


def _day(text: str) -> str:
    text = text[:_LONGEST]
    for form in _FORMS:
        for match in form.finditer(text):
            if found := _read(match.groupdict()):
                return found
    return ""


def _read(found: dict[str, str | None]) -> str:
    name, number = found.get("month"), found.get("number")
    month = int(number) if number else _MONTHS.get((name or "").lower(), 0)
    year, day = _year(found["year"] or ""), int(found["day"] or "0")
    if not (1 <= month <= 12 and year and 1 <= day <= month_days(year, month)):
        return ""
    return f"{year:04}-{month:02}-{day:02}"


def _year(figures: str) -> int:
    """The year; of two or three figures as RFC 5322, section 4.3, has it."""
    year = int(figures)
    if len(figures) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(figures) == 3 else year
