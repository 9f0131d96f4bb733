"""The date facet: certain and possible documents in each decade, year, month or day.

A document is certainly in the one bucket that contains its date, and possibly in each other bucket that
its date overlaps. Possible counts come from two cumulative histograms, so that a date of centuries or
with an open end costs no more than a day.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, islice

from search.calendar import ALL_TIME, BEGINNING, END, INTERVALS, DayRange, Interval, bucket, parse_range
from search.request import DateFacetRequest, DateInterval
from search.results import DateFacet, FacetValue

MAX_BUCKETS = 400
"""With more buckets than these, those without a certain document are not listed."""

_WIDE = 40 * 366  # days; a longer time is shown in decades


@dataclass(frozen=True, slots=True)
class Division:
    """The intervals of a date facet.

    `buckets` divides the days of the request, `coarsest` would divide all dates of the result set.
    `detail` is the precision at which dates must be distinguished to be counted: a date inside one bucket
    of that interval may be counted as if it filled the bucket.
    """

    buckets: Interval
    coarsest: Interval
    detail: Interval


@dataclass(frozen=True, slots=True)
class DateCounts:
    """The dates of a result set: date -> number of documents, and the number without a date."""

    ranges: Mapping[DayRange, int]
    undated: int


class PrefixCounts:
    """Cumulative histogram over day numbers, from pairs of a day and its number of documents."""

    def __init__(self, days: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(days)
        self._days = [day for day, _ in ordered]
        self._counts = [0, *accumulate(number for _, number in ordered)]

    def up_to(self, day: int) -> int:
        """How many documents have a day that is not later."""
        return self._counts[bisect_right(self._days, day)]


def divide(request: DateFacetRequest, edges: DayRange | None) -> Division:
    """The intervals for a result set whose outermost known days are `edges` (None: no day is known)."""
    everything = request.within == ALL_TIME
    selected = request.pinned
    buckets = _interval(request.interval, selected, edges if everything else _bounded(request.within))
    coarsest = buckets if everything else _interval("auto", (), edges)
    named = [edge for value in selected for edge in value.split("..") if edge]
    return Division(buckets, coarsest, max([buckets, *map(interval_of, named)], key=INTERVALS.index))


def date_facet(request: DateFacetRequest, counts: DateCounts, division: Division) -> DateFacet:
    """The facet of these dates, its values in the order of time."""
    within, everything, interval = request.within, request.within == ALL_TIME, division.buckets
    certain: Counter[str] = Counter()
    counted: list[tuple[DayRange, int]] = []  # all dates but those that span the whole window
    several: list[tuple[DayRange, int]] = []  # those of them that are in no one bucket
    for dated in counts.ranges.items():
        days, number = dated
        if inside := containing_bucket(days, interval):
            certain[inside] += number
        elif everything or not days.contains(within):
            several.append(dated)
        else:
            continue
        counted.append(dated)
    starts = PrefixCounts((days.earliest, number) for days, number in several)
    ends = PrefixCounts((days.latest, number) for days, number in several)

    def count(name: str) -> FacetValue:
        days = _days(name)
        if name in request.pinned and name not in certain:  # perhaps of another interval than the buckets
            sure = sum(number for date, number in counted if days.contains(date))
            return FacetValue(name, sure, sum(n for date, n in counted if days.overlaps(date)) - sure)
        return FacetValue(name, certain[name], starts.up_to(days.latest) - ends.up_to(days.earliest - 1))

    listed = {*certain, *_overlapped_buckets((days for days, _ in several), interval, within)}
    names = {name for name in listed if everything or _days(name).overlaps(within)}.union(request.pinned)
    values = [
        value for value in map(count, names) if value.count or value.possible or value.value in request.pinned
    ]
    values.sort(key=lambda value: _in_time(value.value))
    return DateFacet(
        values=tuple(values),
        missing=counts.undated,
        interval=interval,
        coarsest=division.coarsest,
        total=len(values),
        spanning=sum(counts.ranges.values()) - sum(number for _, number in counted),
    )


def containing_bucket(days: DayRange, interval: Interval) -> str | None:
    """The name of the one bucket that contains these days; None if they are in several, or open."""
    if days.earliest == BEGINNING or days.latest == END:
        return None
    name = bucket(days.earliest, interval)
    return name if days.earliest == days.latest or bucket(days.latest, interval) == name else None


def _interval(requested: DateInterval, selected: Iterable[str], edges: DayRange | None) -> Interval:
    """What `auto` resolves to: the interval of the finest selected value, else by the length of time."""
    if requested != "auto":
        return requested
    if precisions := [interval_of(value) for value in selected]:
        return max(precisions, key=INTERVALS.index)
    if edges is None:
        return "year"
    first, last = edges.earliest, edges.latest
    if last - first > _WIDE:
        return "decade"
    if bucket(first, "month") == bucket(last, "month"):
        return "day"
    return "month" if bucket(first, "year") == bucket(last, "year") else "year"


def _bounded(days: DayRange) -> DayRange | None:
    """The days without an open end; None if both ends are open."""
    known = [day for day in (days.earliest, days.latest) if BEGINNING < day < END]
    return DayRange(known[0], known[-1]) if known else None


def interval_of(value: str) -> Interval:
    """The interval of which a value of the date facet names one, or of a range the finer of its ends."""
    if value.endswith("s"):
        return "decade"
    hyphens = max(part.lstrip("-").count("-") for part in value.split(".."))
    return ("year", "month", "day")[hyphens]


def _overlapped_buckets(several: Iterable[DayRange], interval: Interval, within: DayRange) -> set[str]:
    """The buckets that dates of several buckets may overlap; none if they are more than MAX_BUCKETS.

    Where `within` is open, they lie between the outermost known days.
    """
    known = [edge for days in several for edge in (days.earliest, days.latest) if BEGINNING < edge < END]
    first = min(known, default=END) if within.earliest == BEGINNING else within.earliest
    last = max(known, default=BEGINNING) if within.latest == END else within.latest
    names = set(islice(_buckets(first, last, interval), MAX_BUCKETS + 1))
    return names if len(names) <= MAX_BUCKETS else set()


def _buckets(first: int, last: int, interval: Interval) -> Iterator[str]:
    while first <= last:
        name = bucket(first, interval)
        yield name
        first = _days(name).latest + 1


def _in_time(name: str) -> tuple[int, int]:
    days = _days(name)
    return days.earliest, -days.latest  # a year stands before its months


def _days(name: str) -> DayRange:
    return parse_range(name) or ALL_TIME
