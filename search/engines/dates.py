"""The date facet: certain and possible documents in each decade, year, month or day.

A document is certainly in the one bucket it lies wholly in, and possibly in each other bucket that
its range touches. Possible counts come from two cumulative counts, so that a range of centuries or an
open end costs no more than a day.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from search.calendar import ALL_TIME, BEGINNING, END, INTERVALS, DayRange, Interval, bucket, parse_range
from search.request import DateInterval, FacetRequest
from search.results import Facet, FacetValue

MAX_BUCKETS = 400
"""Beyond so many, buckets that documents only touch are not listed."""

_WIDE = 40 * 366  # days; a wider span is shown in decades


def date_facet(wanted: FacetRequest, days: Sequence[DayRange | None]) -> Facet:
    """The facet over documents of these dates (None: undated), in the order of time."""
    dated = [when for when in days if when is not None]
    within, everything = wanted.within, wanted.within == ALL_TIME
    interval = choose_interval(wanted.interval, wanted.keep, dated if everything else [within])
    certain = Counter(name for when in dated if (name := _wholly_in(when, interval)))
    telling = dated
    if not everything:
        telling = [when for when in dated if not when.contains(within) or _wholly_in(when, interval)]
    starts = sorted(when.earliest for when in telling)
    ends = sorted(when.latest for when in telling)

    def count(name: str) -> FacetValue:
        span = _span(name)
        touching = (
            len(ends) - bisect_left(ends, span.earliest) - (len(starts) - bisect_right(starts, span.latest))
        )
        foreign = name in wanted.keep and name not in certain  # of another interval than the buckets
        sure = sum(span.contains(when) for when in telling) if foreign else certain[name]
        return FacetValue(name, sure, touching - sure)

    listed = {*certain, *_touched(telling, interval, within)}
    names = {name for name in listed if everything or _span(name).overlaps(within)}.union(wanted.keep)
    values = [
        value for value in map(count, names) if value.count or value.possible or value.value in wanted.keep
    ]
    values.sort(key=lambda value: _place(value.value))
    return Facet(
        "date",
        tuple(values),
        len(certain),
        len(days) - len(dated),
        interval,
        coarsest=interval if everything else choose_interval("auto", (), dated),
        total=len(values),
        throughout=len(dated) - len(telling),
    )


def choose_interval(asked: DateInterval, selected: Sequence[str], dated: Sequence[DayRange]) -> Interval:
    """What `auto` comes to: as fine as what is selected, else by how much time the documents span."""
    if asked != "auto":
        return asked
    if selected:
        return max(map(_granularity, selected), key=INTERVALS.index)
    edges = [edge for when in dated for edge in (when.earliest, when.latest) if BEGINNING < edge < END]
    if not edges:
        return "year"
    first, last = min(edges), max(edges)
    if last - first > _WIDE:
        return "decade"
    if bucket(first, "month") == bucket(last, "month"):
        return "day"
    return "month" if bucket(first, "year") == bucket(last, "year") else "year"


def _granularity(value: str) -> Interval:
    if value.endswith("s"):
        return "decade"
    hyphens = max(part.lstrip("-").count("-") for part in value.split(".."))
    return ("year", "month", "day")[hyphens]


def _wholly_in(when: DayRange, interval: Interval) -> str | None:
    if when.earliest == BEGINNING or when.latest == END:
        return None
    name = bucket(when.earliest, interval)
    return name if when.earliest == when.latest or bucket(when.latest, interval) == name else None


def _touched(dated: Sequence[DayRange], interval: Interval, within: DayRange) -> set[str]:
    """The buckets that documents may touch; none if they are too many.

    Where `within` is open, they lie between the outermost known days.
    """
    uncertain = [when for when in dated if _wholly_in(when, interval) is None]
    known = [edge for when in uncertain for edge in (when.earliest, when.latest) if BEGINNING < edge < END]
    first = min(known, default=END) if within.earliest == BEGINNING else within.earliest
    last = max(known, default=BEGINNING) if within.latest == END else within.latest
    names = set(islice(_buckets(first, last, interval), MAX_BUCKETS + 1))
    return names if len(names) <= MAX_BUCKETS else set()


def _buckets(first: int, last: int, interval: Interval) -> Iterator[str]:
    while first <= last:
        name = bucket(first, interval)
        yield name
        first = _span(name).latest + 1


def _place(name: str) -> tuple[int, int]:
    span = _span(name)
    return span.earliest, -span.latest  # a year stands before its months


def _span(name: str) -> DayRange:
    return parse_range(name) or ALL_TIME
