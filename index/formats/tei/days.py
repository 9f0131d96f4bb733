"""Dates of TEI: the days in their attributes (att.datable), and the date as it is written."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.extracted import Values
from index.formats.tei.walk import line_of
from index.metadata.dates import parse_date

if TYPE_CHECKING:
    from lxml.etree import _Element

DAY = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?")
"""The day at the beginning of an attribute, which may go on with a time."""

_STATED_YEAR = re.compile(r"-?\d{4}")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


def dates_in(element: "_Element") -> list["_Element"]:
    """The date elements inside an element."""
    return list(element.iter("{*}date", "{*}origDate"))


def date_fields(dates: Iterable["_Element"], written: str) -> dict[str, Values]:
    """The range of the days in the attributes of dates (EDTF), and the date as `written`."""
    dates = list(dates)
    ends = [end for date in dates if (end := _ends(date))]
    if not ends or _contradicts(ends, written):
        marked = " ".join(map(line_of, dates))  # less than the whole line, if that is not understood
        date = parse_date(written)
        words = written if date and date.understood else marked or written
        return {"date": words} if any(map(str.isdigit, words)) else {}
    first, last = min(end[0] for end in ends), max(end[1] for end in ends)
    return {"date": first if first == last else f"{first}/{last}", "date_written": written}


def _contradicts(ends: list[tuple[str, str]], written: str) -> bool:
    """Whether the written years differ from those in the attributes by more than one, as calendars may."""
    years = {int(year) for year in _YEAR.findall(written)}
    stated = {int(match[0]) for end in ends for day in end if (match := _STATED_YEAR.match(day))}
    return bool(years and stated) and all(abs(year - other) > 1 for year in years for other in stated)


def _ends(date: "_Element") -> tuple[str, str] | None:
    """The first and last day of a date in EDTF; None without attributes."""
    doubt = "?" if date.get("cert") in {"low", "medium", "unknown"} else ""
    doubt = doubt or ("~" if date.get("precision") in {"low", "medium"} else "")

    def day(*names: str) -> str:
        match = next(filter(None, (DAY.match(date.get(name) or "") for name in names)), None)
        return f"{match[0]}{doubt}" if match else ""

    if when := day("when", "when-iso", "value"):
        return when, when
    first, last = (
        day("from", "notBefore", "from-iso", "notBefore-iso"),
        day("to", "notAfter", "to-iso", "notAfter-iso"),
    )
    return (first or "..", last or "..") if first or last else None
