"""The days that a match of one of the forms of `index.metadata.date_forms` stands for.

Each reader takes the match, whose groups (`day`, `month`, `year`, `era`, `vague` …) the form names, and
returns the first and the last day; None where the words cannot be such a date (31 June).
"""

import re

from search.calendar import day_number, month_days
from search.languages.english_months import MONTH_NUMBERS, month_number

Days = tuple[int, int]
"""The first and the last of some days, as day numbers (see `search.calendar`)."""

_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_EDTF_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
PARTS = {"early": 0, "beginning of": 0, "start of": 0, "mid": 1, "middle of": 1, "late": 2, "end of": 2}
_DECADE_PARTS = ((0, 3), (3, 6), (6, 9))
_CENTURY_PARTS = ((0, 33), (33, 66), (66, 99))
_MONTH_PARTS = ((1, 10), (11, 20), (21, 31))
HALVES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "latter": 1}
QUARTERS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": 3,
}  # fmt: skip
_LAST_YEAR_OF_TWO_STYLES = 1752  # when the last of them, England, moved its New Year from 25 March

_FIRST_YEAR_OF_GROUPS = 30  # of the 20th century: date-time groups came into use in the Second World War


def year_days(year: int, first: int = 1, last: int = 12) -> Days:
    """The days of a year, or of its months `first` to `last`."""
    return day_number(year, first, 1), day_number(year, last, month_days(year, last))


def _days(year: int, month: int, day: int) -> Days | None:
    if not 1 <= month <= 12 or not 1 <= day <= month_days(year, month):
        return None
    return day_number(year, month, day), day_number(year, month, day)


def _year(match: re.Match[str]) -> int:
    era = (match.groupdict().get("era") or "").lower()
    return 1 - int(match["year"]) if era.startswith("b") else int(match["year"])


def _month(match: re.Match[str]) -> int:
    return month_number(match["month"])


def full(match: re.Match[str]) -> Days | None:
    """A day: `10 July 1951`."""
    return _days(_year(match), _month(match), int(match["day"]))


def date_time_group(match: re.Match[str]) -> Days | None:
    """The day of a military date-time group: `061232Z MAR 74`, whose two-digit years are 1930 to 2029."""
    if match["month"].lower() not in MONTH_NUMBERS:
        return None
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 1900 if year >= _FIRST_YEAR_OF_GROUPS else 2000
    return _days(year, _month(match), int(match["day"]))


def month_only(match: re.Match[str]) -> Days:
    """A month, or the first, middle or last third of one: `July 1951`, `late July 1951`."""
    year, month = _year(match), _month(match)
    first, last = 1, month_days(year, month)
    if vague := match.groupdict().get("vague"):
        first, end = _MONTH_PARTS[_part(vague)]
        last = min(end, last)
    return day_number(year, month, first), day_number(year, month, last)


def year_only(match: re.Match[str]) -> Days | None:
    """A year: `1951`, `44 BC`; None for a bare number of up to three digits."""
    if not match.groupdict().get("ad") and not match["era"] and len(match["year"]) < 4:
        return None
    return year_days(_year(match))


def year_part(match: re.Match[str]) -> Days:
    """A third of a year: `early 1951`."""
    part = _part(match["vague"])
    return year_days(_year(match), part * 4 + 1, part * 4 + 4)


def half(match: re.Match[str]) -> Days | None:
    """A half of a month, year, decade or century: `first half of 1951`."""
    half, words = HALVES[match["half"].lower()], match.groupdict()
    if words.get("century"):
        return _century_years(int(match["century"]), half * 50, half * 50 + 49)
    if words.get("decade"):
        begin = int(match["decade"]) * 10 + half * 5
        return year_days(begin)[0], year_days(begin + 4)[1]
    if words.get("month"):
        year, month = _year(match), _month(match)
        first, last = (16, month_days(year, month)) if half else (1, 15)
        return day_number(year, month, first), day_number(year, month, last)
    return year_days(_year(match), half * 6 + 1, half * 6 + 6)


def quarter(match: re.Match[str]) -> Days | None:
    """A quarter of a year or a century: `Q3 1951`, `last quarter of the 19th century`."""
    words = match.groupdict()
    quarter = int(words["number"]) - 1 if words.get("number") else QUARTERS[match["quarter"].lower()]
    if words.get("century"):
        return _century_years(int(match["century"]), quarter * 25, quarter * 25 + 24)
    return year_days(_year(match), quarter * 3 + 1, quarter * 3 + 3)


def decade(match: re.Match[str]) -> Days:
    """A decade, or a third of one: `1950s`; the hundred years of `1800s`, which may mean either."""
    part = _part(match["vague"]) if match["vague"] else None
    first, last = (0, 9) if part is None else _DECADE_PARTS[part]
    year = int(match["decade"]) * 10
    if year % 100 == 0:
        last = 99 if part is None else _CENTURY_PARTS[part][1]
    return year_days(year + first)[0], year_days(year + last)[1]


def century(match: re.Match[str]) -> Days | None:
    """A century, or a third of one: `19th century`, `late 19th century`."""
    first, last = _CENTURY_PARTS[_part(match["vague"])] if match["vague"] else (0, 99)
    bc = (match["era"] or "").lower().startswith("b")
    return _century_years(int(match["century"]), first, last, bc=bc)


def _century_years(century: int, first: int, last: int, *, bc: bool = False) -> Days | None:
    if not century:
        return None
    begin = 1 - century * 100 if bc else century * 100 - 99  # the 19th century is 1801 to 1900
    return year_days(begin + first)[0], year_days(begin + last)[1]


def season(match: re.Match[str]) -> Days:
    """A season: `spring 1951`."""
    return _season_days(match["vague"].lower(), _year(match))


def winter(match: re.Match[str]) -> Days | None:
    """A winter across two years: `winter 1950/51`."""
    year = _year_before_next(match)
    return None if year is None else (day_number(year, 12, 1), year_days(year + 1, 1, 2)[1])


def two_years(match: re.Match[str]) -> Days | None:
    """Two years: `1950/1`."""
    year = _year_before_next(match)
    return None if year is None else (year_days(year)[0], year_days(year + 1)[1])


def two_styles(match: re.Match[str]) -> Days | None:
    """A day or month under two calendars, whose years began on 25 March and 1 January: `Feb. 11, 1731/2`."""
    year, month = _year_before_next(match), _month(match)
    if year is None or year >= _LAST_YEAR_OF_TWO_STYLES or month > 3:
        return None
    if day := match.groupdict().get("day"):
        return None if month == 3 and int(day) > 24 else _days(year + 1, month, int(day))
    return year_days(year + 1, month, month)


def _year_before_next(match: re.Match[str]) -> int | None:
    """The year of `1950/51`, `1950/1` or `1950-1951`; None where the second does not follow the first."""
    year, following = int(match["year"]), match["next"]
    return year if int(following) == (year + 1) % 10 ** len(following) else None


def _season_days(season: str, year: int) -> Days:
    if season == "winter":  # of one year or the other: the words allow both
        return year_days(year)[0], year_days(year + 1, 1, 2)[1]
    return year_days(year, *_SEASONS[season])


def _part(words: str) -> int:
    return PARTS[" ".join(words.lower().replace("-", " ").split())]


def roman(match: re.Match[str]) -> Days | None:
    """A month in Roman figures, with or without a day: `10.VII.1951`, `VII/1951`."""
    if match["roman"].lower() not in _ROMAN:
        return None
    year, month = int(match["year"]), _ROMAN.index(match["roman"].lower()) + 1
    day = match.groupdict().get("day")
    return _days(year, month, int(day)) if day else year_days(year, month, month)


def numbered_month(match: re.Match[str]) -> Days:
    """A month in figures: `07/1951`."""
    return year_days(int(match["year"]), int(match["month"]), int(match["month"]))


def dotted(match: re.Match[str]) -> Days | None:
    """A day in figures whose order is known: `10.7.1951`, `1951/7/10`."""
    return _days(int(match["year"]), int(match["month"]), int(match["day"]))


def slashed(match: re.Match[str]) -> Days | None:
    """A day in figures whose order is not known: from the earlier reading to the later one."""
    year, a, b = int(match["year"]), int(match["a"]), int(match["b"])
    readings = [days for days in (_days(year, a, b), _days(year, b, a)) if days]
    return (min(readings)[0], max(readings)[1]) if readings else None


def edtf(match: re.Match[str]) -> Days | None:
    """A date of ISO 8601 or EDTF: `1951-07-10`, `195X`, `1951-21` (spring 1951)."""
    year_text, month, day = match["year"], match["month"], match["day"]
    sign = -1 if year_text.startswith("-") else 1
    digits = year_text.lstrip("-").upper()
    years = sorted(sign * int(digits.replace("X", digit)) for digit in "09")
    if month is None or month.upper() == "XX":
        return None if day and day.upper() != "XX" else (year_days(years[0])[0], year_days(years[-1])[1])
    if years[0] != years[-1]:
        return None
    year, number = years[0], int(month)
    if number in _EDTF_SEASONS and day is None:
        if year % 100 < number and year > 0:  # 1920-21: of EDTF a season, to most people two years
            return year_days(year)[0], year_days(year - year % 100 + number)[1]
        return _season_days(_EDTF_SEASONS[number], year)
    if day is None or day.upper() == "XX":
        return year_days(year, number, number) if 1 <= number <= 12 else None
    return _days(year, number, int(day))
