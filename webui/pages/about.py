"""The page about the archive: what it covers, and behind that the report on the health of the collection."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from search.request import DATE, Filter, Question
from search.results import DateFacet, Facet, IndexInfo
from search.searcher import Searcher
from search.wording.dates import date_text, year_span
from search.wording.facets import value_text
from webui.components.search_box import SearchBox
from webui.pages.health_findings import Finding, health_findings
from webui.pages.home import first_and_last_day
from webui.state import SearchState

_FACETS = ("type", "text_language", "collection")
_VALUES = 8


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link to a number of documents."""

    text: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """Documents by the values of a facet, the most frequent first; `more_url` has `more`."""

    label: str
    values: tuple[CountedLink, ...]
    more: int
    more_url: str


@dataclass(frozen=True, slots=True)
class AboutPage:
    """The context of `about.html`; `has_report` is whether the indexer stored a health report.

    `period` is the years from the first document to the last one, empty if none is dated. `undated` leads to
    those that are not, which are `undated_share` of all.
    """

    info: IndexInfo
    updated: str
    all_url: str
    period: str
    undated: CountedLink
    undated_share: float
    kinds: tuple[Kinds, ...]
    has_report: bool
    findings: tuple[Finding, ...]
    box: SearchBox = field(default_factory=SearchBox)


def about_page(searcher: Searcher) -> AboutPage:
    """The page for the present generation of the index."""
    with searcher.reading():
        info = searcher.info()
        answer = searcher.search(
            Question(facets=(DATE, *_FACETS), facet_limit=_VALUES, per_page=1, highlight=False)
        )
        days = first_and_last_day(searcher)
        health = searcher.health_report()
        findings = health_findings(health, searcher) if health else ()
    undated = sum(facet.missing for facet in answer.facets if isinstance(facet, DateFacet))
    state = SearchState()
    return AboutPage(
        info=info,
        updated=date_text(info.updated[:10]) if info.updated else "",
        all_url=state.url,
        period=year_span(*days) if days else "",
        undated=CountedLink("", state.adding(Filter(DATE, "missing")).url, undated),
        undated_share=undated / answer.total if answer.total else 0.0,
        kinds=tuple(_kinds(answer.facets, searcher)),
        has_report=health is not None,
        findings=findings,
    )


def _kinds(facets: tuple[Facet | DateFacet, ...], searcher: Searcher) -> Iterator[Kinds]:
    state = SearchState()
    for facet in facets:
        if isinstance(facet, Facet) and facet.values:
            url_of = state.narrowing_url(facet.field)
            links = (
                CountedLink(value_text(facet.field, found.value), url_of(found.value), found.count)
                for found in facet.values
            )
            yield Kinds(
                searcher.schema.label(facet.field),
                tuple(links),
                facet.distinct - len(facet.values),
                state.list_url(facet.field),
            )
