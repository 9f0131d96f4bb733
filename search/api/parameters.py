"""URL parameters to a `Question` and back: one vocabulary for the API, the pages and the command line."""

from collections.abc import Callable, Iterable
from typing import Any, get_args

from search.calendar import parse_partial, parse_range
from search.errors import ParameterError
from search.query.tree import MatchMode
from search.request import DATE, DateInterval, DateMatch, Filter, Question, Sort, Undated
from search.schema import Schema
from search.suggestions.completion import MAX_SUGGESTIONS

MAX_QUERY = 1000
"""Characters of a query's text."""
MAX_PER_PAGE = 100
"""Hits on a page."""
MAX_WINDOW = 10_000
"""Hits that can be paged through."""
MAX_FILTERS = 50
"""Filters of a search."""
MAX_FILTER_TEXT = 1000
"""Characters of the values of all filters of a search: each link of a page repeats them."""
MAX_FACET_VALUES = 100
"""Values of a facet in a search; a listing of the facet has all."""
MAX_SUGGEST = 20
"""Suggestions for a text that is being typed."""
SUMMARY_KEYS = (
    "id", "url", "title", "authors", "recipients", "subjects", "collection", "language", "type", "summary",
    "source", "date",
)  # fmt: skip
"""The keys that a document has both as a hit and by itself."""
HIT_KEYS = (*SUMMARY_KEYS, "score", "highlights")
"""The keys of a hit, from which the parameter `fields` chooses."""

_TRUTH = {"true": True, "false": False}
_DEFAULTS = Question()


def parse_parameters(pairs: Iterable[tuple[str, str]], schema: Schema) -> Question:
    """The question of URL parameters (name, value).

    Raises ParameterError, naming the parameter, if one is unknown, repeated though it has one value only,
    or out of range: nothing is corrected silently.
    """
    question: dict[str, Any] = {}
    filters: list[Filter] = []
    facets: list[str] = []
    for name, value in pairs:
        if (found := _filter(name, value, schema)) is not None:
            filters.append(found)
        elif name == "facet":
            facets.append(_facet(name, value, schema))
        elif (read := _READERS.get(name)) is None:
            raise ParameterError(name, f"There is no parameter {name!r}.")
        elif (key := _KEYS.get(name, name)) in question:
            raise ParameterError(name, f"The parameter {name!r} can be given only once.")
        else:
            question[key] = read(name, value)
    if facets:
        question["facets"] = tuple(dict.fromkeys(facets))
    if len(filters) > MAX_FILTERS:
        raise ParameterError(filters[MAX_FILTERS].field, f"A search can have {MAX_FILTERS} filters at most.")
    if sum(len(item.value) for item in filters) > MAX_FILTER_TEXT:
        raise ParameterError(
            filters[-1].field, f"The filters of a search can have {MAX_FILTER_TEXT:,} characters at most."
        )
    _check_bounds(filters)
    asked = Question(filters=tuple(dict.fromkeys(filters)), **question)
    if asked.page * asked.per_page > MAX_WINDOW:
        raise ParameterError(
            "page",
            f"Only the first {MAX_WINDOW:,} results can be paged through; narrow the search by a filter.",
        )
    return asked


def parse_suggest(pairs: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """The text to complete, and the number of suggestions at most. Raises ParameterError."""
    readers: dict[str, Callable[[str, str], Any]] = {"q": _text, "limit": whole_number(MAX_SUGGEST)}
    asked: dict[str, Any] = {}
    for name, value in pairs:
        if name not in readers:
            raise ParameterError(name, f"There is no parameter {name!r} here.")
        if name in asked:
            raise ParameterError(name, f"The parameter {name!r} can be given only once.")
        asked[name] = readers[name](name, value)
    return asked.get("q", ""), asked.get("limit", MAX_SUGGESTIONS)


def _check_bounds(filters: Iterable[Filter]) -> None:
    bounds = {item.op: parse_partial(item.value) for item in filters if item.field == DATE}
    first, last = bounds.get("from"), bounds.get("to")
    if first and last and first.earliest > last.latest:
        raise ParameterError("date_to", "date_to lies before date_from.")


def to_parameters(question: Question) -> list[tuple[str, str]]:
    """The parameters of a question, without defaults; `parse_parameters` is the inverse."""
    pairs = [("q", question.text)] if question.text else []
    pairs += [_filter_parameter(item) for item in question.filters]
    if question.facets != _DEFAULTS.facets:
        pairs += [("facet", name) for name in question.facets]
    for name in _READERS:
        value = getattr(question, _KEYS.get(name, name))
        if name != "q" and value != getattr(_DEFAULTS, _KEYS.get(name, name)):
            pairs.append((name, _written(value)))
    return pairs


def _filter(name: str, value: str, schema: Schema) -> Filter | None:
    field = name.removeprefix("not.")
    if field in schema.facets:
        if not value:
            raise ParameterError(name, f"The parameter {name!r} needs a value.")
        return Filter(field, "is" if field == name else "not", value)
    match name:
        case "missing":
            return Filter(_facet(name, value, schema), "missing")
        case "date":
            if parse_range(value) is None:
                raise ParameterError(
                    name, f"{value!r} is no date; use 1951, 1951-07, 1951-07-10 or 1951..1953."
                )
            return Filter(DATE, "is", value)
        case "date_from" | "date_to":
            if parse_partial(value) is None:
                raise ParameterError(name, f"{value!r} is no date; use 1951, 1951-07 or 1951-07-10.")
            return Filter(DATE, "from" if name == "date_from" else "to", value)
    return None


def _filter_parameter(item: Filter) -> tuple[str, str]:
    match item.op:
        case "not":
            return f"not.{item.field}", item.value
        case "missing":
            return "missing", item.field
        case "from":
            return "date_from", item.value
        case "to":
            return "date_to", item.value
        case _:
            return item.field, item.value


def _facet(name: str, value: str, schema: Schema) -> str:
    if value != DATE and value not in schema.facets:
        raise ParameterError(
            name, f"There is no facet {value!r}; there are {', '.join([*schema.facets, DATE])}."
        )
    return value


def _text(name: str, value: str) -> str:
    value = value.encode("utf-8", "replace").decode()  # a lone surrogate cannot be encoded
    if len(value) > MAX_QUERY:
        raise ParameterError(
            name, f"The query is {len(value):,} characters long; the limit is {MAX_QUERY:,}."
        )
    return value


def whole_number(highest: int) -> Callable[[str, str], int]:
    """A reader for a parameter that is a whole number from 1 to `highest`."""

    def read(name: str, value: str) -> int:
        if not (value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= highest):
            raise ParameterError(name, f"{name} must be a whole number from 1 to {highest:,}, not {value!r}.")
        return int(value)

    return read


def one_of(kind: Any) -> Callable[[str, str], str]:
    """A reader for a parameter that is one of the values of a Literal type."""
    values = get_args(kind)

    def read(name: str, value: str) -> str:
        if value not in values:
            raise ParameterError(name, f"{name} must be one of {', '.join(values)}, not {value!r}.")
        return value

    return read


def _truth(name: str, value: str) -> bool:
    if value not in _TRUTH:
        raise ParameterError(name, f"{name} must be true or false, not {value!r}.")
    return _TRUTH[value]


def _hit_keys(name: str, value: str) -> tuple[str, ...]:
    keys = tuple(dict.fromkeys(value.split(",")))
    if unknown := [key for key in keys if key not in HIT_KEYS]:
        raise ParameterError(name, f"A hit has no key {unknown[0]!r}; it has {', '.join(HIT_KEYS)}.")
    return keys


def _written(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case tuple():
            return ",".join(value)
        case _:
            return str(value)


_KEYS = {"q": "text"}  # parameter -> attribute of Question, where the names differ
_READERS: dict[str, Callable[[str, str], Any]] = {
    "q": _text,
    "match": one_of(MatchMode),
    "date_match": one_of(DateMatch),
    "undated": one_of(Undated),
    "facet_limit": whole_number(MAX_FACET_VALUES),
    "date_interval": one_of(DateInterval),
    "expand": _truth,
    "sort": one_of(Sort),
    "page": whole_number(MAX_WINDOW),
    "per_page": whole_number(MAX_PER_PAGE),
    "highlight": _truth,
    "fields": _hit_keys,
}

PARAMETERS = frozenset({*_READERS, "date", "date_from", "date_to", "facet", "missing"})
"""The names of all parameters but the facets' own (`author`, `not.author`, …)."""
