"""The contexts of `_facets.html`: a facet, and each value with the links that add or remove filters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.messages import ngettext
from search.request import DATE, Filter
from search.results import DateFacet, Facet, FacetValue
from search.schema import Schema
from search.wording.facets import missing_label, value_text
from search.wording.filters import filter_text
from webui.components.links import Link
from webui.state import SearchState


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a facet. `url` adds it as a filter, or removes the filter that is set on it.

    `exclude_url` adds a filter against it, and `description` says in words what that leaves out. `certain`
    and `possible_width` are the lengths of a date's bar in per cent of the longest bar. A value that no
    document has and that is no filter has no `url`; in a date histogram it may stand for a run of empty
    buckets.
    """

    label: str
    count: int
    url: str = ""
    exclude_url: str = ""
    description: str = ""
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
    include, exclude = state.narrowing_url(field), state.narrowing_url(field, "not")
    for value in values:
        if value.selected or value.excluded:
            current = Filter(field, "is" if value.selected else "not", value.value)
            yield ValueView(
                value_text(field, value.value),
                value.count,
                state.removing(current).url,
                selected=value.selected,
                excluded=value.excluded,
            )
        else:
            description = filter_text(Filter(field, "is", value.value), schema)
            label = value_text(field, value.value)
            yield ValueView(label, value.count, include(value.value), exclude(value.value), description)


def missing_view(facet: Facet | DateFacet, state: SearchState) -> ValueView | None:
    """The documents without a value; None if there are none and they are not selected."""
    item = Filter(facet.field, "missing")
    selected = state.has(item)
    if not facet.missing and not selected:
        return None
    label = missing_label(facet.field)
    url = (state.removing(item) if selected else state.adding(item)).url
    return ValueView(label, facet.missing, url, selected=selected)
