"""The search that a page's URL states, and the URLs of searches that differ from it in one thing."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice
from typing import Any, Literal, Self

from search.api.urls import (
    document_urls,
    facet_url,
    feed_url,
    narrowing_urls,
    search_api_url,
    search_url,
)
from search.calendar import parse_range
from search.errors import ParameterError
from search.parameters.question import parse_parameters, search_parameters, to_parameters
from search.query.typed_dates import month_first, parameter_value, typed_date
from search.request import DATE, FacetOrder, Filter, Question, Sort
from search.schema import Schema

ALL_DOCUMENTS = Question()
View = Literal["compact", "full"]
"""How much of each result a page shows: the passages that say most, or all."""
VIEW = "view"
"""The parameter of pages, and of nothing else, that says so."""

DATES = ("date", "date_from", "date_to")
"""The parameters that are dates, which people may write as they like."""
_MAX_PAIRS = 100  # parameters read from a URL; our pages write fewer


@dataclass(frozen=True, slots=True)
class ParameterProblem:
    """The invalid value of a URL parameter, and the message to show for it."""

    value: str
    message: str


ParameterProblems = Mapping[str, ParameterProblem]
"""The invalid parameters of a URL, by name."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """One search. Its methods give searches that differ in one thing, and start again on the first page.

    `view` belongs to the pages alone: the addresses of pages have it, those of programs do not.
    """

    question: Question = ALL_DOCUMENTS
    view: View = "compact"

    @property
    def url(self) -> str:
        """The URL of the results page."""
        return self._viewed(search_url(self.question))

    @property
    def api_url(self) -> str:
        """The URL of the same search in the JSON API."""
        return search_api_url(self.question)

    @property
    def feed_url(self) -> str:
        """The URL of the feed of the same search."""
        return feed_url(self.question)

    @property
    def is_blank(self) -> bool:
        """Whether the search finds all documents: it has no query and no filter."""
        return not self.question.text.strip() and not self.question.filters

    @property
    def document_url(self) -> Callable[[str], str]:
        """The URL of a document opened from this search: its page marks the query and leads back."""
        if self.view == "compact":
            return document_urls(self.question)
        url_of = document_urls(self.question)
        return lambda doc_id: self._viewed(url_of(doc_id))

    def narrowing_url(self, facet: str) -> Callable[[str], str]:
        """The URL of the search with a filter on a value of a facet that has none yet."""
        url_of = narrowing_urls(self.question, facet)
        return url_of if self.view == "compact" else lambda value: self._viewed(url_of(value))

    def has(self, item: Filter) -> bool:
        """Whether a filter is set."""
        return item in self.question.filters

    def adding(self, item: Filter) -> Self:
        """With a filter added; a filter that says the opposite of the same value is removed."""
        return replace(self, question=self.question.adding(item))

    def removing(self, item: Filter) -> Self:
        """Without a filter."""
        return replace(self, question=self.question.removing(item))

    def clearing(self) -> Self:
        """Without filters and without the options that are shown among them; the query stays."""
        return self.changing(filters=(), undated=None, date_match="overlap", match=None, expand=True)

    def asking(self, text: str) -> Self:
        """With another query and the same filters."""
        return self.changing(text=text)

    def sorting(self, sort: Sort) -> Self:
        """In another order; the default order is left out of the URL."""
        return self.changing(sort=None if sort == self.question.default_order else sort)

    def dating(self, value: str = "") -> Self:
        """With this value of the date facet as the only one; with none if it is empty."""
        kept = tuple(f for f in self.question.filters if (f.field, f.op) != (DATE, "is"))
        return self.changing(filters=(*kept, Filter(DATE, "is", value)) if value else kept)

    def list_url(self, facet: str, prefix: str = "", order: FacetOrder = "count", page: int = 1) -> str:
        """The URL of the page of all values of a facet, counted in the documents of this search."""
        defaults = {"prefix": "", "order": "count", "page": 1}
        own = {"prefix": prefix, "order": order, "page": page}
        pairs = self.turning(1).parameters()
        pairs += [(name, str(value)) for name, value in own.items() if value != defaults[name]]
        return facet_url(facet, pairs)

    def turning(self, page: int) -> Self:
        """On another page of results."""
        return replace(self, question=replace(self.question, page=page))

    def changing(self, **changes: Any) -> Self:
        """With these attributes of the question changed, on the first page."""
        return replace(self, question=replace(self.question, **changes, page=1))

    def viewing(self, view: View) -> Self:
        """The same page with more or less of each result."""
        return replace(self, view=view)

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of the search and of its view, as pages have them."""
        return to_parameters(self.question) + ([] if self.view == "compact" else [(VIEW, self.view)])

    def hidden(self, *visible: str, boxes: Collection[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
        """The parameters for the hidden fields of a form that has visible fields for the others.

        `boxes` are the pairs of name and value for which it has boxes to check.
        """
        pairs = self.turning(1).parameters()
        return tuple(pair for pair in pairs if pair[0] not in visible and pair not in boxes)

    def _viewed(self, url: str) -> str:
        """The address of a page, with the view where it is not the default."""
        if self.view == "compact":
            return url
        return f"{url}{'&' if '?' in url else '?'}{VIEW}={self.view}"


def read_state(pairs: Iterable[tuple[str, str]], schema: Schema) -> tuple[SearchState, ParameterProblems]:
    """The search that a page's URL states, and the parameters that are invalid.

    Pages are lenient where the API is strict: unknown parameters such as `utm_source` and the empty
    fields of a form are ignored, and an invalid value leaves the rest of the search in force.
    """
    kept: list[tuple[str, str]] = []
    problems: dict[str, ParameterProblem] = {}
    question = ALL_DOCUMENTS
    view: View = "compact"
    # `page` is read last: its limit depends on `per_page`.
    for name, value in sorted(islice(pairs, _MAX_PAIRS), key=lambda pair: pair[0] == "page"):
        if name == VIEW and value == "full":
            view = "full"
        if not value.strip() or name not in search_parameters(schema).by_name:
            continue
        pair = (name, _canonical(name, value.strip(), schema))
        try:
            question = parse_parameters([*kept, pair], schema)
        except ParameterError as error:
            problems.setdefault(name, ParameterProblem(value, error.message))
        else:
            kept.append(pair)
    return SearchState(_settled(question), view), problems


def _settled(question: Question) -> Question:
    """The question without what a later filter contradicts: a box is checked, then *not* is pressed."""
    settled = reduce(Question.adding, question.filters, replace(question, filters=()))
    return replace(question, filters=settled.filters)


def _canonical(name: str, value: str, schema: Schema) -> str:
    """The value of a date as parameters have it, of one that is written as people write dates."""
    if name not in DATES or parse_range(value):
        return value
    typed = typed_date(value, month_first=month_first(schema))
    return parameter_value(name, typed.days) if typed else value


def is_canonical(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether a URL has neither empty parameters, as forms send them, nor dates in words."""
    return all(value and (name not in DATES or parse_range(value)) for name, value in pairs)
