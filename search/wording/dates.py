"""Dates as text for people."""

from search.calendar import DayRange, bucket, civil, describe_range, parse_range
from search.document import ArchivalDate, Certainty
from search.messages import Message, gettext, reader

_CERTAINTIES: dict[Certainty, Message] = {
    # Translators: how certain a date is, behind the days that it allows.
    "approximate": Message("approximate"),
    "uncertain": Message("uncertain"),
}


def day_text(day_number: int) -> str:
    """A day: `4 July 1953`."""
    year, month, day = civil(day_number)
    return reader().date(_year(year), month, day)


def date_text(value: str) -> str:
    """A partial date or a range of two: `1951-07` gives `July 1951`. Other text is returned unchanged."""
    first, dots, last = value.partition("..")
    if not dots:
        return _partial_date(value)
    if not first or not last:
        if first:
            return gettext("from %(date)s", date=_partial_date(first))
        return gettext("until %(date)s", date=_partial_date(last))
    return gettext("%(first)s to %(last)s", first=_partial_date(first), last=_partial_date(last))


def date_within(value: str, depth: int = 1) -> str:
    """A partial date without the parts that contain it, which are said elsewhere.

    Of `1953-07-04` the day of the year, `4 July`, or at a depth of 2 that of the month, `4`; of `1953-07` the
    month. Other text is as in `date_text`.
    """
    _, *rest = value.lstrip("-").split("-")
    if not rest or ".." in value or parse_range(value) is None:
        return date_text(value)
    return str(int(rest[1])) if depth == 2 and len(rest) == 2 else reader().date("", *map(int, rest))


def is_decade(value: str) -> bool:
    """Whether a partial date is that of a decade, such as `1950s`."""
    return value.endswith("s")


def date_note(date: ArchivalDate) -> str:
    """The days of an inexact date; empty where they are evident from the date as written."""
    if not date.understood:
        return gettext("not understood as a date")
    if date.earliest is None or date.latest is None:
        if date.earliest is not None:
            return gettext("not before %(day)s", day=day_text(date.earliest))
        assert date.latest is not None  # noqa: S101 - a date that is understood has a bound
        return gettext("not after %(day)s", day=day_text(date.latest))
    days = DayRange(date.earliest, date.latest)
    described = describe_range(days)
    if ".." in described:
        first, last = day_text(days.earliest), day_text(days.latest)
        return gettext("between %(first)s and %(last)s", first=first, last=last)
    # "July 1953" needs no note; "the summer of 1953" and "circa 1953" do.
    certainty = _CERTAINTIES.get(date.certainty)
    return f"{date_text(described)}, {gettext(certainty)}" if certainty else ""


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
    if parse_range(value) is None:
        return value
    if is_decade(value):
        # Translators: a decade, as in “1950s”.
        return gettext("%(year)ss", year=value.removesuffix("s"))
    sign, digits = ("-", value[1:]) if value.startswith("-") else ("", value)
    year, *rest = digits.split("-")
    return reader().date(_year(int(sign + year)), *map(int, rest))


def _year(year: int) -> str:
    """A year of the astronomical count, in which 0 is 1 BC."""
    return str(year) if year > 0 else gettext("%(year)s BC", year=str(1 - year))
