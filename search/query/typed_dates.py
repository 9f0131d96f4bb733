"""Which days does a text in a box for dates stand for? Any form of a query, and figures like 3/12/1951."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.calendar import (
    ALL_TIME,
    BEGINNING,
    END,
    INTERVALS,
    DayRange,
    bucket,
    describe_range,
    iso,
    parse_partial,
    parse_range,
)
from search.query.dates import days_asked
from search.query.worded_dates import days_in_words
from search.schema import Schema

_FIGURES = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TypedDate:
    """The days of a date, and those `otherwise`, of figures of which either may be the month."""

    days: DayRange
    otherwise: DayRange | None = None


def typed_date(text: str, *, month_first: bool) -> TypedDate | None:
    """The days that a text stands for; None if it is no date.

    Of two figures that both may be the month, the first one is if `month_first`, else the second one.

    >>> typed_date("March 1951", month_first=True) == TypedDate(parse_partial("1951-03"))
    True
    """
    text = " ".join(text.split())
    if days := days_asked("date", text) or days_in_words(text):
        return None if days == ALL_TIME else TypedDate(days)
    if not (figures := _FIGURES.fullmatch(text)):
        return None
    one, _, other, year = figures.groups()
    readings = [parse_partial(f"{year}-{month:0>2}-{day:0>2}") for month, day in ((one, other), (other, one))]
    first, second = readings if month_first else reversed(readings)
    return TypedDate(first, second) if first and second else None


def month_first(schema: Schema) -> bool:
    """Whether the month stands before the day where an archive of this language writes dates in figures."""
    return schema.language == "english"


def parameter_value(name: str, days: DayRange) -> str:
    """Days as the parameter `date` has them, or their first or last as `date_from` or `date_to` has it.

    Empty for a bound that these days do not have.
    """
    described = describe_range(days)
    if ".." not in described:
        return described
    if name == "date":
        return next((text for text in _whole(days) if parse_range(text) == days), described)
    edge = days.earliest if name == "date_from" else days.latest
    return iso(edge) if BEGINNING < edge < END else ""


def _whole(days: DayRange) -> Iterator[str]:
    """The years, and the months, of the first and the last day; none of a range with an open end."""
    for interval in INTERVALS[1:3] if days.earliest > BEGINNING and days.latest < END else ():
        yield f"{bucket(days.earliest, interval)}..{bucket(days.latest, interval)}"
