"""URL parameters to a `FacetListing` and back: those of a search, then prefix, order and page of values."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from search.api.parameters import MAX_PER_PAGE, one_of, parse_parameters, to_parameters, whole_number
from search.errors import ParameterError
from search.request import DATE, FacetListing, FacetOrder, Question
from search.schema import Schema

MAX_PREFIX = 100
"""Characters of a prefix."""
MAX_PAGE = 100_000
OWN_PARAMETERS = ("prefix", "order", "page", "per_page")
"""The parameters of a listing that a search does not have, or uses for its hits."""

_DEFAULTS = FacetListing("")
_OF_HITS = frozenset({"sort", "highlight", "fields", "facet", "facet_limit"})  # a listing has no hits
_OF_VALUES = frozenset({"prefix", "order"})  # dates are in chronological order


def parse_listing(field: str, pairs: Iterable[tuple[str, str]], schema: Schema) -> FacetListing:
    """The listing of a facet's values for URL parameters (name, value).

    Raises ParameterError as `parse_parameters` does, and for parameters that only a search or another
    facet has.
    """
    own: dict[str, Any] = {}
    rest: list[tuple[str, str]] = []
    foreign = _OF_HITS | (_OF_VALUES if field == DATE else {"date_interval"})
    for name, value in pairs:
        if name in foreign:
            raise ParameterError(name, f"There is no parameter {name!r} in a list of the facet {field!r}.")
        if (read := _READERS.get(name)) is None:
            rest.append((name, value))
        elif name in own:
            raise ParameterError(name, f"The parameter {name!r} can be given only once.")
        else:
            own[name] = read(name, value)
    return FacetListing(field, parse_parameters(rest, schema), **own)


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


def _prefix(name: str, value: str) -> str:
    value = value.encode("utf-8", "replace").decode()  # a lone surrogate cannot be encoded
    if len(value) > MAX_PREFIX:
        raise ParameterError(name, f"{name} can have {MAX_PREFIX} characters at most.")
    return value


_READERS: dict[str, Callable[[str, str], Any]] = {
    "prefix": _prefix,
    "order": one_of(FacetOrder),
    "page": whole_number(MAX_PAGE),
    "per_page": whole_number(MAX_PER_PAGE),
}
