"""Which days do `date:`, `before:` and `after:` ask for? Reads ISO 8601 and the forms that people type."""

import re

from search.calendar import ALL_TIME, BEGINNING, END, DayRange, parse_partial, parse_range
from search.languages.month_names import MONTH_OF_ANY_LANGUAGE, months_named, readings

DATE_FIELDS = ("date", "before", "after")
"""The names before a colon whose value is a date."""

_WORDED = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})\.?\s+)?(?P<month>{MONTH_OF_ANY_LANGUAGE})\s+"
    r"(?:(?P<late_day>[0-9]{1,2}),?\s+)?(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)  # 1951-7-4, 1951/07/04
_YEARS = re.compile(r"(\d{4})\s?[-–—]\s?(\d{4})", re.ASCII)
_COMPARED = re.compile(r"([<>]=?)(.+)", re.DOTALL)


def days_asked(field: str, text: str) -> DayRange | None:
    """The days that the value of one of `DATE_FIELDS` asks for; None if it is no date, or ambiguous.

    `date:*` asks for any day: for documents that have a date. A month that languages differ in asks for all
    days that it allows.

    >>> days_asked("date", "12 March 1951") == days_asked("date", "1951-03-12")
    True
    """
    asked = (_days_asked(field, reading) for reading in readings(" ".join(text.split())))
    found = [days for days in asked if days]
    return DayRange(min(d.earliest for d in found), max(d.latest for d in found)) if found else None


def _days_asked(field: str, text: str) -> DayRange | None:
    if field == "date":
        if text in {"*", ".."}:
            return ALL_TIME
        return _compared(text) or parse_range("..".join(map(_iso, _ends(text))))
    days = parse_partial(_iso(text))
    return days and beyond(field, days)


def _ends(text: str) -> list[str]:
    if match := _YEARS.fullmatch(text):
        return [match[1], match[2]]
    ends = text.split(" TO ", 1) if " TO " in text else text.split("..", 1)
    return ["" if end == "*" and len(ends) == 2 else end for end in ends]


def _compared(text: str) -> DayRange | None:
    match = _COMPARED.fullmatch(text)
    days = match and parse_partial(_iso(match[2].strip()))
    if not match or not days:
        return None
    match match[1]:
        case "<=":
            return DayRange(BEGINNING, days.latest)
        case ">=":
            return DayRange(days.earliest, END)
    return beyond("before" if match[1] == "<" else "after", days)


def beyond(field: str, days: DayRange) -> DayRange:
    """The days that `before:` and `after:` some days ask for."""
    return DayRange(BEGINNING, days.earliest - 1) if field == "before" else DayRange(days.latest + 1, END)


def _iso(text: str) -> str:
    """The date as `parse_partial` reads it, if its year comes first or its month is a name; else the text."""
    text = text.strip()
    if match := _LOOSE.fullmatch(text):
        return "-".join([match[1], *(part.zfill(2) for part in (match[3], match[4]) if part)])
    if (match := _WORDED.fullmatch(text)) and not (match["day"] and match["late_day"]):
        day = match["day"] or match["late_day"]
        return f"{match['year']}-{months_named(match['month'])[0]:02}" + (f"-{day:0>2}" if day else "")
    return text
