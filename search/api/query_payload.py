"""How a query was understood, and the filters of a search."""

from collections.abc import Sequence

from msgspec import Struct

from search.answer import Interpretation, InterpretationKind, UnderstoodQuery
from search.api.hit import Names
from search.api.page_links import Url
from search.api.urls import search_url
from search.query.diagnostics import Diagnostic
from search.query.tree import MatchMode
from search.request import Filter


class ExpansionPayload(Struct, frozen=True, gc=False, rename={"source": "from"}):
    """A name or a word of the query, and what was searched with it."""

    source: str
    to: Names


class InterpretationPayload(Struct, frozen=True):
    """What a part of the query may mean: the filter that it stands for, and how many documents that finds.

    `filter` has a value, or several, for each parameter; `url` is the page of those documents.
    """

    kind: InterpretationKind
    text: str
    filter: dict[str, str | list[str]]
    count: int
    url: Url


class QueryPayload(Struct, frozen=True):
    """How a query was read. `relaxed`: no document has all of its words, so those with some were found."""

    text: str
    understood: str
    match: MatchMode
    relaxed: bool
    diagnostics: tuple[Diagnostic, ...]
    expanded: list[ExpansionPayload]
    interpretations: list[InterpretationPayload]


def query_payload(query: UnderstoodQuery, site: str = "") -> QueryPayload:
    """How a query was understood."""
    return QueryPayload(
        text=query.text,
        understood=query.understood,
        match=query.match,
        relaxed=query.relaxed,
        diagnostics=query.diagnostics,
        expanded=[ExpansionPayload(item.source, item.to) for item in query.expanded],
        interpretations=[_interpretation(item, site) for item in query.interpretations],
    )


def _interpretation(item: Interpretation, site: str) -> InterpretationPayload:
    return InterpretationPayload(
        item.kind, item.text, _parameters(item.filters), item.count, site + search_url(item.question)
    )


def _parameters(filters: Sequence[Filter]) -> dict[str, str | list[str]]:
    """Filters by field: a value, or a list where there are several."""
    values: dict[str, list[str]] = {}
    for item in filters:
        values.setdefault(item.field, []).append(item.value)
    return {field: found[0] if len(found) == 1 else found for field, found in values.items()}
