"""One moment as people write it (a day, month, season, year, decade, century), as its first and last day."""

import re
from collections.abc import Callable

from search.calendar import day_number, month_days

Span = tuple[int | None, int | None]  # day numbers; None is an open end
Days = tuple[int, int]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_NUMBER = {name[:length]: i for i, name in enumerate(_MONTHS, 1) for length in (3, len(name))}
_NUMBER |= {
    "sept": 9,
    "octbr": 10,
    "novr": 11,
    "decr": 12,
    "jany": 1,
    "feby": 2,
    "septr": 9,
    "octr": 10,
    "sepr": 9,
}

MONTH = "(?:" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")\b\.?"
ORDINAL = r"(?:st|nd|rd|th|d)?"

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_EDTF_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_PARTS = {"early": 0, "beginning of": 0, "start of": 0, "mid": 1, "middle of": 1, "late": 2, "end of": 2}
_DECADE_PARTS = ((0, 3), (3, 6), (6, 9))
_CENTURY_PARTS = ((0, 33), (33, 66), (66, 99))
_MONTH_PARTS = ((1, 10), (11, 20), (21, 31))
_HALVES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "latter": 1}

_DAY = rf"(?P<day>\d{{1,2}}){ORDINAL}"
_YEAR = r"(?P<year>\d{3,4})(?:\s*(?P<era>b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?))?"
_ANCIENT = (
    r"(?:(?P<ad>a\.?d\.?)\s*)?(?P<year>\d{1,4})\s*(?P<era>b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?)?"
)
_IN_FIGURES = re.compile(r"(?<!\d)(?P<a>\d{1,2})([/-])(?P<b>\d{1,2})\2\d{4}", re.ASCII)
_OF = r"(?:[\s,]+(?:of\s+)?(?:the year\s+)?)"


def year_days(year: int, first: int = 1, last: int = 12) -> Days:
    """The days of a year, or of its months `first` to `last`."""
    return day_number(year, first, 1), day_number(year, last, month_days(year, last))


def moment(text: str) -> tuple[Span, bool] | None:
    """The days a single moment allows, and whether its words are vague ("early 1950s"); else None."""
    text = text.strip(" ,;").removeprefix("the ").removeprefix("in ")
    text = text if text.endswith("..") else text.rstrip(".")
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(text):
            days = read(match)
            return days and (days, bool(match.groupdict().get("vague")))
    return None


def between(first: Span, last: Span) -> Span | None:
    """From the start of one to the end of the other; None where time would run backwards."""
    earliest, latest = first[0], last[1]
    return None if earliest is not None and latest is not None and earliest > latest else (earliest, latest)


def _days(year: int, month: int, day: int) -> Days | None:
    if not 1 <= month <= 12 or not 1 <= day <= month_days(year, month):
        return None
    return day_number(year, month, day), day_number(year, month, day)


def _year(match: re.Match[str]) -> int:
    era = (match.groupdict().get("era") or "").lower()
    return 1 - int(match["year"]) if era.startswith("b") else int(match["year"])


def _month(match: re.Match[str]) -> int:
    return _NUMBER[match["month"].lower().rstrip(".")]


def _full(match: re.Match[str]) -> Days | None:
    return _days(_year(match), _month(match), int(match["day"]))


def _month_only(match: re.Match[str]) -> Days:
    year, month = _year(match), _month(match)
    first, last = 1, month_days(year, month)
    if vague := match.groupdict().get("vague"):
        first, end = _MONTH_PARTS[_part(vague)]
        last = min(end, last)
    return day_number(year, month, first), day_number(year, month, last)


def _year_only(match: re.Match[str]) -> Days | None:
    if not match.groupdict().get("ad") and not match["era"] and len(match["year"]) < 4:
        return None  # a bare number of up to three digits is no year
    return year_days(_year(match))


def _year_part(match: re.Match[str]) -> Days:
    part = _part(match["vague"])
    return year_days(_year(match), part * 4 + 1, part * 4 + 4)


def _half(match: re.Match[str]) -> Days:
    half = _HALVES[match["half"].lower()]
    if century := match.groupdict().get("century"):
        return _century_years(int(century), half * 50, half * 50 + 49)
    return year_days(_year(match), half * 6 + 1, half * 6 + 6)


def _decade(match: re.Match[str]) -> Days:
    first, last = _DECADE_PARTS[_part(match["vague"])] if match["vague"] else (0, 9)
    year = int(match["decade"]) * 10
    return year_days(year + first)[0], year_days(year + last)[1]


def _century(match: re.Match[str]) -> Days:
    first, last = _CENTURY_PARTS[_part(match["vague"])] if match["vague"] else (0, 99)
    return _century_years(int(match["century"]), first, last, bc=bool(match["bc"]))


def _century_years(century: int, first: int, last: int, *, bc: bool = False) -> Days:
    begin = 1 - century * 100 if bc else century * 100 - 99  # the 19th century is 1801 to 1900
    return year_days(begin + first)[0], year_days(begin + last)[1]


def _season(match: re.Match[str]) -> Days:
    return _season_days(match["vague"].lower(), _year(match))


def _winter(match: re.Match[str]) -> Days | None:
    year, next_year = match["year"], match["next"]
    if int(next_year) % 100 != (int(year) + 1) % 100:
        return None
    return day_number(int(year), 12, 1), year_days(int(year) + 1, 1, 2)[1]


def _season_days(season: str, year: int) -> Days:
    if season == "winter":  # of one year or the other: the words allow both
        return year_days(year)[0], year_days(year + 1, 1, 2)[1]
    return year_days(year, *_SEASONS[season])


def _part(words: str) -> int:
    return _PARTS[" ".join(words.lower().replace("-", " ").split())]


def _roman(match: re.Match[str]) -> Days | None:
    month = match["roman"].lower()
    return _days(int(match["year"]), _ROMAN.index(month) + 1, int(match["day"])) if month in _ROMAN else None


def _dotted(match: re.Match[str]) -> Days | None:
    return _days(int(match["year"]), int(match["month"]), int(match["day"]))


def read_two_ways(text: str) -> bool:
    """Whether a day in a text is 4 July to some and 7 April to others: `04/07/1951`."""
    numbers = ((int(match["a"]), int(match["b"])) for match in _IN_FIGURES.finditer(text))
    return any(a != b and 1 <= a <= 12 and 1 <= b <= 12 for a, b in numbers)


def _slashed(match: re.Match[str]) -> Days | None:
    """Day and month in either order: where both can be meant, from the earlier to the later."""
    year, a, b = int(match["year"]), int(match["a"]), int(match["b"])
    readings = [days for days in (_days(year, a, b), _days(year, b, a)) if days]
    return (min(readings)[0], max(readings)[1]) if readings else None


def _edtf(match: re.Match[str]) -> Days | None:
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
        return _season_days(_EDTF_SEASONS[number], year)
    if day is None or day.upper() == "XX":
        return year_days(year, number, number) if 1 <= number <= 12 else None
    return _days(year, number, int(day))


_Reader = Callable[[re.Match[str]], Days | None]
_VAGUE = rf"(?P<vague>{'|'.join(_PARTS)})[\s-]+(?:the\s+)?"
_CENTURY = rf"(?P<century>\d{{1,2}}){ORDINAL}[\s-]+century"
_HALF = rf"(?P<half>{'|'.join(_HALVES)}) half of "
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(form, re.IGNORECASE | re.ASCII), read)
    for form, read in (
        (r"(?P<year>-?\d{4})-(?P<month>\d\d)-(?P<day>\d\d)T[\d:.+Z-]+", _edtf),
        (r"(?P<year>-?(?:\d{4}|\d{3}X|\d\dXX))(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?", _edtf),
        (rf"{_DAY}{_OF}(?P<month>{MONTH}){_OF}{_YEAR}", _full),
        (rf"(?P<month>{MONTH})\s*{_DAY}{_OF}{_YEAR}", _full),
        (rf"{_YEAR}[\s,]+(?P<month>{MONTH})\s+{_DAY}", _full),
        (rf"(?:{_VAGUE})?(?P<month>{MONTH}){_OF}{_YEAR}", _month_only),
        (rf"{_YEAR}[\s,]+(?P<month>{MONTH})", _month_only),
        (r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", _dotted),
        (r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<year>\d{4})", _slashed),
        (r"(?P<day>\d{1,2})[./\s-](?P<roman>[ivx]+)[./\s-](?P<year>\d{4})", _roman),
        (rf"(?P<vague>spring|summer|autumn|fall|winter){_OF}{_YEAR}", _season),
        (rf"{_VAGUE}{_YEAR}", _year_part),
        (rf"{_HALF}(?:the )?{_CENTURY}", _half),
        (rf"{_HALF}{_YEAR}", _half),
        (rf"(?:{_VAGUE})?(?P<decade>\d{{3}})0['’]?s", _decade),
        (rf"(?:{_VAGUE})?{_CENTURY}(?P<bc>\s+b\.?c\.?(?:e\.?)?)?", _century),
        (rf"(?P<vague>winter){_OF}(?P<year>\d{{4}})[-/](?P<next>\d\d(?:\d\d)?)", _winter),
        (_ANCIENT, _year_only),
    )
)  # fmt: skip
"""The forms, first match decides; a form's `vague` group marks words that are vague by themselves."""
