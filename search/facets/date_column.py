"""The dates of all documents by document number, from which the date facet of any of them is counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.calendar import BEGINNING, END, DayRange, Interval, parse_range
from search.facets.dates import DateCounts, Division, containing_bucket, date_facet, divide
from search.request import DateFacetRequest
from search.results import DateFacet


@dataclass(frozen=True, slots=True)
class _DictionaryEncoded:
    """A column of dates as `codes`, places in a `table` of distinct dates: integers are counted faster."""

    codes: Sequence[int]
    table: Sequence[DayRange | None]


@dataclass(frozen=True)
class DateColumn:
    """Dates by document number, None for an undated document."""

    days: Sequence[DayRange | None]

    def facet(self, request: DateFacetRequest, docs: Sequence[int]) -> DateFacet:
        """The date facet over the documents of these numbers."""
        division = divide(request, self._outermost(docs))
        return date_facet(request, self._counts(docs, division), division)

    def _counts(self, docs: Iterable[int], division: Division) -> DateCounts:
        encoded = self._encoded(division.detail)
        counts = Counter(map(encoded.codes.__getitem__, docs))
        undated = sum(number for code, number in counts.items() if encoded.table[code] is None)
        ranges = {days: number for code, number in counts.items() if (days := encoded.table[code])}
        return DateCounts(ranges, undated)

    def _outermost(self, docs: Sequence[int]) -> DayRange | None:
        """The first and the last known day of these documents; None if no day is known."""
        firsts, lasts = self._edges
        first = min(map(firsts.__getitem__, docs), default=END)
        return DayRange(first, max(map(lasts.__getitem__, docs))) if first < END else None

    @cached_property
    def _edges(self) -> tuple[Sequence[int], Sequence[int]]:
        """Each document's first known day, and each document's last."""
        known = [_known_edges(days) for days in self.days]
        return [first for first, _ in known], [last for _, last in known]

    def _encoded(self, detail: Interval) -> _DictionaryEncoded:
        """The column at this precision; a decade is counted by its years."""
        match detail:
            case "day":
                return self._by_day
            case "month":
                return self._by_month
            case _:
                return self._by_year

    @cached_property
    def _by_day(self) -> _DictionaryEncoded:
        return _encode(self.days, "day")

    @cached_property
    def _by_month(self) -> _DictionaryEncoded:
        return _encode(self.days, "month")

    @cached_property
    def _by_year(self) -> _DictionaryEncoded:
        return _encode(self.days, "year")


def _encode(column: Iterable[DayRange | None], detail: Interval) -> _DictionaryEncoded:
    table: dict[DayRange | None, int] = {}
    codes = [table.setdefault(_rounded(days, detail), len(table)) for days in column]
    return _DictionaryEncoded(codes, list(table))


def _rounded(days: DayRange | None, detail: Interval) -> DayRange | None:
    """The whole bucket that contains a date, else the date."""
    inside = containing_bucket(days, detail) if days else None
    return parse_range(inside) if inside else days


def _known_edges(days: DayRange | None) -> tuple[int, int]:
    """The first and last day that is known; END and BEGINNING if none is."""
    known = [day for day in (days.earliest, days.latest) if BEGINNING < day < END] if days else []
    return (known[0], known[-1]) if known else (END, BEGINNING)
