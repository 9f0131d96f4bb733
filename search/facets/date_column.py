"""The dates of all documents in order of document number, ready to be counted over any of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.calendar import BEGINNING, END, DayRange, Interval, parse_range
from search.facets.dates import Dates, Division, date_facet, divide, wholly_in
from search.request import FacetRequest
from search.results import Facet


@dataclass(frozen=True, slots=True)
class _Coded:
    """Each document's range by its place in a table, which is quicker to count than the range itself."""

    codes: Sequence[int]
    table: Sequence[DayRange | None]


@dataclass(frozen=True, slots=True)
class DateColumn:
    """Dates by document number, None for an undated document."""

    days: Sequence[DayRange | None]
    _coded: dict[Interval, _Coded] = field(default_factory=dict, repr=False)
    _edges: list[tuple[Sequence[int], Sequence[int]]] = field(default_factory=list, repr=False)

    def facet(self, wanted: FacetRequest, docs: Sequence[int]) -> Facet:
        """The date facet over some documents."""
        division = divide(wanted, self._outermost(docs))
        return date_facet(wanted, self._dates(docs, division), division)

    def _dates(self, docs: Iterable[int], division: Division) -> Dates:
        coded = self._at(division.detail)
        counts = Counter(map(coded.codes.__getitem__, docs))
        undated = sum(number for code, number in counts.items() if coded.table[code] is None)
        spans = {span: number for code, number in counts.items() if (span := coded.table[code])}
        return Dates(spans, undated)

    def _outermost(self, docs: Sequence[int]) -> DayRange | None:
        if not self._edges:
            known = [_known_edges(when) for when in self.days]
            self._edges.append(([first for first, _ in known], [last for _, last in known]))
        firsts, lasts = self._edges[0]
        first = min(map(firsts.__getitem__, docs), default=END)
        return DayRange(first, max(map(lasts.__getitem__, docs))) if first < END else None

    def _at(self, detail: Interval) -> _Coded:
        """The dates told apart as finely as `detail`; a decade is not worth a table of its own."""
        detail = "year" if detail == "decade" else detail
        if detail not in self._coded:
            table: dict[DayRange | None, int] = {}
            codes = [table.setdefault(_widened(when, detail), len(table)) for when in self.days]
            self._coded[detail] = _Coded(codes, list(table))
        return self._coded[detail]


def _widened(when: DayRange | None, detail: Interval) -> DayRange | None:
    """The bucket that a range lies wholly in, else the range."""
    wholly = wholly_in(when, detail) if when else None
    return parse_range(wholly) if wholly else when


def _known_edges(when: DayRange | None) -> tuple[int, int]:
    """The first and last day that is known; END and BEGINNING if none is."""
    known = [day for day in (when.earliest, when.latest) if BEGINNING < day < END] if when else []
    return (known[0], known[-1]) if known else (END, BEGINNING)
