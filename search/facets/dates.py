"""The date facet: certain and possible documents in each decade, year, month or day.

A document is certainly in the one bucket it lies wholly in, and possibly in each other bucket that
its range touches. Possible counts come from two cumulative counts, so that a range of centuries or an
open end costs no more than a day.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, islice

from search.calendar import ALL_TIME, BEGINNING, END, INTERVALS, DayRange, Interval, bucket, parse_range
from search.request import DateInterval, FacetRequest
from search.results import Facet, FacetValue

MAX_BUCKETS = 400
"""Beyond so many, buckets that documents only touch are not listed."""

_WIDE = 40 * 366  # days; a wider span is shown in decades


@dataclass(frozen=True, slots=True)
class Division:
    """How a stretch of time is divided: into `buckets`, and into `coarsest` ones if all of it were shown.

    `detail` is how finely dates must be told apart to be counted: what lies wholly in a bucket of that
    interval may be counted as if it filled it.
    """

    buckets: Interval
    coarsest: Interval
    detail: Interval


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a result set: how many documents have each range of days, how many have none."""

    spans: Mapping[DayRange, int]
    undated: int

    @property
    def dated(self) -> int:
        """How many documents have a date."""
        return sum(self.spans.values())


def divide(wanted: FacetRequest, edges: DayRange | None) -> Division:
    """How to divide the time between the outermost known days of a result set (None: there are none)."""
    everything = wanted.within == ALL_TIME
    buckets = _interval(wanted.interval, wanted.keep, edges if everything else _known(wanted.within))
    coarsest = buckets if everything else _interval("auto", (), edges)
    named = [edge for value in wanted.keep for edge in value.split("..") if edge]
    return Division(buckets, coarsest, max([buckets, *map(_granularity, named)], key=INTERVALS.index))


def date_facet(wanted: FacetRequest, dates: Dates, division: Division) -> Facet:
    """The facet over documents of these dates, in the order of time."""
    within, everything = wanted.within, wanted.within == ALL_TIME
    interval = division.buckets
    certain: Counter[str] = Counter()
    telling: dict[DayRange, int] = {}
    for when, number in dates.spans.items():
        wholly = wholly_in(when, interval)
        if wholly:
            certain[wholly] += number
        if everything or wholly or not when.contains(within):
            telling[when] = number
    starts = _Cumulative((when.earliest, number) for when, number in telling.items())
    ends = _Cumulative((when.latest, number) for when, number in telling.items())

    def count(name: str) -> FacetValue:
        span = _span(name)
        touching = starts.up_to(span.latest) - ends.up_to(span.earliest - 1)
        foreign = name in wanted.keep and name not in certain  # of another interval than the buckets
        sure = sum(n for when, n in telling.items() if span.contains(when)) if foreign else certain[name]
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
        dates.undated,
        interval,
        coarsest=division.coarsest,
        total=len(values),
        throughout=dates.dated - sum(telling.values()),
    )


class _Cumulative:
    """How many of some days lie up to a day."""

    def __init__(self, days: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(days)
        self._days = [day for day, _ in ordered]
        self._counts = [0, *accumulate(number for _, number in ordered)]

    def up_to(self, day: int) -> int:
        return self._counts[bisect_right(self._days, day)]


def _interval(asked: DateInterval, selected: Iterable[str], edges: DayRange | None) -> Interval:
    """What `auto` comes to: as fine as what is selected, else by how much time there is."""
    if asked != "auto":
        return asked
    if chosen := [_granularity(value) for value in selected]:
        return max(chosen, key=INTERVALS.index)
    if edges is None:
        return "year"
    first, last = edges.earliest, edges.latest
    if last - first > _WIDE:
        return "decade"
    if bucket(first, "month") == bucket(last, "month"):
        return "day"
    return "month" if bucket(first, "year") == bucket(last, "year") else "year"


def _known(days: DayRange) -> DayRange | None:
    """The days without an open end; None if nothing is known of them."""
    known = [day for day in (days.earliest, days.latest) if BEGINNING < day < END]
    return DayRange(known[0], known[-1]) if known else None


def _granularity(value: str) -> Interval:
    if value.endswith("s"):
        return "decade"
    hyphens = max(part.lstrip("-").count("-") for part in value.split(".."))
    return ("year", "month", "day")[hyphens]


def wholly_in(when: DayRange, interval: Interval) -> str | None:
    """The bucket that a range lies wholly in, by name."""
    if when.earliest == BEGINNING or when.latest == END:
        return None
    name = bucket(when.earliest, interval)
    return name if when.earliest == when.latest or bucket(when.latest, interval) == name else None


def _touched(dated: Iterable[DayRange], interval: Interval, within: DayRange) -> set[str]:
    """The buckets that documents may touch; none if they are too many.

    Where `within` is open, they lie between the outermost known days.
    """
    uncertain = [when for when in dated if wholly_in(when, interval) is None]
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
