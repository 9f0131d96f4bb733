"""The date facet as a page draws it: a bar for each stretch of time, and the way from years to days."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from search.calendar import INTERVALS, DayRange, Interval, bucket, parse_partial, parse_range
from search.facets.requests import zoomed_date
from search.request import DATE, Filter
from search.results import DateFacet, FacetValue
from search.schema import Schema
from webui.components.facet_views import Crumb, FacetView, ValueView, missing_view
from webui.state import SearchState
from webui.words import date_words, facet_label, filter_words

MOST_BARS = 60
"""So many buckets are drawn beside the results; the list of them has all."""

_MOST_EMPTY = 24  # a run of empty buckets longer than this is one row
_MOST_EMPTY_DAYS = 3  # the same in the list of days, which is read and not looked at
_MOST_WHOLE = 12  # the years of a decade and the months of a year are all drawn, days of a month are not


def date_view(facet: DateFacet, state: SearchState, schema: Schema) -> FacetView:
    """The facet beside results: of all dates, or of the one that is selected."""
    chosen = zoomed_date(replace(state.question, zoom=True))
    if chosen:
        return _divided(facet, chosen, state, schema)
    several = state.question.date_interval != "auto"
    unlisted = sum(1 for value in facet.values[MOST_BARS:] if not value.selected)
    return replace(
        date_list(facet, state, schema, MOST_BARS),
        unlisted=unlisted,
        more_url=state.list_url(DATE) if unlisted else "",
        switch="One at a time" if several else "",
        switch_url=state.changing(date_interval="auto").url if several else "",
    )


def date_list(facet: DateFacet, state: SearchState, schema: Schema, most: int | None = None) -> FacetView:
    """The buckets of a facet, each of which can be selected beside others; after `most` those that are."""

    def link(value: FacetValue) -> str:
        item = Filter(DATE, "is", value.value)
        return (state.removing(item) if value.selected else state.adding(item)).url

    bars = tuple(_Drawing(facet, schema, most=most).bars(link))
    return FacetView(DATE, facet_label(DATE, schema), bars, missing_view(facet, state, schema))


def _divided(facet: DateFacet, chosen: str, state: SearchState, schema: Schema) -> FacetView:
    """The months of a year that is selected, and the like: each leads further in."""
    days = parse_range(chosen)
    assert days is not None  # noqa: S101 - `zoomed_date` has read it
    trail = tuple(_trail(chosen, days, facet, state))

    def link(value: FacetValue) -> str:
        return trail[-2].url if value.selected else state.dating(value.value).url

    if days.earliest < days.latest:
        facet = replace(facet, values=tuple(_whole(facet, days)))
    interval = facet.coarsest
    unknown = f"{facet.interval.capitalize()} not known"
    return FacetView(
        DATE,
        facet_label(DATE, schema),
        tuple(_Drawing(facet, schema, bucket(days.earliest, "year")).bars(link)),
        missing_view(facet, state, schema),
        trail=trail,
        spanning=ValueView(unknown, unknown, facet.spanning) if facet.spanning else None,
        switch=f"Choose several {interval}s",
        switch_url=state.changing(date_interval=interval).url,
    )


def _trail(chosen: str, days: DayRange, facet: DateFacet, state: SearchState) -> Iterator[Crumb]:
    yield Crumb("All dates", state.dating().url)
    for interval in INTERVALS if facet.coarsest == "decade" else INTERVALS[1:]:
        value = bucket(days.earliest, interval)
        around = parse_partial(value)
        if around is not None and around != days and around.contains(days):
            yield Crumb(_short(value), state.dating(value).url)
    yield Crumb(_short(chosen))


def _short(value: str) -> str:
    """A date as a step of a way says it: below 1953 comes July, below that 4."""
    words = date_words(value)
    return words if ".." in value or "-" not in value.lstrip("-") else words.split()[0]


def _whole(facet: DateFacet, days: DayRange) -> Iterator[FacetValue]:
    """The buckets of these days, empty ones too where there are few."""
    found = {value.value: value for value in facet.values}
    names = list(_names(days.earliest, days.latest, facet.interval, _MOST_WHOLE + 1))
    if len(names) > _MOST_WHOLE:
        yield from facet.values
    else:
        yield from (found.get(name) or FacetValue(name, 0) for name in names)


def _names(first: int, last: int, interval: Interval, most: int) -> Iterator[str]:
    while first <= last and most:
        name = bucket(first, interval)
        yield name
        days = parse_partial(name)
        first, most = (days.latest + 1 if days else last + 1), most - 1


class _Drawing:
    """The buckets of a facet as rows, empty ones between them too; `year` need not be said in each."""

    def __init__(self, facet: DateFacet, schema: Schema, year: str = "", most: int | None = None) -> None:
        self._facet, self._schema, self._most = facet, schema, most
        self._longest = max((value.count + value.possible for value in facet.values), default=0) or 1
        self._year = f" {date_words(year)}" if year else ""
        listed = facet.interval == "day" and not year and most is None
        self._most_empty = _MOST_EMPTY_DAYS if listed else _MOST_EMPTY

    def bars(self, link: Callable[[FacetValue], str]) -> Iterator[ValueView]:
        """The rows in order; `link` says where one leads that has documents or is selected."""
        before: FacetValue | None = None
        for number, value in enumerate(self._facet.values):
            if self._most is not None and number >= self._most and not value.selected:
                before = None  # what is not listed is not empty
                continue
            if before is not None:
                yield from self._between(before.value, value.value)
            there = value.count or value.possible or value.selected
            yield self._bar(value, link(value) if there else "")
            before = value

    def _bar(self, value: FacetValue, url: str) -> ValueView:
        return ValueView(
            self._words(value.value),
            filter_words(Filter(DATE, "is", value.value), self._schema),
            value.count,
            url,
            possible=value.possible,
            selected=value.selected,
            certain=round(100 * value.count / self._longest, 1),
            possible_width=round(100 * value.possible / self._longest, 1),
        )

    def _between(self, before: str, after: str) -> Iterator[ValueView]:
        """The empty buckets between two: each, or one row for a long run."""
        first, last, interval = parse_partial(before), parse_partial(after), self._facet.interval
        if first is None or last is None:
            return
        names = list(_names(first.latest + 1, last.earliest - 1, interval, self._most_empty + 1))
        if len(names) <= self._most_empty:
            yield from (self._bar(FacetValue(name, 0), "") for name in names)
        else:
            end = bucket(last.earliest - 1, interval)
            words = f"{self._words(names[0])} – {self._words(end)}"
            yield ValueView(words, words, 0)

    def _words(self, value: str) -> str:
        return date_words(value).removesuffix(self._year) if self._year else date_words(value)
