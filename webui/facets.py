"""Facets as a page shows them: each value with the way to select, drop or exclude it."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.calendar import Interval, bucket, parse_partial
from search.request import DATE, Filter
from search.results import Facet, FacetValue
from search.schema import Schema
from webui.state import SearchState
from webui.words import date_words, facet_label, filter_words, missing_words

_MOST_EMPTY_BUCKETS = 24  # a run of empty years longer than this is said, not drawn


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value: `url` selects it, or drops it if it is selected or excluded.

    `certain` and `possible_width` are the lengths of its bar in per cent of the longest. A value that
    nothing has, and that is not chosen, has no `url`.
    """

    words: str
    description: str
    count: int
    url: str = ""
    exclude_url: str = ""
    possible: int = 0
    selected: bool = False
    excluded: bool = False
    certain: float = 0
    possible_width: float = 0

    @property
    def chosen(self) -> bool:
        """Whether it is a filter now."""
        return self.selected or self.excluded


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet. `missing` leads to the documents without a value; `more_url` to values not listed.

    `closer` names the one stretch of time that is selected, and `closer_url` divides it more finely.
    """

    name: str
    label: str
    values: tuple[ValueView, ...]
    missing: ValueView | None = None
    unlisted: int = 0
    more_url: str = ""
    closer: str = ""
    closer_url: str = ""

    @property
    def is_date(self) -> bool:
        """Whether its values stand in the order of time and have bars."""
        return self.name == DATE


def facet_views(facets: tuple[Facet, ...], state: SearchState, schema: Schema) -> tuple[FacetView, ...]:
    """The facets of an answer for a page, those with nothing to show left out."""
    views = (
        _date_view(f, state, schema) if f.field == DATE else _value_view(f, state, schema) for f in facets
    )
    return tuple(view for view in views if view.values or view.missing)


def _value_view(facet: Facet, state: SearchState, schema: Schema) -> FacetView:
    listed = sorted(facet.values, key=lambda value: not (value.selected or value.excluded))
    counted = sum(1 for value in facet.values if value.count)
    unlisted = max(facet.distinct - counted, 0)
    can_widen = unlisted and state.question.facet_limit < state.widening().question.facet_limit
    return FacetView(
        facet.field,
        facet_label(facet.field, schema),
        tuple(_value(value, facet.field, state, schema) for value in listed),
        _missing(facet, state, schema),
        unlisted,
        state.widening().url if can_widen else "",
    )


def _value(value: FacetValue, field: str, state: SearchState, schema: Schema) -> ValueView:
    wanted, unwanted = Filter(field, "is", value.value), Filter(field, "not", value.value)
    current = unwanted if value.excluded else wanted
    chosen = value.selected or value.excluded
    return ValueView(
        value.value,
        filter_words(current, schema),
        value.count,
        state.removing(current).url if chosen else state.adding(wanted).url,
        "" if chosen else state.adding(unwanted).url,
        selected=value.selected,
        excluded=value.excluded,
    )


def _date_view(facet: Facet, state: SearchState, schema: Schema) -> FacetView:
    longest = max((value.count + value.possible for value in facet.values), default=0) or 1
    values = tuple(_bucket(value, longest, state, schema) for value in _with_gaps(facet))
    closer, closer_url = _closer(facet, state)
    return FacetView(
        DATE,
        facet_label(DATE, schema),
        values,
        _missing(facet, state, schema),
        closer=closer,
        closer_url=closer_url,
    )


def _closer(facet: Facet, state: SearchState) -> tuple[str, str]:
    """A selected decade, year or month as the two bounds, within which the facet counts anew."""
    selected = [value.value for value in facet.values if value.selected]
    if len(selected) != 1 or facet.interval == "day":
        return "", ""
    value = selected[0]
    others = tuple(item for item in state.question.filters if item.field != DATE)
    bounds = (Filter(DATE, "from", value), Filter(DATE, "to", value))
    return date_words(value), state.changing(filters=(*others, *bounds), date_interval="auto").url


def _bucket(value: FacetValue, longest: int, state: SearchState, schema: Schema) -> ValueView:
    item = Filter(DATE, "is", value.value)
    there = value.count or value.possible or value.selected
    return ValueView(
        date_words(value.value),
        filter_words(item, schema),
        value.count,
        (state.removing(item) if value.selected else state.adding(item)).url if there else "",
        possible=value.possible,
        selected=value.selected,
        certain=round(100 * value.count / longest, 1),
        possible_width=round(100 * value.possible / longest, 1),
    )


def _with_gaps(facet: Facet) -> Iterator[FacetValue]:
    """The buckets with the empty ones between them, where those are few enough to draw."""
    assert facet.interval is not None  # noqa: S101 - the date facet has one
    last: FacetValue | None = None
    for value in facet.values:
        if last is not None:
            gap = list(_between(last.value, value.value, facet.interval))
            if len(gap) <= _MOST_EMPTY_BUCKETS:
                yield from (FacetValue(empty, 0) for empty in gap)
        yield value
        last = value


def _between(first: str, last: str, interval: Interval) -> Iterator[str]:
    days, end = parse_partial(first), parse_partial(last)
    while days is not None and end is not None:
        value = bucket(days.latest + 1, interval)
        days = parse_partial(value)
        if days is None or days.earliest >= end.earliest:
            return
        yield value


def _missing(facet: Facet, state: SearchState, schema: Schema) -> ValueView | None:
    item = Filter(facet.field, "missing")
    selected = state.has(item)
    if not facet.missing and not selected:
        return None
    words = missing_words(facet.field, schema)
    url = (state.removing(item) if selected else state.adding(item)).url
    return ValueView(words, words, facet.missing, url, selected=selected)
