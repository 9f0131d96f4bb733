"""One moment as people write it (a day, month, season, year, decade, century), as its first and last day."""

import re
import unicodedata
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

_OTHER_MONTHS = """
janvier janv | février fevrier févr | mars | avril | mai | juin | juillet juil | août aout | septembre
| octobre | novembre | décembre decembre déc
januar jänner | februar | märz maerz | april | mai | juni | juli | august | september | oktober okt | november
| dezember dez
январь января янв | февраль февраля фев февр | март марта мар | апрель апреля апр | май мая | июнь июня
| июль июля | август августа авг | сентябрь сентября сен сент | октябрь октября окт | ноябрь ноября ноя нояб
| декабрь декабря дек
enero | febrero | marzo | abril | mayo | junio | julio | agosto | septiembre setiembre | octubre | noviembre
| diciembre
gennaio | febbraio | marzo | aprile | maggio | giugno | luglio | agosto | settembre | ottobre | novembre
| dicembre
"""
"""French, German, Russian, Spanish and Italian; shortened only where that is no other word."""
_ENGLISH = {
    word: _MONTHS[i % 12].capitalize()
    for i, words in enumerate(re.split(r"\||\n(?!\|)", _OTHER_MONTHS.strip()))
    for word in words.split()
}
_OTHER_MONTH = re.compile(
    r"(?:(?<=\d)(?:er|[.°º])?\s+(?:de\s+|di\s+)?)?(?<!\w)"
    rf"(?P<name>{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})(?!\w)\.?(?:\s+del?(?=\s+\d))?",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(
    r"""^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag
        |samstag|sonnabend|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì
        |mercoledì|giovedì|venerdì|sabato|domenica),?\s+ (?:(?:le|den|il|el)\s+)? (?=\d)
    | ^(?:le|den|am|il|el)\s+(?=\d) | (?<=\d)\s*(?:гг?(?!\w)\.?|год(?:а|у|ы|ов)?(?!\w))""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNTED = re.findall(
    r"[a-z-]+",
    "first second third fourth fifth sixth seventh eighth "
    "ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first",
)
_IN_WORDS = re.compile(
    rf"(?P<before>\b{MONTH}\s+the\s+)?\b(?P<word>{'|'.join(sorted(_COUNTED, key=len, reverse=True))})\b"
    rf"(?(before)|(?=\s+(?:day\s+)?of\s+{MONTH}|[\s-]+centur))",
    re.IGNORECASE | re.ASCII,
)

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_EDTF_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_PARTS = {"early": 0, "beginning of": 0, "start of": 0, "mid": 1, "middle of": 1, "late": 2, "end of": 2}
_DECADE_PARTS = ((0, 3), (3, 6), (6, 9))
_CENTURY_PARTS = ((0, 33), (33, 66), (66, 99))
_MONTH_PARTS = ((1, 10), (11, 20), (21, 31))
_HALVES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "latter": 1}
_QUARTERS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": 3,
}  # fmt: skip
_LAST_YEAR_OF_TWO_STYLES = 1752  # when the last of them, England, moved its New Year from 25 March

_DAY = rf"(?P<day>\d{{1,2}})(?:\.|{ORDINAL})"
_ERA = r"\s*(?P<era>b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?)"
_YEAR = rf"(?:(?P<year>\d{{3,4}})(?:{_ERA})?)"
_TWO_STYLES = r"(?P<year>\d{4})/(?P<next>\d\d?)"
_ANCIENT = (
    r"(?:(?P<ad>a\.?d\.?)\s*)?(?P<year>\d{1,4})\s*(?P<era>b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?)?"
)
_IN_FIGURES = re.compile(r"(?<!\d)(?P<a>\d{1,2})([/-])(?P<b>\d{1,2})\2\d{4}", re.ASCII)
_SEASON_OR_YEARS = re.compile(r"(?<!\d)\d\d(?P<year>\d\d)-(?P<season>2[1-4])(?![\d-])", re.ASCII)
_DECADE_OR_CENTURY = re.compile(r"\b\d\d00['’]?s\b", re.ASCII)
_LEAD = re.compile(r"(?:(?:in|at|the|this)\s+){0,3}", re.IGNORECASE)
_OF = r"(?:[\s,]+(?:(?:day\s+)?of\s+)?(?:(?:in\s+)?the year\s+(?:of our lord,?\s+)?)?)"


def year_days(year: int, first: int = 1, last: int = 12) -> Days:
    """The days of a year, or of its months `first` to `last`."""
    return day_number(year, first, 1), day_number(year, last, month_days(year, last))


def in_english(text: str) -> str:
    """A date with its months in English and its counted days and centuries in figures."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = _OTHER_WORDS.sub("", text)
    text = _OTHER_MONTH.sub(
        lambda match: (
            " " * (match.start() < match.start("name")) + _ENGLISH.get(match["name"].lower(), match["name"])
        ),
        text,
    )
    return _IN_WORDS.sub(
        lambda match: f"{match['before'] or ''}{_COUNTED.index(match['word'].lower()) + 1}th", text
    )


def moment(text: str) -> tuple[Span, bool] | None:
    """The days a single moment allows, and whether its words are vague ("early 1950s"); else None."""
    text = text.strip(" ,;")
    text = text[found.end() :] if (found := _LEAD.match(text)) else text
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


def _half(match: re.Match[str]) -> Days | None:
    half, words = _HALVES[match["half"].lower()], match.groupdict()
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


def _quarter(match: re.Match[str]) -> Days | None:
    words = match.groupdict()
    quarter = int(words["number"]) - 1 if words.get("number") else _QUARTERS[match["quarter"].lower()]
    if words.get("century"):
        return _century_years(int(match["century"]), quarter * 25, quarter * 25 + 24)
    return year_days(_year(match), quarter * 3 + 1, quarter * 3 + 3)


def _decade(match: re.Match[str]) -> Days:
    """Ten years; or a hundred, where the word may mean either (the 1800s)."""
    part = _part(match["vague"]) if match["vague"] else None
    first, last = (0, 9) if part is None else _DECADE_PARTS[part]
    year = int(match["decade"]) * 10
    if year % 100 == 0:
        last = 99 if part is None else _CENTURY_PARTS[part][1]
    return year_days(year + first)[0], year_days(year + last)[1]


def _century(match: re.Match[str]) -> Days | None:
    first, last = _CENTURY_PARTS[_part(match["vague"])] if match["vague"] else (0, 99)
    bc = (match["era"] or "").lower().startswith("b")
    return _century_years(int(match["century"]), first, last, bc=bc)


def _century_years(century: int, first: int, last: int, *, bc: bool = False) -> Days | None:
    if not century:
        return None
    begin = 1 - century * 100 if bc else century * 100 - 99  # the 19th century is 1801 to 1900
    return year_days(begin + first)[0], year_days(begin + last)[1]


def _season(match: re.Match[str]) -> Days:
    return _season_days(match["vague"].lower(), _year(match))


def _winter(match: re.Match[str]) -> Days | None:
    year = _year_before_next(match)
    return None if year is None else (day_number(year, 12, 1), year_days(year + 1, 1, 2)[1])


def _two_years(match: re.Match[str]) -> Days | None:
    year = _year_before_next(match)
    return None if year is None else (year_days(year)[0], year_days(year + 1)[1])


def _two_styles(match: re.Match[str]) -> Days | None:
    """A day before 25 March, of a year that began then to some, and in January to us: `Feb. 11, 1731/2`."""
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
    return _PARTS[" ".join(words.lower().replace("-", " ").split())]


def _roman(match: re.Match[str]) -> Days | None:
    if match["roman"].lower() not in _ROMAN:
        return None
    year, month = int(match["year"]), _ROMAN.index(match["roman"].lower()) + 1
    day = match.groupdict().get("day")
    return _days(year, month, int(day)) if day else year_days(year, month, month)


def _numbered_month(match: re.Match[str]) -> Days:
    return year_days(int(match["year"]), int(match["month"]), int(match["month"]))


def _dotted(match: re.Match[str]) -> Days | None:
    return _days(int(match["year"]), int(match["month"]), int(match["day"]))


def read_two_ways(text: str) -> bool:
    """Whether a text has two readings.

    4 July or 7 April: `04/07/1951`; spring 1920 or both years: `1920-21`; a decade or a century: `1800s`.
    """
    if _DECADE_OR_CENTURY.search(text):
        return True
    if any(match["year"] < match["season"] for match in _SEASON_OR_YEARS.finditer(text)):
        return True
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
        if year % 100 < number and year > 0:  # 1920-21: of EDTF a season, to most people two years
            return year_days(year)[0], year_days(year - year % 100 + number)[1]
        return _season_days(_EDTF_SEASONS[number], year)
    if day is None or day.upper() == "XX":
        return year_days(year, number, number) if 1 <= number <= 12 else None
    return _days(year, number, int(day))


_Reader = Callable[[re.Match[str]], Days | None]
_VAGUE = rf"(?P<vague>{'|'.join(_PARTS)})[\s-]+(?:the\s+)?"
_CENTURY = (
    rf"(?P<century>\d{{1,2}})(?:{ORDINAL}[\s-]+centur(?:y|ies)|(?:st|nd|rd|th)\s+c(?:ent)?\b\.?)(?:{_ERA})?"
)
_HALF = rf"(?P<half>{'|'.join(_HALVES)}) half of (?:the )?"
_QUARTER = rf"(?P<quarter>{'|'.join(_QUARTERS)}) quarter(?:\s+of)?(?:\s+the)?[\s,]+"
_DECADE = r"(?P<decade>\d{3})0['’]?s"
_NUMBERED = r"(?P<month>0[1-9]|1[0-2])"
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(form, re.IGNORECASE | re.ASCII), read)
    for form, read in (
        (r"(?P<year>-?\d{4})-(?P<month>\d\d)-(?P<day>\d\d)T[\d:.+Z-]+", _edtf),
        (r"(?P<year>-?(?:\d{4}|\d{3}X|\d\dXX))(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?", _edtf),
        (rf"{_DAY}{_OF}(?P<month>{MONTH}){_OF}{_YEAR}", _full),
        (rf"{_DAY}{_OF}(?P<month>{MONTH}){_OF}(?P<year>\d\d?){_ERA}", _full),
        (rf"(?P<month>{MONTH})\s*(?:the\s+)?{_DAY}{_OF}{_YEAR}", _full),
        (rf"{_DAY}{_OF}(?P<month>{MONTH}){_OF}{_TWO_STYLES}", _two_styles),
        (rf"(?P<month>{MONTH})\s*{_DAY}{_OF}{_TWO_STYLES}", _two_styles),
        (rf"(?P<month>{MONTH}){_OF}{_TWO_STYLES}", _two_styles),
        (rf"(?P<day>\d{{1,2}})(?P<sep>[./-])(?P<month>{MONTH})(?P=sep)(?P<year>\d{{4}})", _full),
        (rf"{_YEAR}[\s,]+(?P<month>{MONTH})\s+{_DAY}", _full),
        (rf"(?:{_VAGUE})?(?P<month>{MONTH}){_OF}{_YEAR}", _month_only),
        (rf"{_YEAR}[\s,]+(?P<month>{MONTH})", _month_only),
        (r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", _dotted),
        (r"(?P<year>\d{4})(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})", _dotted),
        (rf"{_NUMBERED}[./](?P<year>\d{{4}})", _numbered_month),
        (r"(?P<year>\d{4})/(?P<next>\d)", _two_years),
        (r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<year>\d{4})", _slashed),
        (r"(?P<day>\d{1,2})(?:[./-]\s?|\s)(?P<roman>[ivx]+)(?:[./-]\s?|\s)(?P<year>\d{4})", _roman),
        (r"(?P<roman>[ivx]+)[./](?P<year>\d{4})", _roman),
        (rf"(?P<vague>spring|summer|autumn|fall|winter){_OF}{_YEAR}", _season),
        (rf"{_VAGUE}{_YEAR}", _year_part),
        (rf"{_QUARTER}{_YEAR}", _quarter),
        (rf"{_QUARTER}{_CENTURY}", _quarter),
        (rf"Q(?P<number>[1-4])[\s,/-]+{_YEAR}", _quarter),
        (rf"{_YEAR}[\s,/-]+Q(?P<number>[1-4])", _quarter),
        (rf"{_HALF}{_CENTURY}", _half),
        (rf"{_HALF}{_DECADE}", _half),
        (rf"{_HALF}(?P<month>{MONTH}){_OF}{_YEAR}", _half),
        (rf"{_HALF}{_YEAR}", _half),
        (rf"(?:{_VAGUE})?{_DECADE}", _decade),
        (rf"(?:{_VAGUE})?{_CENTURY}", _century),
        (rf"(?P<vague>winter){_OF}(?P<year>\d{{4}})[-/](?P<next>\d\d(?:\d\d)?)", _winter),
        (_ANCIENT, _year_only),
    )
)  # fmt: skip
"""The forms, first match decides; a form's `vague` group marks words that are vague by themselves."""
