"""The forms of one date in English or figures: of a day, month, season, year, decade or century.

`moment` finds the form of a text; the readers of `index.metadata.date_readers` give the days it stands for.
"""

import re
from collections.abc import Callable

from index.metadata import date_readers as read
from index.metadata.date_readers import HALVES, PARTS, QUARTERS, Days
from search.languages.english_months import MONTH

Bounds = tuple[int | None, int | None]
"""The first and the last day that a date allows, as day numbers; None is an open end."""

ORDINAL = r"(?:st|nd|rd|th|d)?"

_DAY = rf"(?P<day>\d{{1,2}})(?:\.|{ORDINAL})"
_ERA = r"\s*(?P<era>b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?)"
_YEAR = rf"(?:(?P<year>[1-9]\d{{2,3}})(?:{_ERA})?)"
_TWO_STYLES = r"(?P<year>\d{4})/(?P<next>\d\d?)"
_ANCIENT = (
    r"(?:(?P<ad>a\.?d\.?)\s*)?(?P<year>\d{1,4})\s*(?P<era>b\.?\s?c\.?(?:\s?e\.?)?|a\.?\s?d\.?|c\.?\s?e\.?)?"
)
_LEAD = re.compile(r"(?:(?:in|at|the|this)\s+){0,3}", re.IGNORECASE)
_OF = r"(?:[\s,]+(?:(?:day\s+)?of\s+)?(?:(?:in\s+)?the year\s+(?:of our lord,?\s+)?)?)"
_VAGUE = rf"(?P<vague>{'|'.join(PARTS)})[\s-]+(?:the\s+)?"
_CENTURY = (
    rf"(?P<century>\d{{1,2}})(?:{ORDINAL}[\s-]+centur(?:y|ies)|(?:st|nd|rd|th)\s+c(?:ent)?\b\.?)(?:{_ERA})?"
)
_HALF = rf"(?P<half>{'|'.join(HALVES)}) half of (?:the )?"
_QUARTER = rf"(?P<quarter>{'|'.join(QUARTERS)}) quarter(?:\s+of)?(?:\s+the)?[\s,]+"
_DECADE = r"(?P<decade>\d{3})0['’]?s"
_NUMBERED = r"(?P<month>0[1-9]|1[0-2])"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days | None]], ...] = tuple(
    (re.compile(form, re.IGNORECASE | re.ASCII), reader)
    for form, reader in (
        (r"(?P<year>-?\d{4})-(?P<month>\d\d)-(?P<day>\d\d)T[\d:.+Z-]+", read.edtf),
        (r"(?P<year>-?(?:\d{4}|\d{3}X|\d\dXX))(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?", read.edtf),
        (r"(?P<day>\d\d)\d{4}[A-Z]\s*(?P<month>[A-Z]{3,4})\s*(?P<year>\d\d(?:\d\d)?)", read.date_time_group),
        (rf"{_DAY}{_OF}(?P<month>{MONTH}){_OF}{_YEAR}", read.full),
        (rf"{_DAY}{_OF}(?P<month>{MONTH}){_OF}(?P<year>\d\d?){_ERA}", read.full),
        (rf"(?P<month>{MONTH})\s*(?:the\s+)?{_DAY}{_OF}{_YEAR}", read.full),
        (rf"{_DAY}{_OF}(?P<month>{MONTH}){_OF}{_TWO_STYLES}", read.two_styles),
        (rf"(?P<month>{MONTH})\s*{_DAY}{_OF}{_TWO_STYLES}", read.two_styles),
        (rf"(?P<month>{MONTH}){_OF}{_TWO_STYLES}", read.two_styles),
        (rf"(?P<day>\d{{1,2}})(?P<sep>[./-])(?P<month>{MONTH})(?P=sep)(?P<year>\d{{4}})", read.full),
        (rf"{_YEAR}[\s,]+(?P<month>{MONTH})\s+{_DAY}", read.full),
        (rf"(?:{_VAGUE})?(?P<month>{MONTH}){_OF}{_YEAR}", read.month_only),
        (rf"{_YEAR}[\s,]+(?P<month>{MONTH})", read.month_only),
        (r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", read.dotted),
        (r"(?P<year>\d{4})(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})", read.dotted),
        (rf"{_NUMBERED}[./](?P<year>\d{{4}})", read.numbered_month),
        (r"(?P<year>\d{4})/(?P<next>\d)", read.two_years),
        (r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<year>\d{4})", read.slashed),
        (r"(?P<day>\d{1,2})(?:[./-]\s?|\s)(?P<roman>[ivx]+)(?:[./-]\s?|\s)(?P<year>\d{4})", read.roman),
        (r"(?P<roman>[ivx]+)[./](?P<year>\d{4})", read.roman),
        (rf"(?P<vague>spring|summer|autumn|fall|winter){_OF}{_YEAR}", read.season),
        (rf"{_VAGUE}{_YEAR}", read.year_part),
        (rf"{_QUARTER}{_YEAR}", read.quarter),
        (rf"{_QUARTER}{_CENTURY}", read.quarter),
        (rf"Q(?P<number>[1-4])[\s,/-]+{_YEAR}", read.quarter),
        (rf"{_YEAR}[\s,/-]+Q(?P<number>[1-4])", read.quarter),
        (rf"{_HALF}{_CENTURY}", read.half),
        (rf"{_HALF}{_DECADE}", read.half),
        (rf"{_HALF}(?P<month>{MONTH}){_OF}{_YEAR}", read.half),
        (rf"{_HALF}{_YEAR}", read.half),
        (rf"(?:{_VAGUE})?{_DECADE}", read.decade),
        (rf"(?:{_VAGUE})?{_CENTURY}", read.century),
        (rf"(?P<vague>winter){_OF}(?P<year>\d{{4}})[-/](?P<next>\d\d(?:\d\d)?)", read.winter),
        (_ANCIENT, read.year_only),
    )
)  # fmt: skip
"""Each form and its reader; the first form that matches decides. The group `vague` marks vague words."""

DATE_FORMS = (_LEAD, *(pattern for pattern, _ in _FORMS))
"""The patterns of all forms, and of the words that may stand before them."""

_IN_FIGURES = re.compile(r"(?<!\d)(?P<a>\d{1,2})([/-])(?P<b>\d{1,2})\2\d{4}", re.ASCII)
_SEASON_OR_YEARS = re.compile(r"(?<!\d)\d\d(?P<year>\d\d)-(?P<season>2[1-4])(?![\d-])", re.ASCII)
_DECADE_OR_CENTURY = re.compile(r"\b\d\d00['’]?s\b", re.ASCII)


def moment(text: str) -> tuple[Bounds, bool] | None:
    """The days that a single date allows, and whether its words are vague ("early 1950s"); else None."""
    if not any(map(str.isdigit, text)):  # which no form does without
        return None
    text = text.strip(" ,;")
    text = text[found.end() :] if (found := _LEAD.match(text)) else text
    text = text if text.endswith("..") else text.rstrip(".")
    for pattern, reader in _FORMS:
        if match := pattern.fullmatch(text):
            days = reader(match)
            return days and (days, bool(match.groupdict().get("vague")))
    return None


def between(first: Bounds, last: Bounds) -> Bounds | None:
    """From the first day of one to the last day of the other; None if that ends before it begins."""
    earliest, latest = first[0], last[1]
    return None if earliest is not None and latest is not None and earliest > latest else (earliest, latest)


def is_ambiguous(text: str) -> bool:
    """Whether a date can be read in two ways.

    `04/07/1951` is 4 July or 7 April, `1920-21` spring 1920 or both years, `1800s` a decade or a century.
    """
    if _DECADE_OR_CENTURY.search(text):
        return True
    if any(match["year"] < match["season"] for match in _SEASON_OR_YEARS.finditer(text)):
        return True
    numbers = ((int(match["a"]), int(match["b"])) for match in _IN_FIGURES.finditer(text))
    return any(a != b and 1 <= a <= 12 and 1 <= b <= 12 for a, b in numbers)
