"""What the page of all values of a facet shows, worked out before a template sees it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import get_args

from werkzeug.exceptions import NotFound

from search.api.facet_parameters import OWN_PARAMETERS, parse_listing
from search.errors import ParameterError
from search.facets.collation import initial
from search.request import DATE, DateInterval, FacetListing, FacetOrder
from search.results import DateFacet, Facet, FacetAnswer
from search.schema import Schema
from webui.components.date_facet import date_list
from webui.components.facet_views import FacetView, ValueView, missing_view, value_view
from webui.components.search_box import SearchBox, search_box
from webui.pages.search import Link, page_links
from webui.state import Problem, SearchState, read_state
from webui.words import facet_label, title_words

PER_PAGE = 90
"""Values on a page: a multiple of the columns that they stand in."""

_ORDERS: tuple[tuple[FacetOrder, str], ...] = (("count", "Most documents"), ("value", "A to Z"))


@dataclass(frozen=True, slots=True)
class Group:
    """Values that stand together: under an initial, or under none."""

    initial: str
    values: tuple[ValueView, ...]


@dataclass(frozen=True, slots=True)
class FacetPage:
    """The context of `facet.html`. `dates` is the facet to draw if it is one of dates, else None."""

    name: str
    label: str
    about: str
    state: SearchState
    box: SearchBox
    answer: FacetAnswer
    notices: tuple[str, ...]
    chosen: tuple[ValueView, ...]
    groups: tuple[Group, ...]
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
        """What the form that narrows the list carries along."""
        order = self.answer.listing.order
        return (*self.state.hidden(), *((("order", order),) if order != "count" else ()))


def facet_named(name: str, schema: Schema) -> str:
    """The name of a facet, as it stands in an address. Raises NotFound if there is none of it."""
    if name != DATE and name not in schema.facets:
        raise NotFound(f"There is no facet {name!r}; there are {', '.join([*schema.facets, DATE])}.")
    return name


def read_listing(
    field: str, pairs: Iterable[tuple[str, str]], schema: Schema
) -> tuple[FacetListing, SearchState, Mapping[str, Problem]]:
    """The list that a page's URL asks for, and the search to go back to; as lenient as `read_state`.

    The number of results on a page is that of the search: the list has pages of its own length.
    """
    own_names = {"page"} if field == DATE else {*OWN_PARAMETERS} - {"per_page"}
    rest: list[tuple[str, str]] = []
    kept: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    listing = FacetListing(field)
    for name, value in pairs:
        if name not in own_names:
            rest.append((name, value))
        elif value.strip():
            try:
                listing = parse_listing(field, [*{**kept, name: value.strip()}.items()], schema)
            except ParameterError as error:
                problems.setdefault(name, Problem(value, str(error)))
            else:
                kept[name] = value.strip()
    state, others = read_state(rest, schema)
    return replace(listing, question=state.question, per_page=PER_PAGE), state, {**others, **problems}


def facet_page(
    state: SearchState, answer: FacetAnswer, problems: Mapping[str, Problem], schema: Schema
) -> FacetPage:
    """The page of a list of values."""
    listing, facet = answer.listing, answer.facet
    name, here = listing.field, listing.page
    is_date = isinstance(facet, DateFacet)
    values = () if is_date else facet.values
    chosen = tuple(v for v in values if v.selected or v.excluded)
    others = tuple(v for v in values if not (v.selected or v.excluded))
    initials = facet.initials if isinstance(facet, Facet) else ()
    return FacetPage(
        name=name,
        label=facet_label(name, schema),
        about=_about(state, name, schema),
        state=state,
        box=search_box(state, problems),
        answer=answer,
        notices=tuple(problem.message for key, problem in problems.items() if key != "q"),
        chosen=tuple(value_view(value, name, state, schema) for value in chosen),
        groups=tuple(
            Group(letter, tuple(value_view(value, name, state, schema) for value in group))
            for letter, group in groupby(others, lambda v: initial(v.value) if initials else "")
        ),
        dates=date_list(facet, state, schema) if isinstance(facet, DateFacet) else None,
        missing=None if is_date else missing_view(facet, state, schema),
        orders=tuple(_intervals(facet, state) if isinstance(facet, DateFacet) else _orders(listing, state)),
        letters=tuple(_letters(facet, listing, state) if isinstance(facet, Facet) else ()),
        pages=tuple(page_links(lambda page: _url(listing, state, page), here, answer.pages)),
        previous_url=_url(listing, state, min(here - 1, answer.pages)) if here > 1 < answer.pages else "",
        next_url=_url(listing, state, here + 1) if here < answer.pages else "",
        unfiltered_url=state.list_url(name, order=listing.order) if listing.prefix else "",
    )


def _about(state: SearchState, name: str, schema: Schema) -> str:
    """What the values are counted in: all of the search but what it selects of this facet itself."""
    own = {(name, op) for op in ("is", "not", "missing")}
    others = tuple(item for item in state.question.filters if (item.field, item.op) not in own)
    asked = state.changing(filters=others)
    return "" if asked.is_blank else title_words(asked.question, schema)


def _url(listing: FacetListing, state: SearchState, page: int) -> str:
    return state.list_url(listing.field, listing.prefix, listing.order, page)


def _orders(listing: FacetListing, state: SearchState) -> Iterator[Link]:
    for order, words in _ORDERS:
        yield Link(words, state.list_url(listing.field, listing.prefix, order), order == listing.order)


def _intervals(facet: DateFacet, state: SearchState) -> Iterator[Link]:
    for interval in get_args(DateInterval)[1:]:
        url = state.changing(date_interval=interval).list_url(DATE)
        yield Link(f"{interval.capitalize()}s", url, interval == facet.interval)


def _letters(facet: Facet, listing: FacetListing, state: SearchState) -> Iterator[Link]:
    """For each initial, where on which page its values begin."""
    before = facet.total - sum(count for _, count in facet.initials)  # the chosen ones stand first
    for letter, count in facet.initials:
        page = before // listing.per_page + 1
        yield Link(letter, f"{_url(listing, state, page)}#{letter}", page == listing.page)
        before += count
