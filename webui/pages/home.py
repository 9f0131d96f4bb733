"""What the home page tells of the collection, and the ways into it."""

from dataclasses import dataclass

from search.calendar import civil
from search.request import Question
from search.results import Facet
from search.searcher import Searcher
from webui.components.facet_views import FacetView
from webui.components.facets import facet_views
from webui.components.search_box import SearchBox
from webui.pages.search import ResultView, result_view
from webui.state import SearchState
from webui.words import plural, years

_DOCUMENTS_SHOWN = 5
_VALUES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class HomePage:
    """The context of `home.html`: `facts` are a few words each, such as "41 documents".

    `year` is the last of a document, for an example of a query; empty if nothing is dated.
    """

    box: SearchBox
    facts: tuple[str, ...]
    facets: tuple[FacetView, ...]
    newest: tuple[ResultView, ...]
    all_url: str
    year: str


def home_page(searcher: Searcher, facets: tuple[str, ...]) -> HomePage:
    """The home page of a collection; without facts if there is no document yet."""
    state = SearchState()
    answer = searcher.search(
        Question(facets=facets, facet_limit=_VALUES_SHOWN, per_page=_DOCUMENTS_SHOWN, highlight=False)
    )
    days = _days(searcher)
    facts = [plural(answer.total, "document"), years(*days) if days else ""] if answer.total else []
    facts += [
        plural(f.distinct, "author")
        for f in answer.facets
        if isinstance(f, Facet) and f.field == "author" and f.distinct
    ]
    return HomePage(
        SearchBox(),
        tuple(fact for fact in facts if fact),
        facet_views(answer.facets, state, searcher.schema),
        tuple(result_view(found, state, searcher.schema) for found in answer.hits),
        state.url,
        f"{civil(days[1])[0]:04}" if days and civil(days[1])[0] > 0 else "",
    )


def _days(searcher: Searcher) -> tuple[int, int] | None:
    """The first day and the last; None if nothing is dated."""
    bounds: list[int] = []
    for sort in ("date", "-date"):
        answer = searcher.search(Question(sort=sort, per_page=1, facets=(), highlight=False))
        for date in (found.document.date for found in answer.hits):
            if date is not None and date.understood:
                known = (date.earliest, date.latest) if sort == "date" else (date.latest, date.earliest)
                bounds += [day for day in known if day is not None][:1]
    return (min(bounds), max(bounds)) if bounds else None
