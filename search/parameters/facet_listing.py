"""URL parameters to a `FacetListing` and back: those of a search, then prefix, order and page of values."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any, get_args

from search.errors import ParameterError
from search.parameters.parameter import (
    OneOf,
    Parameter,
    ParameterTable,
    Text,
    Values,
    WholeNumber,
    split_off,
)
from search.parameters.question import (
    DATE_INTERVAL,
    MAX_PER_PAGE,
    matching_parameters,
    question_of,
    to_parameters,
)
from search.request import DATE, FacetListing, FacetOrder, Question
from search.schema import Schema

MAX_PREFIX = 100
"""Characters of a prefix."""
MAX_PAGE = 100_000
ALL_VALUES = 1 << 30
"""Values on a page that has all of them."""
OWN_PARAMETERS = ("prefix", "order", "page", "per_page")
"""The parameters of a listing that a search does not have, or uses for its hits."""

_DEFAULTS = FacetListing("")
_OF_VALUES = (
    Parameter(
        "prefix",
        f"values with words that begin so, up to {MAX_PREFIX} characters",
        Text(MAX_PREFIX),
        otherwise="all values",
        example="kuz",
    ),
    Parameter(
        "order",
        "`count`: the most frequent first; `value`: [alphabetical](#alphabetical-order)",
        OneOf(get_args(FacetOrder)),
        _DEFAULTS.order,
    ),
)
_PAGING = (
    Parameter("page", "the page of values", WholeNumber(MAX_PAGE), _DEFAULTS.page),
    Parameter(
        "per_page", f"1–{MAX_PER_PAGE} values on a page", WholeNumber(MAX_PER_PAGE), _DEFAULTS.per_page
    ),
)
FORMAT = Parameter(
    "format", "`json`, or `csv` for a file with all values, on no page", OneOf(("json", "csv")), "json"
)


@cache
def value_parameters(schema: Schema, field: str = "") -> ParameterTable:
    """The parameters of a listing of this facet; without one, of any but the date facet."""
    own = (DATE_INTERVAL,) if field == DATE else _OF_VALUES
    return ParameterTable((*matching_parameters(schema), *own, *_PAGING), f"in a list of the facet {field!r}")


@cache
def facet_parameters(schema: Schema, field: str = "") -> ParameterTable:
    """The parameters of the endpoint of a facet: those of a listing, and its format."""
    listing = value_parameters(schema, field)
    return ParameterTable((*listing.parameters, FORMAT), listing.place)


def parse_listing(field: str, pairs: Iterable[tuple[str, str]], schema: Schema) -> FacetListing:
    """The listing of a facet's values for URL parameters (name, value).

    Raises ParameterError as `parse_parameters` does, and for parameters that only a search or another
    facet has.
    """
    return _listing(field, value_parameters(schema, field).read(pairs))


def parse_values(field: str, pairs: Iterable[tuple[str, str]], schema: Schema) -> tuple[FacetListing, str]:
    """The listing that is wanted, and in which format; that of a CSV file has all values on one page.

    Raises ParameterError as `parse_listing` does, and for a page of a file.
    """
    form, values = split_off(facet_parameters(schema, field).read(pairs), FORMAT)
    listing = _listing(field, values)
    if form == "json":
        return listing, form
    for parameter in _PAGING:
        if parameter.name in dict(values):
            raise ParameterError(parameter.name, "A CSV file has all values; leave out page and per_page.")
    return replace(listing, per_page=ALL_VALUES), form


def _listing(field: str, values: Values) -> FacetListing:
    own: dict[str, Any] = {name: value for name, value in values if name in OWN_PARAMETERS}
    return FacetListing(field, question_of(item for item in values if item[0] not in own), **own)


def listing_parameters(listing: FacetListing) -> list[tuple[str, str]]:
    """The parameters of a listing, without defaults; `parse_listing` is the inverse."""
    asked = listing.question
    plain = Question(
        asked.text,
        asked.match,
        asked.filters,
        asked.date_match,
        asked.undated,
        expand=asked.expand,
        date_interval=asked.date_interval if listing.field == DATE else "auto",
    )
    own = [(name, getattr(listing, name)) for name in OWN_PARAMETERS]
    return [
        *to_parameters(plain),
        *((name, str(value)) for name, value in own if value != getattr(_DEFAULTS, name)),
    ]


def first_page(listing: FacetListing) -> FacetListing:
    """The listing from its first page on, with pages of the default length."""
    return replace(listing, page=_DEFAULTS.page, per_page=_DEFAULTS.per_page)
