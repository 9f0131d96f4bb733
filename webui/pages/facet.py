"""The page of all values of one facet, in alphabetical order or by count, or its whole date histogram."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import get_args

from search.analysis.collation import initial
from search.answer import FacetAnswer
from search.calendar import Interval
from search.errors import ParameterError
from search.messages import Message, gettext, ngettext
from search.parameters.facet_listing import OWN_PARAMETERS, parse_listing
from search.request import DATE, DateInterval, FacetListing, FacetOrder
from search.results import DateFacet, Facet
from search.schema import Schema
from search.wording.facets import counted_values, values_label
from search.wording.filters import search_title
from webui.components.date_histogram import date_list
from webui.components.facet_views import FacetView, ValueView, boxes_of, missing_view, value_views
from webui.components.links import Link
from webui.components.pagination import page_numbers
from webui.components.search_box import SearchBox, search_box
from webui.state import ParameterProblem, ParameterProblems, SearchState, read_state

PER_PAGE = 90
"""Values on a page: a multiple of the number of columns."""

_ORDERS: tuple[tuple[FacetOrder, Message], ...] = (
    ("count", Message("Most documents")),
    # Translators: values in alphabetical order.
    ("value", Message("A to Z")),
)


_INTERVALS: dict[DateInterval, Message] = {
    "decade": Message("Decades"),
    "year": Message("Years"),
    "month": Message("Months"),
    "day": Message("Days"),
}

_DATED: dict[Interval, Callable[[int], str]] = {
    "decade": lambda count: ngettext(
        "%(num)s decade with documents", "%(num)s decades with documents", count
    ),
    "year": lambda count: ngettext("%(num)s year with documents", "%(num)s years with documents", count),
    "month": lambda count: ngettext("%(num)s month with documents", "%(num)s months with documents", count),
    "day": lambda count: ngettext("%(num)s day with documents", "%(num)s days with documents", count),
}


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """Values under their common initial; in the order of counts all are in one group without initial."""

    initial: str
    values: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True)
class FacetPage:
    """The context of `facet.html`.

    `counted` says how many values there are, `about`
    describes the search whose documents are counted; `chosen` are the values with a filter, which
    are not repeated in `groups`. The date facet has its histogram in `dates` in place of groups.
    """

    name: str
    heading: str
    counted: str
    about: str
    state: SearchState
    box: SearchBox
    answer: FacetAnswer
    notices: tuple[str, ...]
    chosen: tuple[ValueView, ...]
    groups: tuple[ValueGroup, ...]
    dates: FacetView | None
    missing: ValueView | None
    orders: tuple[Link, ...]
    letters: tuple[Link, ...]
    pages: tuple[Link | None, ...]
    previous_url: str
    next_url: str
    unfiltered_url: str

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The hidden fields of the form that filters the values by prefix."""
        order = self.answer.listing.order
        return (*self.state.hidden(), *((("order", order),) if order != "count" else ()))


def read_listing(
    field: str, pairs: Iterable[tuple[str, str]], schema: Schema
) -> tuple[FacetListing, SearchState, ParameterProblems]:
    """The list of values and the search that a page's URL asks for, and the parameters that are invalid.

    As lenient as `read_state`. `per_page` belongs to the search: the list has PER_PAGE values on a page.
    """
    own_names = {"page"} if field == DATE else {*OWN_PARAMETERS} - {"per_page"}
    rest: list[tuple[str, str]] = []
    kept: dict[str, str] = {}
    problems: dict[str, ParameterProblem] = {}
    listing = FacetListing(field)
    for name, value in pairs:
        if name not in own_names:
            rest.append((name, value))
        elif value.strip():
            try:
                listing = parse_listing(field, [*{**kept, name: value.strip()}.items()], schema)
            except ParameterError as error:
                problems.setdefault(name, ParameterProblem(value, error.message))
            else:
                kept[name] = value.strip()
    state, others = read_state(rest, schema)
    return replace(listing, question=state.question, per_page=PER_PAGE), state, {**others, **problems}


def facet_page(
    state: SearchState, answer: FacetAnswer, problems: ParameterProblems, schema: Schema
) -> FacetPage:
    """The page of an answer with a list of values."""
    listing, facet = answer.listing, answer.facet
    name, here = listing.field, listing.page
    terms = facet if isinstance(facet, Facet) else None
    dates = facet if isinstance(facet, DateFacet) else None
    values = terms.values if terms else ()
    by_initial = bool(terms and terms.initials)
    shown, missing = tuple(value_views(values, name, state)), missing_view(facet, state)
    others = (value for value in shown if not value.chosen)
    boxes = boxes_of([FacetView(name, "", shown, missing)])
    return FacetPage(
        name=name,
        heading=values_label(name, 2, schema),
        counted=_counted(listing, facet),
        about=_about(state, name, schema),
        state=state,
        box=search_box(state, problems, boxes=boxes),
        answer=answer,
        notices=tuple(gettext(problem.message) for key, problem in problems.items() if key != "q"),
        chosen=tuple(value for value in shown if value.chosen),
        groups=tuple(
            ValueGroup(letter, tuple(group))
            for letter, group in groupby(others, lambda v: initial(v.sent) if by_initial else "")
        ),
        dates=date_list(dates, state, schema) if dates else None,
        missing=missing if terms else None,
        orders=tuple(_intervals(dates, state) if dates else _orders(listing, state)),
        letters=tuple(_letters(terms, listing, state) if terms else ()),
        pages=tuple(page_numbers(lambda page: _url(listing, state, page), here, answer.pages)),
        previous_url=_url(listing, state, min(here - 1, answer.pages)) if here > 1 < answer.pages else "",
        next_url=_url(listing, state, here + 1) if here < answer.pages else "",
        unfiltered_url=state.list_url(name, order=listing.order) if listing.prefix else "",
    )


def _counted(listing: FacetListing, facet: Facet | DateFacet) -> str:
    """How many values there are, whatever is listed of them."""
    if isinstance(facet, DateFacet):
        return _DATED[facet.interval](facet.total)
    return counted_values(facet.field, facet.distinct if listing.prefix else facet.total)


def _about(state: SearchState, name: str, schema: Schema) -> str:
    """The search whose documents are counted: without the filters on this facet; empty for all documents."""
    own = {(name, op) for op in ("is", "not", "missing")}
    others = tuple(item for item in state.question.filters if (item.field, item.op) not in own)
    counted = state.changing(filters=others)
    return "" if counted.is_blank else search_title(counted.question, schema)


def _url(listing: FacetListing, state: SearchState, page: int) -> str:
    return state.list_url(listing.field, listing.prefix, listing.order, page)


def _orders(listing: FacetListing, state: SearchState) -> Iterator[Link]:
    for order, text in _ORDERS:
        yield Link(
            gettext(text), state.list_url(listing.field, listing.prefix, order), order == listing.order
        )


def _intervals(facet: DateFacet, state: SearchState) -> Iterator[Link]:
    for interval in get_args(DateInterval)[1:]:
        url = state.changing(date_interval=interval).list_url(DATE)
        yield Link(gettext(_INTERVALS[interval]), url, interval == facet.interval)


def _letters(facet: Facet, listing: FacetListing, state: SearchState) -> Iterator[Link]:
    """A link for each initial, to the page and the heading where its values begin."""
    preceding = facet.total - sum(count for _, count in facet.initials)  # the chosen values come first
    for letter, count in facet.initials:
        page = preceding // listing.per_page + 1
        yield Link(letter, f"{_url(listing, state, page)}#{letter}", page == listing.page)
        preceding += count
