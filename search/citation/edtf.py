"""Dates in the Extended Date/Time Format, levels 0 and 1 (ISO 8601-2, Library of Congress 2019)."""

from search.calendar import civil, month_days
from search.citation.csl import CslDate
from search.citation.dates import Unit, cited_date, units_of
from search.document import ArchivalDate

_MARK = {"exact": "", "approximate": "~", "uncertain": "?"}


def edtf(date: ArchivalDate | None) -> str:
    """The date as EDTF: `1953-07-04`, `1953-07~`, `1951/1953`, `../1799`, `195X`; empty if it is not known.

    Where the text names no calendar units, as in "late July 1953", it is the month, the year or the years
    that surround it.
    """
    if date is None or not date.understood:
        return ""
    mark = _MARK[date.certainty]
    if date.latest is None:
        assert date.earliest is not None  # noqa: S101 - a date that is understood has a bound
        return f"{_written(_first_unit(date.earliest))}{mark}/.."
    if date.earliest is None:
        return f"../{_written(_last_unit(date.latest))}{mark}"
    cited = cited_date(date)
    start, end = cited.start, cited.end
    if start is None or end is None:
        start, end = civil(date.earliest)[:2], civil(date.latest)[:2]
        if start != end:
            start, end = start[:1], end[:1]
    elif cited.is_decade and start[0] >= 0:
        return f"{start[0] // 10:03}X{mark}"
    if start == end:
        return _written(start) + mark
    return f"{_written(start)}{mark}/{_written(end)}{mark}"


def csl_edtf(date: CslDate) -> str:
    """A CSL date as EDTF; empty for a literal."""
    mark = "~" if date.get("circa") else ""
    return "/".join(_written(unit) + mark for unit in units_of(date))


def _first_unit(day: int) -> Unit:
    """The largest unit that begins on a day."""
    year, month, number = civil(day)
    return (year, month, number) if number > 1 else (year, month) if month > 1 else (year,)


def _last_unit(day: int) -> Unit:
    """The largest unit that ends on a day."""
    year, month, number = civil(day)
    if number < month_days(year, month):
        return year, month, number
    return (year, month) if month < 12 else (year,)


def _written(unit: Unit) -> str:
    year, *rest = unit
    return "-".join([f"{year:05}" if year < 0 else f"{year:04}", *(f"{part:02}" for part in rest)])
