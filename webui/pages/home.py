"""The home page: the size and years of the collection, its newest documents and its facets."""

from dataclasses import dataclass

from search.calendar import civil
from search.messages import ngettext
from search.request import Question
from search.results import Facet
from search.searcher import Searcher
from search.wording.dates import year_span
from search.wording.facets import counted_values
from webui.components.facet_panel import facet_panel
from webui.components.facet_views import FacetView
from webui.components.result_view import ResultView, result_views
from webui.components.search_box import SearchBox
from webui.state import SearchState

_DOCUMENTS_SHOWN = 5
_VALUES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class HomePage:
    """The context of `home.html`.

    `facts` are a few words each, such as "41 documents"; there are none while the index is empty. `year`
    is that of the latest document, for an example query; empty if no document is dated. `newest` are the
    latest by their dates; `added_url` lists the documents that were added last.
    """

    box: SearchBox
    facts: tuple[str, ...]
    facets: tuple[FacetView, ...]
    newest: tuple[ResultView, ...]
    all_url: str
    added_url: str
    feed_url: str
    year: str


def home_page(searcher: Searcher, facets: tuple[str, ...]) -> HomePage:
    """The home page, with the facets of these names."""
    state = SearchState()
    answer = searcher.search(
        Question(facets=facets, facet_limit=_VALUES_SHOWN, per_page=_DOCUMENTS_SHOWN, highlight=False)
    )
    days = first_and_last_day(searcher)
    facts = (
        [ngettext("%(num)s document", "%(num)s documents", answer.total), year_span(*days) if days else ""]
        if answer.total
        else []
    )
    facts += [
        counted_values("author", facet.distinct)
        for facet in answer.facets
        if isinstance(facet, Facet) and facet.field == "author" and facet.distinct
    ]
    return HomePage(
        SearchBox(),
        tuple(fact for fact in facts if fact),
        facet_panel(answer.facets, state, searcher.schema),
        tuple(result_views(answer.hits, state, searcher.schema)),
        state.url,
        state.sorting("-indexed").url,
        state.feed_url,
        f"{civil(days[1])[0]:04}" if days and civil(days[1])[0] > 0 else "",
    )


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
