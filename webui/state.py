"""The URL of a page as a value: ask it for the URL of a search that differs in one thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Self

from search.api.parameters import PARAMETERS, parse_parameters, to_parameters
from search.api.urls import document_url, facet_url, search_api_url, search_url
from search.errors import ParameterError
from search.request import DATE, FacetOrder, Filter, Question, Sort
from search.schema import Schema

EVERYTHING = Question()

_MAX_PAIRS = 100  # more parameters than any page of ours writes: the rest of a hostile URL is not read


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter's value that cannot be used, and the sentence to show beside its field."""

    value: str
    message: str


@dataclass(frozen=True, slots=True)
class SearchState:
    """One search, and the way from it to its neighbours. Every change but of the page goes to page one."""

    question: Question = EVERYTHING

    @property
    def url(self) -> str:
        """The address of this search's page."""
        return search_url(self.question)

    @property
    def api_url(self) -> str:
        """The address of the same search as JSON."""
        return search_api_url(self.question)

    @property
    def is_blank(self) -> bool:
        """Whether nothing narrows the search: no text and no filter."""
        return not self.question.text.strip() and not self.question.filters

    def document_url(self, doc_id: str) -> str:
        """The address of a document, read with this search in mind."""
        return document_url(doc_id, self.question)

    def has(self, item: Filter) -> bool:
        """Whether a filter is set."""
        return item in self.question.filters

    def adding(self, item: Filter) -> Self:
        """With one filter more; a value cannot be wanted and excluded at once, so the last word counts."""
        opposite = {"is": "not", "not": "is"}.get(item.op)
        kept = tuple(
            f for f in self.question.filters if (f.field, f.op, f.value) != (item.field, opposite, item.value)
        )
        return self.changing(filters=kept if item in kept else (*kept, item))

    def removing(self, item: Filter) -> Self:
        """Without a filter."""
        return self.changing(filters=tuple(f for f in self.question.filters if f != item))

    def clearing(self) -> Self:
        """Without any filter, and with every option that shows as one at its default; the query stays."""
        return self.changing(filters=(), undated=None, date_match="overlap", match=None, expand=True)

    def asking(self, text: str) -> Self:
        """With other words, the filters kept."""
        return self.changing(text=text)

    def sorting(self, sort: Sort) -> Self:
        """In another order."""
        return self.changing(sort=None if sort == replace(self.question, sort=None).order else sort)

    def dating(self, value: str = "") -> Self:
        """With this value of the date facet in place of all others; without any if it is empty."""
        kept = tuple(f for f in self.question.filters if (f.field, f.op) != (DATE, "is"))
        return self.changing(filters=(*kept, Filter(DATE, "is", value)) if value else kept)

    def list_url(self, facet: str, prefix: str = "", order: FacetOrder = "count", page: int = 1) -> str:
        """The address of the page of all values of a facet over this search."""
        usual = {"prefix": "", "order": "count", "page": 1}
        own = {"prefix": prefix, "order": order, "page": page}
        pairs = to_parameters(replace(self.question, page=1))
        pairs += [(name, str(value)) for name, value in own.items() if value != usual[name]]
        return facet_url(facet, pairs)

    def turning(self, page: int) -> Self:
        """On another page."""
        return replace(self, question=replace(self.question, page=page))

    def changing(self, **changes: Any) -> Self:
        """With these attributes of the question changed, and back on page one."""
        return replace(self, question=replace(self.question, **changes, page=1))

    def hidden(self, *shown: str) -> tuple[tuple[str, str], ...]:
        """What a form has to carry along, apart from the parameters that it shows."""
        return tuple(
            (name, value)
            for name, value in to_parameters(replace(self.question, page=1))
            if name not in shown
        )


def read_state(pairs: Iterable[tuple[str, str]], schema: Schema) -> tuple[SearchState, Mapping[str, Problem]]:
    """The search a page's URL asks for, and what of it could not be used, by parameter.

    A page is lenient where the API is strict: parameters of others (`utm_source`) and the empty
    fields of a form are passed over, and a bad value never stops the rest of the search.
    """
    kept: list[tuple[str, str]] = []
    problems: dict[str, Problem] = {}
    question = EVERYTHING
    # The page comes last: whether it can be reached depends on how many results a page has.
    for name, value in sorted(islice(pairs, _MAX_PAIRS), key=lambda pair: pair[0] == "page"):
        if not value.strip() or not _is_ours(name, schema):
            continue
        pair = (name, value.strip())
        try:
            question = parse_parameters([*kept, pair], schema)
        except ParameterError as error:
            problems.setdefault(name, Problem(value, str(error)))
        else:
            kept.append(pair)
    return SearchState(question), problems


def _is_ours(name: str, schema: Schema) -> bool:
    return name in PARAMETERS or name.removeprefix("not.") in schema.facets
