"""The contexts of `_facets.html`: a facet, and each value with the links that add or remove filters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.messages import ngettext
from search.parameters.filters import filter_parameter
from search.request import DATE, Filter, FilterOp
from search.results import DateFacet, Facet, FacetValue
from search.schema import Schema
from search.wording.facets import missing_label, value_text
from search.wording.filters import filter_text
from webui.components.links import Link
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a facet. `url` adds it as a filter, or removes the filter that is set on it.

    A box for it sends `parameter` with the value `sent`. `exclude_url` adds a filter against it, and
    `description` says in words what that leaves out. `certain`
    and `possible_width` are the lengths of a date's bar in per cent of the longest bar. A value that no
    document has and that is no filter has no `url`; in a date histogram it may stand for a run of empty
    buckets.
    """

    label: str
    count: int
    url: str = ""
    exclude_url: str = ""
    description: str = ""
    parameter: str = ""
    sent: str = ""
    possible: int = 0
    selected: bool = False
    excluded: bool = False
    certain: float = 0
    possible_width: float = 0

    @property
    def chosen(self) -> bool:
        """Whether a filter is set on it."""
        return self.selected or self.excluded

    @property
    def counted(self) -> str:
        """Its documents in words."""
        if not self.possible:
            return ngettext("%(num)s document", "%(num)s documents", self.count)
        return ngettext(
            "%(num)s document and %(possible)s possible",
            "%(num)s documents and %(possible)s possible",
            self.count,
            possible=self.possible,
        )


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet. `missing` selects the documents without a value.

    `more_url` leads to the page of all values, of which `unlisted` are not shown here.

    Only the date facet has the rest. `trail` leads up from the date that is divided, if one is selected;
    `spanning` counts the documents whose dates cover all of it. `switch_url`, with the text `switch`,
    leads from choosing one date to choosing several, and back.
    """

    name: str
    label: str
    values: tuple[ValueView, ...]
    missing: ValueView | None = None
    unlisted: int = 0
    more_url: str = ""
    trail: tuple[Link, ...] = ()
    spanning: ValueView | None = None
    switch: str = ""
    switch_url: str = ""

    @property
    def is_date(self) -> bool:
        """Whether it is shown as a date histogram."""
        return self.name == DATE


def value_views(
    values: Iterable[FacetValue], field: str, state: SearchState, schema: Schema
) -> Iterator[ValueView]:
    """Values of a terms facet."""
    values = tuple(values)
    include, exclude = state.narrowing_url(field), state.narrowing_url(field, "not")
    longest = max((value.count for value in values), default=0) or 1
    for value in values:
        op: FilterOp = "not" if value.excluded else "is"
        item = Filter(field, op, value.value)
        chosen = value.selected or value.excluded
        parameter, sent = filter_parameter(item)
        yield ValueView(
            value_text(field, value.value),
            value.count,
            state.removing(item).url if chosen else include(value.value),
            "" if chosen else exclude(value.value),
            filter_text(item, schema),
            parameter,
            sent,
            selected=value.selected,
            excluded=value.excluded,
            certain=round(100 * value.count / longest, 1),
        )


def missing_view(facet: Facet | DateFacet, state: SearchState) -> ValueView | None:
    """The documents without a value; None if there are none and they are not selected."""
    item = Filter(facet.field, "missing")
    selected = state.has(item)
    if not facet.missing and not selected:
        return None
    label = missing_label(facet.field)
    url = (state.removing(item) if selected else state.adding(item)).url
    parameter, sent = filter_parameter(item)
    return ValueView(label, facet.missing, url, "", label, parameter, sent, selected=selected)


def boxes_of(facets: Iterable[FacetView]) -> frozenset[tuple[str, str]]:
    """What the boxes of facets send: pairs of parameter and value. Dates have none."""
    return frozenset(
        (value.parameter, value.sent)
        for facet in facets
        if not facet.is_date
        for value in (*facet.values, *([facet.missing] if facet.missing else []))
    )
