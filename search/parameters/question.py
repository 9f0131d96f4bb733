"""URL parameters to a `Question` and back: one vocabulary for the API, the pages and the command line.

`search_parameters` is the table that they are read by, that docs/api.md has and that /openapi.json states.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Any, get_args

from search.calendar import parse_partial
from search.errors import ParameterError
from search.messages import Message
from search.parameters.filters import (
    MAX_FILTERS,
    NO_FACET,
    FacetToCount,
    filter_parameter,
    filter_parameters,
)
from search.parameters.parameter import JsonSchema, OneOf, Parameter, ParameterTable, Text, Truth, WholeNumber
from search.query.tree import MatchMode
from search.request import DATE, DateInterval, DateMatch, Filter, Question, Sort, Undated
from search.schema import Schema
from search.suggestions import MAX_SUGGESTIONS

MAX_QUERY = 1000
"""Characters of a query's text."""
MAX_PER_PAGE = 100
"""Hits on a page."""
MAX_WINDOW = 10_000
"""Hits that can be paged through."""
MAX_FILTER_TEXT = 1000
"""Characters of the values of all filters of a search: each link of a page repeats them."""
MAX_FACET_VALUES = 100
"""Values of a facet in a search; a listing of the facet has all."""
MAX_SUGGEST = 20
"""Suggestions for a text that is being typed."""
HIT_KEYS = (
    "id", "url", "title", "authors", "recipients", "subjects", "collection", "language", "text_language",
    "type", "summary", "source", "date", "indexed", "score", "highlights",
)  # fmt: skip
"""The keys of a hit as JSON (`search.api.hit.HitPayload`), from which the parameter `fields` chooses."""
_DEFAULTS = Question()
_ATTRIBUTES = {"q": "text"}  # parameter -> attribute of Question, where the names differ


@dataclass(frozen=True, slots=True)
class HitKeys:
    """Keys of a hit, separated by commas."""

    def read(self, name: str, value: str) -> tuple[str, ...]:
        """The keys, each once."""
        keys = tuple(dict.fromkeys(value.split(",")))
        if unknown := [key for key in keys if key not in HIT_KEYS]:
            raise ParameterError(name, f"A hit has no key {unknown[0]!r}; it has {', '.join(HIT_KEYS)}.")
        return keys

    def schema(self) -> JsonSchema:
        """The keys, joined."""
        key = f"({'|'.join(HIT_KEYS)})"
        return {"type": "string", "pattern": f"^{key}(,{key})*$"}


def _words(literal: Any) -> str:
    """The values of a Literal type, as Markdown."""
    return ", ".join(f"`{value}`" for value in get_args(literal))


QUERY_TEXT = Text(MAX_QUERY, Message("The query is %(length)s characters long; the limit is %(longest)s."))
QUERY = Parameter(
    "q",
    f"the [query](query-language.md), up to {MAX_QUERY:,} characters",
    QUERY_TEXT,
    otherwise="all documents",
    example="armistice",
)
MATCH = Parameter(
    "match",
    "`all` the words, `any` of them, or `most`: any, but documents with more of the words before those with "
    "fewer; `all`, if given, is strict",
    OneOf(get_args(MatchMode)),
    otherwise="`all`; some of the words where no document has all",
)
EXPAND = Parameter(
    "expand",
    "`true` or `false`: also search other forms of names and other spellings of words, and recognise dates, "
    "directions and titles",
    Truth(),
    _DEFAULTS.expand,
)
DATE_MATCH = Parameter(
    "date_match",
    "`overlap`: the document's date touches; `within`: lies wholly inside",
    OneOf(get_args(DateMatch)),
    _DEFAULTS.date_match,
)
UNDATED = Parameter(
    "undated",
    "documents without a date: `include`, `exclude`, `only`",
    OneOf(get_args(Undated)),
    otherwise="`exclude` with a date filter, else `include`",
)
FACET_LIMIT = Parameter(
    "facet_limit",
    f"1–{MAX_FACET_VALUES} values of each facet; not for `date`",
    WholeNumber(MAX_FACET_VALUES),
    _DEFAULTS.facet_limit,
)
DATE_INTERVAL = Parameter(
    "date_interval",
    f"the length of the date facet's buckets: {_words(DateInterval)}",
    OneOf(get_args(DateInterval)),
    _DEFAULTS.date_interval,
)
SORT = Parameter(
    "sort",
    f"{_words(Sort)}; titles are in [alphabetical order](#alphabetical-order), `-indexed` puts first what "
    "was added last; ties by id",
    OneOf(get_args(Sort)),
    otherwise="`relevance` with `q`, else `-date`",
)
PAGE = Parameter(
    "page",
    f"the page of hits; the first {MAX_WINDOW:,} hits can be paged through",
    WholeNumber(MAX_WINDOW),
    _DEFAULTS.page,
)
PER_PAGE = Parameter(
    "per_page", f"1–{MAX_PER_PAGE} hits on a page", WholeNumber(MAX_PER_PAGE), _DEFAULTS.per_page
)
HIGHLIGHT = Parameter(
    "highlight",
    "`true` or `false`: whether hits have passages with the matches marked",
    Truth(),
    _DEFAULTS.highlight,
)
FIELDS = Parameter(
    "fields",
    "the keys that each hit has in the answer, separated by commas",
    HitKeys(),
    otherwise="all",
    example="id,title,highlights",
)
_LIMIT_OF = f"{FACET_LIMIT.name}."  # and the name of a facet
_OPTIONS = (
    MATCH, DATE_MATCH, UNDATED, FACET_LIMIT, DATE_INTERVAL, EXPAND, SORT, PAGE, PER_PAGE, HIGHLIGHT, FIELDS,
)  # fmt: skip
"""The attributes of a question that are parameters of the same name, in the order of its URL."""
_options = attrgetter(*(option.name for option in _OPTIONS))
_DEFAULT_OPTIONS = _options(_DEFAULTS)


@cache
def matching_parameters(schema: Schema) -> tuple[Parameter, ...]:
    """The parameters that decide which documents a search finds."""
    return (QUERY, MATCH, *filter_parameters(schema), DATE_MATCH, UNDATED, EXPAND)


@cache
def search_parameters(schema: Schema) -> ParameterTable:
    """The parameters of a search."""
    facet = Parameter(
        "facet",
        f"a facet to count; repeat for several; `{NO_FACET}`, alone: no facet at all",
        FacetToCount((*schema.facets, DATE)),
        repeated=True,
        array={"anyOf": [{"items": {"not": {"const": NO_FACET}}}, {"items": {"const": NO_FACET}}]},
        otherwise="`author` and `date`",
        example="author",
    )
    meaning = f"1–{MAX_FACET_VALUES} values of this facet, in place of `{FACET_LIMIT.name}`"
    limits = (
        replace(FACET_LIMIT, name=f"{FACET_LIMIT.name}.{name}", meaning=meaning, default=None, otherwise="")
        for name in schema.facets
    )
    facets = (facet, FACET_LIMIT, *limits, DATE_INTERVAL)
    return ParameterTable(
        (*matching_parameters(schema), SORT, PAGE, PER_PAGE, *facets, HIGHLIGHT, FIELDS), place=""
    )


SUGGEST = ParameterTable(
    (
        replace(QUERY, meaning="the query as typed so far", otherwise="no suggestions", example="kuzn"),
        Parameter(
            "limit",
            f"1–{MAX_SUGGEST} suggestions at most",
            WholeNumber(MAX_SUGGEST),
            MAX_SUGGESTIONS,
        ),
        Parameter(
            "format",
            "the format: `json`, or `opensearch`, which browsers read",
            OneOf(("json", "opensearch")),
            "json",
        ),
    )
)
"""The parameters of suggestions."""


def parse_parameters(pairs: Iterable[tuple[str, str]], schema: Schema) -> Question:
    """The question of URL parameters (name, value).

    Raises ParameterError, naming the parameter, if one is unknown, repeated though it has one value only,
    or out of range: nothing is corrected silently.
    """
    return question_of(search_parameters(schema).read(pairs))


def question_of(values: Iterable[tuple[str, Any]]) -> Question:
    """The question of parameters that were read from a table; of one that stands twice, the last holds.

    Raises ParameterError for what cannot be asked together.
    """
    question: dict[str, Any] = {}
    filters: list[Filter] = []
    facets: list[str] = []
    limits: list[tuple[str, int]] = []
    for name, value in values:
        if isinstance(value, Filter):
            filters.append(value)
        elif name == "facet":
            facets.append(value)
        elif name.startswith(_LIMIT_OF):
            limits.append((name.removeprefix(_LIMIT_OF), value))
        else:
            question[_ATTRIBUTES.get(name, name)] = value
    if facets:
        question["facets"] = _facets(facets)
    if len(filters) > MAX_FILTERS:
        message = Message("A search can have %(most)s filters at most.", most=MAX_FILTERS)
        raise ParameterError(filters[MAX_FILTERS].field, message)
    if sum(len(item.value) for item in filters) > MAX_FILTER_TEXT:
        message = Message(
            "The filters of a search can have %(most)s characters at most.", most=MAX_FILTER_TEXT
        )
        raise ParameterError(filters[-1].field, message)
    _check_bounds(filters)
    asked = Question(filters=tuple(dict.fromkeys(filters)), facet_limits=tuple(limits), **question)
    if asked.page * asked.per_page > MAX_WINDOW:
        message = Message(
            "Only the first %(most)s results can be paged through; narrow the search by a filter.",
            most=MAX_WINDOW,
        )
        raise ParameterError("page", message)
    return asked


def parse_suggest(pairs: Iterable[tuple[str, str]]) -> tuple[str, int, str]:
    """The text to complete, the number of suggestions at most, and their format. Raises ParameterError."""
    asked = dict(SUGGEST.read(pairs))
    return asked.get("q", ""), asked.get("limit", MAX_SUGGESTIONS), asked.get("format", "json")


def _facets(names: Iterable[str]) -> tuple[str, ...]:
    distinct = tuple(dict.fromkeys(names))
    if NO_FACET not in distinct:
        return distinct
    if len(distinct) > 1:
        message = Message(
            "%(facet)s stands alone: leave out either it or the others.", facet=f"facet={NO_FACET}"
        )
        raise ParameterError("facet", message)
    return ()


def _check_bounds(filters: Sequence[Filter]) -> None:
    """Of several bounds the narrowest hold, as `engine_filters` has it."""
    first = [days.earliest for item in filters if item.op == "from" and (days := parse_partial(item.value))]
    last = [days.latest for item in filters if item.op == "to" and (days := parse_partial(item.value))]
    if first and last and max(first) > min(last):
        raise ParameterError("date_to", Message("date_to lies before date_from."))


def to_parameters(question: Question) -> list[tuple[str, str]]:
    """The parameters of a question, without defaults; `parse_parameters` is the inverse."""
    pairs = [("q", question.text)] if question.text else []
    pairs += [filter_parameter(item) for item in question.filters]
    if question.facets != _DEFAULTS.facets:
        pairs += [("facet", name) for name in question.facets or (NO_FACET,)]
    pairs += [(_LIMIT_OF + name, str(limit)) for name, limit in question.facet_limits]
    if (values := _options(question)) != _DEFAULT_OPTIONS:  # most links differ in filters alone
        for option, value, default in zip(_OPTIONS, values, _DEFAULT_OPTIONS, strict=True):
            if value != default:
                pairs.append((option.name, _written(value)))
    return pairs


def _written(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case tuple():
            return ",".join(value)
        case _:
            return str(value)
