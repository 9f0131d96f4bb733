"""The date facet as a bar chart: a bar for each decade, year, month or day, each leading further in."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from search.calendar import INTERVALS, DayRange, Interval, bucket, parse_partial, parse_range
from search.facets.dates import interval_of
from search.facets.requests import zoomed_date
from search.messages import Message, gettext
from search.request import DATE, Filter
from search.results import DateFacet, FacetValue
from search.schema import Schema
from search.wording.dates import date_text, date_within
from search.wording.facets import facet_label
from webui.components.facet_views import FacetView, ValueView, bar_length, missing_view
from webui.components.links import Link
from webui.state import SearchState

MAX_BARS = 60
"""Buckets drawn beside the results; the page of the facet has them all."""

_MAX_EMPTY_RUN = 2  # adjacent empty buckets with a row each; a longer run shares one row
_NOT_KNOWN: dict[Interval, Message] = {
    # Translators: dates of which this part is not known, such as those of a year without a month.
    "decade": Message("Decade not known"),
    "year": Message("Year not known"),
    "month": Message("Month not known"),
    "day": Message("Day not known"),
}
_SEVERAL: dict[Interval, Message] = {
    "decade": Message("Choose several decades"),
    "year": Message("Choose several years"),
}


def date_histogram(facet: DateFacet, state: SearchState, schema: Schema) -> FacetView:
    """The histogram beside the results: of all dates, or of the buckets within the one that is selected."""
    chosen = zoomed_date(replace(state.question, zoom=True))
    if chosen:
        return _zoomed(facet, chosen, state, schema)
    several = state.question.date_interval != "auto"
    unlisted = sum(1 for value in facet.values[MAX_BARS:] if not value.selected)
    return replace(
        date_list(facet, state, schema, MAX_BARS),
        unlisted=unlisted,
        more_url=state.list_url(DATE) if unlisted else "",
        switch=gettext("One at a time") if several else "",
        switch_url=state.changing(date_interval="auto").url if several else "",
    )


def date_list(facet: DateFacet, state: SearchState, schema: Schema, max_bars: int | None = None) -> FacetView:
    """The histogram of all dates, in which several buckets can be selected.

    At most `max_bars` buckets are shown, and those selected beyond.
    """

    narrowing_url = state.narrowing_url(DATE)

    def link(value: FacetValue) -> str:
        if value.selected:
            return state.removing(Filter(DATE, "is", value.value)).url
        return narrowing_url(value.value)

    bars = tuple(_BarChart(facet, max_bars=max_bars).bars(link))
    return FacetView(DATE, facet_label(DATE, schema), bars, missing_view(facet, state))


def _zoomed(facet: DateFacet, chosen: str, state: SearchState, schema: Schema) -> FacetView:
    """The histogram within the selected date: the months of a year, the days of a month."""
    days = parse_range(chosen)
    assert days is not None  # noqa: S101 - `zoomed_date` returns a date that can be parsed
    trail = tuple(_trail(chosen, days, facet, state))

    def link(value: FacetValue) -> str:
        return trail[-2].url if value.selected else state.dating(value.value).url

    siblings = interval_of(chosen)
    return FacetView(
        DATE,
        facet_label(DATE, schema),
        tuple(_BarChart(facet, bucket(days.earliest, "year")).bars(link)),
        missing_view(facet, state),
        trail=trail,
        spanning=ValueView(gettext(_NOT_KNOWN[facet.interval]), facet.spanning) if facet.spanning else None,
        switch=gettext(_SEVERAL[siblings]) if siblings in _SEVERAL else "",
        switch_url=state.changing(date_interval=siblings).url if siblings in _SEVERAL else "",
    )


def _trail(chosen: str, days: DayRange, facet: DateFacet, state: SearchState) -> Iterator[Link]:
    """The dates that contain the selected one, from all dates down to itself."""
    yield Link(gettext("All dates"), state.dating().url)
    for interval in INTERVALS if facet.coarsest == "decade" else INTERVALS[1:]:
        value = bucket(days.earliest, interval)
        outer = parse_partial(value)
        if outer is not None and outer != days and outer.contains(days):
            yield Link(_crumb_text(value), state.dating(value).url)
    yield Link(_crumb_text(chosen))


def _crumb_text(value: str) -> str:
    """A date without the part that the link above it says: under 1953 it is `July`, under July `4`."""
    return date_within(value, 2)


def _bucket_names(first: int, last: int, interval: Interval, limit: int) -> Iterator[str]:
    """The first `limit` buckets from one day number to another."""
    while first <= last and limit:
        name = bucket(first, interval)
        yield name
        days = parse_partial(name)
        first, limit = (days.latest + 1 if days else last + 1), limit - 1


class _BarChart:
    """The buckets of a date facet as rows, with rows for the empty buckets between them.

    The labels leave out `year`, which is shown above the chart.
    """

    def __init__(self, facet: DateFacet, year: str = "", max_bars: int | None = None) -> None:
        self._facet, self._max_bars = facet, max_bars
        self._longest = max((value.count + value.possible for value in facet.values), default=0) or 1
        self._year = year

    def bars(self, url: Callable[[FacetValue], str]) -> Iterator[ValueView]:
        """The rows in order of time; `url` is called for the link of each bucket that is not empty."""
        previous: FacetValue | None = None
        for number, value in enumerate(self._facet.values):
            if self._max_bars is not None and number >= self._max_bars and not value.selected:
                previous = None  # a bucket that is left out is not an empty one
                continue
            if previous is not None:
                yield from self._empty_between(previous.value, value.value)
            is_link = value.count or value.possible or value.selected
            yield self._bar(value, url(value) if is_link else "")
            previous = value

    def _bar(self, value: FacetValue, url: str) -> ValueView:
        return ValueView(
            self._label(value.value),
            value.count,
            url,
            possible=value.possible,
            selected=value.selected,
            certain=bar_length(value.count, self._longest),
            possible_width=bar_length(value.possible, self._longest),
        )

    def _empty_between(self, previous: str, following: str) -> Iterator[ValueView]:
        """The empty buckets between two: a row each, or one row for a long run."""
        first, last, interval = parse_partial(previous), parse_partial(following), self._facet.interval
        if first is None or last is None:
            return
        names = list(_bucket_names(first.latest + 1, last.earliest - 1, interval, _MAX_EMPTY_RUN + 1))
        if len(names) <= _MAX_EMPTY_RUN:
            yield from (self._bar(FacetValue(name, 0), "") for name in names)
        else:
            end = bucket(last.earliest - 1, interval)
            label = f"{self._label(names[0])} – {self._label(end)}"
            yield ValueView(label, 0)

    def _label(self, value: str) -> str:
        is_of_year = self._year and value.startswith(f"{self._year}-")
        return date_within(value) if is_of_year else date_text(value)
