"""Dates as text for people."""

from search.calendar import DayRange, bucket, civil, describe_range, parse_range
from search.document import ArchivalDate
from search.languages.english_months import MONTHS


def day_text(day_number: int) -> str:
    """A day: `4 July 1953`."""
    year, month, day = civil(day_number)
    return f"{day} {MONTHS[month - 1]} {_year(year)}"


def date_text(value: str) -> str:
    """A partial date or a range of two: `1951-07` gives `July 1951`. Other text is returned unchanged."""
    first, dots, last = value.partition("..")
    if not dots:
        return _partial_date(value)
    if not first or not last:
        return f"from {_partial_date(first)}" if first else f"until {_partial_date(last)}"
    return f"{_partial_date(first)} to {_partial_date(last)}"


def date_note(date: ArchivalDate) -> str:
    """The days of an inexact date; empty where they are evident from the date as written."""
    if not date.understood:
        return "not understood as a date"
    if date.earliest is None or date.latest is None:
        bound = date.latest if date.earliest is None else date.earliest
        assert bound is not None  # noqa: S101 - a date that is understood has a bound
        return f"{'not after' if date.earliest is None else 'not before'} {day_text(bound)}"
    days = DayRange(date.earliest, date.latest)
    described = describe_range(days)
    if ".." in described:
        return f"between {day_text(days.earliest)} and {day_text(days.latest)}"
    # "July 1953" needs no note; "the summer of 1953" and "circa 1953" do.
    return "" if date.certainty == "exact" else f"{date_text(described)}, {date.certainty}"


def enclosing_bucket(date: ArchivalDate | None) -> str:
    """The value of the date facet that contains a date: its month, else its year, decade or range of days.

    Empty for a date that is missing, not understood or open at one end.
    """
    if date is None or date.earliest is None or date.latest is None:
        return ""
    for interval in ("month", "year", "decade"):
        value = bucket(date.earliest, interval)
        if value == bucket(date.latest, interval):
            return value
    return describe_range(DayRange(date.earliest, date.latest))


def year_span(earliest: int, latest: int) -> str:
    """The years between two day numbers: `1951–1953`."""
    first, last = civil(earliest)[0], civil(latest)[0]
    return _year(first) if first == last else f"{_year(first)}–{_year(last)}"


def _partial_date(value: str) -> str:
    if value.endswith("s") or parse_range(value) is None:
        return value
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    year, *rest = digits.split("-")
    parts = [_year(int(sign + year))]
    if rest:
        parts.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        parts.insert(0, str(int(rest[1])))
    return " ".join(parts)


def _year(year: int) -> str:
    """A year of the astronomical count, in which 0 is 1 BC."""
    return str(year) if year > 0 else f"{1 - year} BC"
