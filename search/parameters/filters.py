"""Which parameters filter a search? Those of the facets and the dates, and how each is read and written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search.calendar import parse_partial, parse_range
from search.errors import ParameterError
from search.messages import Message
from search.parameters.parameter import JsonSchema, Parameter
from search.request import DATE, Filter
from search.schema import Schema

NO_FACET = "none"
"""Asks for no facet at all, and stands alone."""

MAX_FILTERS = 50
"""Filters of a search."""

_FILTERS = {"maxItems": MAX_FILTERS}
_MONTH = "0[1-9]|1[0-2]"
_DAY = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9])"
_DATE = f"(-?[0-9]{{4}}(-({_MONTH}|{_DAY}))?|-?[0-9]{{3}}0s)"  # leap years are left to `parse_partial`
_BOUNDS: dict[str, Literal["from", "to"]] = {"date_from": "from", "date_to": "to"}
_MEANINGS = {
    "folder": "documents in this folder or below it: its path below SOURCE, `Box 1/Folder 3`; repeat for OR",
    "parent": "the parts of the document of this id, such as what is attached to a mail; repeat for OR",
}


@dataclass(frozen=True, slots=True)
class FacetName:
    """The name of a facet, `date` included."""

    names: tuple[str, ...]

    def read(self, name: str, value: str) -> str:
        """The name."""
        if value not in self.names:
            raise ParameterError(name, _no_facet(value, self.names))
        return value

    def schema(self) -> JsonSchema:
        """The names."""
        return {"type": "string", "enum": list(self.names)}


@dataclass(frozen=True, slots=True)
class FacetToCount(FacetName):
    """The name of a facet, or `none` for no facet at all."""

    def read(self, name: str, value: str) -> str:
        """The name, or NO_FACET."""
        return value if value == NO_FACET else FacetName.read(self, name, value)

    def schema(self) -> JsonSchema:
        """The names and NO_FACET."""
        return {"type": "string", "enum": [*self.names, NO_FACET]}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that documents must have in a facet, or must not have."""

    field: str
    op: Literal["is", "not"]

    def read(self, name: str, value: str) -> Filter:
        """The filter of the value, which cannot be empty."""
        if not value:
            raise ParameterError(name, Message("The parameter %(name)s needs a value.", name=repr(name)))
        return Filter(self.field, self.op, value)

    def schema(self) -> JsonSchema:
        """Values are as documents write them; one that no document has finds none."""
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Missing:
    """The name of a facet in which documents have no value."""

    facet: FacetName

    def read(self, name: str, value: str) -> Filter:
        """The filter."""
        return Filter(self.facet.read(name, value), "missing")

    def schema(self) -> JsonSchema:
        """The names of the facets."""
        return self.facet.schema()


@dataclass(frozen=True, slots=True)
class DateRange:
    """A partial date, a decade or a range of both."""

    def read(self, name: str, value: str) -> Filter:
        """The filter of the date facet."""
        if parse_range(value) is None:
            message = Message(
                "%(value)s is no date; use 1951, 1951-07, 1951-07-10 or 1951..1953.", value=repr(value)
            )
            raise ParameterError(name, message)
        return Filter(DATE, "is", value)

    def schema(self) -> JsonSchema:
        """The form of a date, or of two of them joined by two points."""
        return {"type": "string", "pattern": rf"^({_DATE}(\.\.{_DATE}?)?|\.\.{_DATE})$"}


@dataclass(frozen=True, slots=True)
class DateBound:
    """The first or the last date: a partial date, all of which belongs to the range."""

    op: Literal["from", "to"]

    def read(self, name: str, value: str) -> Filter:
        """The filter of the bound."""
        if parse_partial(value) is None:
            message = Message("%(value)s is no date; use 1951, 1951-07 or 1951-07-10.", value=repr(value))
            raise ParameterError(name, message)
        return Filter(DATE, self.op, value)

    def schema(self) -> JsonSchema:
        """The form of a date."""
        return {"type": "string", "pattern": f"^{_DATE}$"}


def filter_parameters(schema: Schema) -> Iterator[Parameter]:
    """The parameters of all filters: those of the facets that the schema has, and those of the dates."""
    for name in schema.facets:
        meaning = _MEANINGS.get(name, "documents with this value; repeat for OR")
        yield Parameter(name, meaning, FacetValue(name, "is"), repeated=True, array=_FILTERS)
    for name in schema.facets:
        meaning = "documents without this value; repeat for several"
        yield Parameter(f"not.{name}", meaning, FacetValue(name, "not"), repeated=True, array=_FILTERS)
    yield Parameter(
        "missing",
        "a facet's name: documents without any value of it; repeat for several",
        Missing(facet_name(schema)),
        repeated=True,
        array=_FILTERS,
    )
    yield Parameter(
        "date",
        "`1951`, `1951-07`, `1951-07-10`, `1950s` or `1951..1953`; repeat for OR",
        DateRange(),
        repeated=True,
        array=_FILTERS,
        example="1951..1953",
    )
    for name, op in _BOUNDS.items():
        yield Parameter(name, "a partial date, inclusive", DateBound(op), repeated=True, array=_FILTERS)


def facet_name(schema: Schema) -> FacetName:
    """The names of all facets."""
    return FacetName((*schema.facets, DATE))


def filter_parameter(item: Filter) -> tuple[str, str]:
    """The parameter of a filter, as name and value; the kinds above read it."""
    match item.op:
        case "not":
            return f"not.{item.field}", item.value
        case "missing":
            return "missing", item.field
        case "from" | "to":
            return f"date_{item.op}", item.value
        case _:
            return item.field, item.value


def _no_facet(name: str, names: Sequence[str]) -> Message:
    return Message(
        "There is no facet %(name)s; there are %(names)s.", name=repr(name), names=", ".join(names)
    )
