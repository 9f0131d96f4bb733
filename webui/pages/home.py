"""The home page: the size and years of the collection, its newest documents and its facets."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.answering.coverage import Coverage
from search.calendar import civil
from search.messages import ngettext
from search.request import Question
from search.searcher import Searcher
from search.wording.dates import year_span
from search.wording.facets import counted_values, value_text
from webui.components.facet_panel import facet_panel
from webui.components.facet_views import FacetView
from webui.components.result_view import ResultView, result_views
from webui.components.search_box import SearchBox
from webui.state import SearchState

_DOCUMENTS_SHOWN = 5
_VALUES_SHOWN = 8
_FACETS_SHOWN = 3
_MOST_COLUMNS = 24  # intervals that stand beside each other; more are rows
_KINDS = ("text_language", "type")
_NAMED = 3  # languages, and types


@dataclass(frozen=True, slots=True)
class HomePage:
    """The context of `home.html`.

    `facts` are a few words each, such as "41 documents"; there are none while the index is empty. `dates`
    is the date facet if it has so few intervals that they can stand beside each other; else it is one of
    the `facets`. `year` is that of the latest document, for an example query; empty if no document is
    dated. `newest` are the latest by their dates; `added_url` lists the documents that were added last.
    """

    box: SearchBox
    facts: tuple[str, ...]
    dates: FacetView | None
    facets: tuple[FacetView, ...]
    newest: tuple[ResultView, ...]
    all_url: str
    added_url: str
    feed_url: str
    year: str


def home_page(searcher: Searcher, facets: tuple[str, ...]) -> HomePage:
    """The home page, with the facets of these names, or if there are none with the first that divide."""
    state, coverage = SearchState(), searcher.coverage()
    answer = searcher.search(
        Question(
            facets=facets or coverage.dividing,
            facet_limit=_VALUES_SHOWN,
            per_page=_DOCUMENTS_SHOWN,
            highlight=False,
        )
    )
    days = first_and_last_day(searcher)
    views = facet_panel(answer, state, searcher.schema, facets)
    dates = next((view for view in views if view.is_date and len(view.values) <= _MOST_COLUMNS), None)
    others = [view for view in views if view is not dates]
    return HomePage(
        SearchBox(),
        tuple(_facts(coverage, days)),
        dates,
        tuple(others if facets else others[:_FACETS_SHOWN]),
        tuple(result_views(answer.hits, state, searcher.schema, coverage.shared)),
        state.url,
        state.sorting("-indexed").url,
        state.feed_url,
        f"{civil(days[1])[0]:04}" if days and civil(days[1])[0] > 0 else "",
    )


def _facts(coverage: Coverage, days: tuple[int, int] | None) -> Iterator[str]:
    """What the archive is: how many documents, of which years, by how many authors, of which kinds."""
    if not coverage.documents:
        return
    yield ngettext("%(num)s document", "%(num)s documents", coverage.documents)
    if days:
        yield year_span(*days)
    for facet in coverage.facets:
        if facet.field == "author" and facet.distinct:
            yield counted_values("author", facet.distinct)
    for facet in coverage.facets:
        if facet.field in _KINDS and facet.missing < coverage.documents / 2:
            names = [value_text(facet.field, value.value) for value in facet.values[:_NAMED]]
            yield ", ".join(names) + (", …" if facet.distinct > len(names) else "")


def first_and_last_day(searcher: Searcher) -> tuple[int, int] | None:
    """The day numbers of the earliest and the latest document; None if no document is dated."""
    bounds: list[int] = []
    for sort in ("date", "-date"):
        answer = searcher.search(Question(sort=sort, per_page=1, facets=(), highlight=False))
        for date in (hit.document.date for hit in answer.hits):
            if date is not None and date.understood:
                known = (date.earliest, date.latest) if sort == "date" else (date.latest, date.earliest)
                bounds += [day for day in known if day is not None][:1]
    return (min(bounds), max(bounds)) if bounds else None
