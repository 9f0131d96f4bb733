"""What a facet is to a template: its values, each with the way to select, drop or exclude it."""

from dataclasses import dataclass

from search.request import DATE, Filter
from search.results import DateFacet, Facet, FacetValue
from search.schema import Schema
from webui.state import SearchState
from webui.words import filter_words, missing_words


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value: `url` selects it, or drops it if it is selected or excluded.

    `certain` and `possible_width` are the lengths of its bar in per cent of the longest. A value that
    nothing has, and that is not chosen, has no `url`; it may stand for a run of them.
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
class Crumb:
    """A step of the way from all dates to the one that is divided; the last has no `url`."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet. `missing` leads to the documents without a value, `more_url` to a list of all values.

    Of dates, `trail` is the way up from the one that is divided, if one is, and `spanning` stands for
    the documents whose date covers all of it. `switch_url` leads from there to a choice of several,
    and back; `switch` says so.
    """

    name: str
    label: str
    values: tuple[ValueView, ...]
    missing: ValueView | None = None
    unlisted: int = 0
    more_url: str = ""
    trail: tuple[Crumb, ...] = ()
    spanning: ValueView | None = None
    switch: str = ""
    switch_url: str = ""

    @property
    def is_date(self) -> bool:
        """Whether its values stand in the order of time and have bars."""
        return self.name == DATE


def value_view(value: FacetValue, field: str, state: SearchState, schema: Schema) -> ValueView:
    """A value of a field."""
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


def missing_view(facet: Facet | DateFacet, state: SearchState, schema: Schema) -> ValueView | None:
    """The documents without a value, if there are any or they are selected."""
    item = Filter(facet.field, "missing")
    selected = state.has(item)
    if not facet.missing and not selected:
        return None
    words = missing_words(facet.field, schema)
    url = (state.removing(item) if selected else state.adding(item)).url
    return ValueView(words, words, facet.missing, url, selected=selected)
