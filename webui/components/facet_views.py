"""The contexts of `_facets.html`: a facet, and each value with the links that add or remove filters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.messages import ngettext
from search.parameters.filters import filter_parameter
from search.request import DATE, Filter, FilterOp
from search.results import DateFacet, Facet, FacetValue
from search.wording.facets import missing_label, value_text
from webui.components.links import Link
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a facet. `url` adds it as a filter, or removes the filter that is set on it.

    A box for it sends `parameter` with the value `sent`; a button that leaves it out sends `exclude` with the
    same, and is empty where a filter is set. `certain` and `possible_width` are the lengths of a bar, and of
    the part of it that is possible dates, in per cent of the longest; 0 where none is drawn. A value that no
    document has and that is no filter has no `url`; in a date histogram it may stand for a run of empty
    buckets.
    """

    label: str
    count: int
    url: str = ""
    exclude: str = ""
    parameter: str = ""
    sent: str = ""
    possible: int = 0
    selected: bool = False
    excluded: bool = False
    certain: int = 0
    possible_width: int = 0

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
    def boxes(self) -> tuple[ValueView, ...]:
        """What has a box to check: the values, then the documents without one."""
        return (*self.values, *([self.missing] if self.missing else []))

    @property
    def is_date(self) -> bool:
        """Whether it is shown as a date histogram."""
        return self.name == DATE


def value_views(values: Iterable[FacetValue], field: str, state: SearchState) -> Iterator[ValueView]:
    """Values of a terms facet; without bars where all have as many documents, so that nothing stands out."""
    values = tuple(values)
    narrowing_url = state.narrowing_url(field)
    against, _ = filter_parameter(Filter(field, "not"))
    counts = {value.count for value in values}
    longest = max(counts) if len(counts) > 1 else 0
    for value in values:
        op: FilterOp = "not" if value.excluded else "is"
        item = Filter(field, op, value.value)
        chosen = value.selected or value.excluded
        parameter, sent = filter_parameter(item)
        yield ValueView(
            value_text(field, value.value),
            value.count,
            state.removing(item).url if chosen else narrowing_url(value.value),
            "" if chosen else against,
            parameter,
            sent,
            selected=value.selected,
            excluded=value.excluded,
            certain=bar_length(value.count, longest),
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
    return ValueView(label, facet.missing, url, "", parameter, sent, selected=selected)


def bar_length(count: int, longest: int) -> int:
    """The length of a bar in per cent of the longest; at least 1 of what is counted, 0 where `longest` is."""
    return max(round(100 * count / longest), 1) if count and longest else 0


def boxes_of(facets: Iterable[FacetView]) -> frozenset[tuple[str, str]]:
    """What the boxes of facets send: pairs of parameter and value. Dates have none."""
    return frozenset(
        (value.parameter, value.sent) for facet in facets if not facet.is_date for value in facet.boxes
    )
