"""Dates as integers: proleptic Gregorian day numbers of any year, where 0001-01-01 is day 1.

They agree with `datetime.date.toordinal` and continue before year 1 (year 0 is 1 BC, as in
ISO 8601 and EDTF). The conversion follows Howard Hinnant, "chrono-Compatible Low-Level Date
Algorithms" (days_from_civil, civil_from_days).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

BEGINNING = -(10**9)
"""Stands for an open start ("before 1800"): earlier than every day."""
END = 10**9
"""Stands for an open end ("after 1945"): later than every day."""

Interval = Literal["decade", "year", "month", "day"]
INTERVALS: tuple[Interval, ...] = ("decade", "year", "month", "day")

_KNOWN = 20_000  # days and ranges in each cache: facets convert the same ones again and again
_EPOCH = 306  # days from 0000-03-01 to 0001-01-01
_PARTIAL = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DECADE = re.compile(r"(-?\d{3})0s", re.ASCII)


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days `earliest` to `latest`, inclusive; BEGINNING and END stand for open ends."""

    earliest: int
    latest: int

    def overlaps(self, other: "DayRange") -> bool:
        """Whether the two ranges share a day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def contains(self, other: "DayRange") -> bool:
        """Whether `other` lies wholly inside."""
        return self.earliest <= other.earliest and other.latest <= self.latest


ALL_TIME = DayRange(BEGINNING, END)


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day, which must exist."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return (
        era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH + 1
    )


def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number: the inverse of `day_number`."""
    era, day_of_era = divmod(number + _EPOCH - 1, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    return era * 400 + year_of_era + (month <= 2), month, day


def month_days(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def iso(number: int) -> str:
    """A day as `1951-07-10`; a year before 0 as `-0044-03-15`."""
    year, month, day = civil(number)
    return f"{_year(year)}-{month:02}-{day:02}"


def timestamp(seconds: float) -> str:
    """A POSIX time to the second as `2026-11-22T03:00:00Z` (RFC 3339, UTC)."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")


def posix_time(text: str) -> int:
    """The POSIX time that `timestamp` wrote."""
    return int(datetime.fromisoformat(text).timestamp())


@lru_cache(maxsize=_KNOWN)
def parse_partial(text: str) -> DayRange | None:
    """The days of `1950s`, `1951`, `1951-07` or `1951-07-10`; None if it is no such date."""
    if match := _DECADE.fullmatch(text):
        year = int(match[1] + "0")
        return DayRange(day_number(year, 1, 1), day_number(year + 9, 12, 31))
    if not (match := _PARTIAL.fullmatch(text)):
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[2] is None:
        return DayRange(day_number(year, 1, 1), day_number(year, 12, 31))
    if not 1 <= month <= 12:
        return None
    if match[3] is None:
        return DayRange(day_number(year, month, 1), day_number(year, month, month_days(year, month)))
    if not 1 <= day <= month_days(year, month):
        return None
    number = day_number(year, month, day)
    return DayRange(number, number)


@lru_cache(maxsize=_KNOWN)
def parse_range(text: str) -> DayRange | None:
    """A partial date, or two joined by `..`, either of which may be left out: `1951-07..1953`, `..1800`."""
    first, dots, last = text.partition("..")
    if not dots:
        return parse_partial(text)
    start, end = parse_partial(first), parse_partial(last)
    if (first and start is None) or (last and end is None) or not (first or last):
        return None
    days = DayRange(start.earliest if start else BEGINNING, end.latest if end else END)
    return days if days.earliest <= days.latest else None


@lru_cache(maxsize=_KNOWN)
def bucket(number: int, interval: Interval) -> str:
    """The decade, year, month or day of a day number, in the form that `parse_partial` reads."""
    year, month, day = civil(number)
    if interval == "decade":
        return f"{_year(year // 10 * 10)}s"
    return f"{_year(year)}-{month:02}-{day:02}"[: {"year": -6, "month": -3, "day": None}[interval]]


def describe_range(days: DayRange) -> str:
    """The shortest form of a range that `parse_range` reads."""
    if days.earliest == BEGINNING and days.latest == END:
        return ".."
    if days.earliest == BEGINNING:
        return f"..{iso(days.latest)}"
    if days.latest == END:
        return f"{iso(days.earliest)}.."
    for interval in INTERVALS:
        value = bucket(days.earliest, interval)
        if parse_partial(value) == days:
            return value
    return f"{iso(days.earliest)}..{iso(days.latest)}"


def _year(year: int) -> str:
    return f"{year:05}" if year < 0 else f"{year:04}"
