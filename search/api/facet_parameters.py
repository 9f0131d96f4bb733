"""A list of a facet's values as URL parameters: those of a search, then which values and in what order."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from search.api.parameters import MAX_PER_PAGE, one_of, parse_parameters, to_parameters, whole_number
from search.errors import ParameterError
from search.request import DATE, FacetListing, FacetOrder, Question
from search.schema import Schema

MAX_PREFIX = 100
MAX_PAGE = 100_000
OWN_PARAMETERS = ("prefix", "order", "page", "per_page")

_DEFAULTS = FacetListing("")
_OF_HITS = frozenset({"sort", "highlight", "fields", "facet", "facet_limit"})  # there are no hits here
_OF_VALUES = frozenset({"prefix", "order"})  # dates stand in the order of time


def parse_listing(field: str, pairs: Iterable[tuple[str, str]], schema: Schema) -> FacetListing:
    """The list of a facet's values that URL parameters ask for.

    Raises ParameterError as `search.api.parameters.parse_parameters` does; also for what only hits have.
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
    """The parameters that ask for this list, defaults left out: `parse_listing` reads them back."""
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
    """The list from its beginning, in pages of the usual length."""
    return replace(listing, page=_DEFAULTS.page, per_page=_DEFAULTS.per_page)


def _prefix(name: str, value: str) -> str:
    value = value.encode("utf-8", "replace").decode()  # half a surrogate pair is no character
    if len(value) > MAX_PREFIX:
        raise ParameterError(name, f"{name} can have {MAX_PREFIX} characters at most.")
    return value


_READERS: dict[str, Callable[[str, str], Any]] = {
    "prefix": _prefix,
    "order": one_of(FacetOrder),
    "page": whole_number(MAX_PAGE),
    "per_page": whole_number(MAX_PER_PAGE),
}
