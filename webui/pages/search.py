"""The results page: hits, facets, the filters in use, sorting and pagination."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from search.answer import Answer, DocumentHit
from search.messages import gettext
from search.parameters.question import MAX_WINDOW
from search.receipt.receipt import Receipt
from search.request import DATE
from search.schema import Schema
from search.settings import Limits
from search.wording.filters import filter_text, search_title
from search.wording.options import option_texts, order_texts
from webui.components.export_links import ExportLinks, export_links
from webui.components.facet_panel import facet_panel
from webui.components.facet_views import FacetView
from webui.components.interpretation_view import InterpretationView, interpretation_views
from webui.components.links import Link
from webui.components.pagination import page_numbers
from webui.components.receipt_view import ReceiptView, receipt_view
from webui.components.result_view import ResultView, result_views
from webui.components.search_box import SearchBox, search_box
from webui.components.zero_results import AlternativeSearch, Explanation, explain_zero_results, offered
from webui.state import ALL_DOCUMENTS, ParameterProblems, SearchState, View

PAGE_SIZES = (10, 25, 50)
_SHOWN_AT_THEIR_FIELDS = {"q", "date_from", "date_to"}
"""Parameters whose problems are shown beside their form fields, and not as notices above the results."""


@dataclass(frozen=True, slots=True)
class DateForm:
    """The form "Dates between": both bounds as typed, each with the message if it is invalid."""

    start: str = ""
    end: str = ""
    start_problem: str = ""
    end_problem: str = ""
    include_undated_url: str = ""

    @property
    def has_problem(self) -> bool:
        """Whether a bound is invalid."""
        return bool(self.start_problem or self.end_problem)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The context of `search.html`.

    `first` is the 1-based number of the first result, `chips` the filters and options in use, each a link
    that removes it. `more` stands below the last page: documents that have only some of the words.
    """

    title: str
    state: SearchState
    answer: Answer
    box: SearchBox
    dates: DateForm
    notices: tuple[str, ...]
    chips: tuple[Link, ...]
    results: tuple[ResultView, ...]
    first: int
    facets: tuple[FacetView, ...]
    sorts: tuple[Link, ...]
    views: tuple[Link, ...]
    sizes: tuple[Link, ...]
    pages: tuple[Link | None, ...]
    previous_url: str
    next_url: str
    explanation: Explanation | None
    interpretations: tuple[InterpretationView, ...]
    similar_spellings: AlternativeSearch | None
    more: tuple[ResultView, ...]
    more_url: str
    exports: ExportLinks
    receipt: ReceiptView

    @property
    def last(self) -> int:
        """The 1-based number of the last result on the page."""
        return self.first + len(self.results) - 1


def search_page(
    state: SearchState,
    answer: Answer,
    receipt: Receipt,
    problems: ParameterProblems,
    schema: Schema,
    limits: Limits,
) -> SearchPage:
    """The results page of an answer. `problems` are the parameters that were invalid, by name."""
    question = state.question
    pages = min(answer.pages, MAX_WINDOW // question.per_page)
    return SearchPage(
        title=search_title(question, schema),
        state=state,
        answer=answer,
        box=search_box(state, problems, "date_from", "date_to"),
        dates=_date_form(state, problems),
        notices=tuple(
            gettext(p.message) for name, p in problems.items() if name not in _SHOWN_AT_THEIR_FIELDS
        ),
        chips=tuple(_chips(state, schema)),
        results=tuple(result_views(answer.hits, state, schema)),
        first=(question.page - 1) * question.per_page + 1,
        facets=facet_panel(answer.facets, state, schema),
        sorts=tuple(_sorts(state)),
        views=tuple(_views(state)),
        sizes=tuple(
            Link(str(size), state.changing(per_page=size).url, size == question.per_page)
            for size in PAGE_SIZES
        ),
        pages=tuple(page_numbers(lambda page: state.turning(page).url, question.page, pages)),
        previous_url=state.turning(min(question.page - 1, pages)).url if question.page > 1 and pages else "",
        next_url=state.turning(question.page + 1).url if question.page < pages else "",
        explanation=explain_zero_results(answer, state, schema),
        interpretations=tuple(interpretation_views(answer, state)),
        similar_spellings=offered(answer.similar_spellings, state) if answer.similar_spellings else None,
        more=tuple(result_views(_more(state, answer), state, schema)),
        more_url=state.changing(match="most").url,
        exports=export_links(answer, limits.export),
        receipt=receipt_view(receipt, question, schema),
    )


def _more(state: SearchState, answer: Answer) -> Sequence[DocumentHit]:
    """The documents with some of the words, which stand below the last page."""
    return answer.more.hits if answer.more and state.question.page == answer.pages else ()


def _chips(state: SearchState, schema: Schema) -> Iterator[Link]:
    question = state.question
    for item in question.filters:
        yield Link(filter_text(item, schema), state.removing(item).url)
    for attribute, text in option_texts(question).items():
        yield Link(text, state.changing(**{attribute: getattr(ALL_DOCUMENTS, attribute)}).url)


def _sorts(state: SearchState) -> Iterator[Link]:
    """The orders to choose from; that of indexing, to which the home page leads, where it is in force."""
    for sort, text in order_texts().items():
        current = sort == state.question.order
        if current or (state.question.text.strip() if sort == "relevance" else sort != "-indexed"):
            yield Link(text, state.sorting(sort).url, current)


def _views(state: SearchState) -> Iterator[Link]:
    """How much of each result to show; no choice without a query, which no passage matches."""
    if state.question.text.strip():
        for view in get_args(View):
            yield Link(view.capitalize(), state.viewing(view).url, view == state.view)


def _date_form(state: SearchState, problems: ParameterProblems) -> DateForm:
    bounds = {f.op: f.value for f in reversed(state.question.filters) if f.field == DATE}
    start, end = problems.get("date_from"), problems.get("date_to")
    dated = any(f.field == DATE for f in state.question.filters)
    hides_undated = dated and "missing" not in bounds and state.question.undated is None
    return DateForm(
        start.value if start else bounds.get("from", ""),
        end.value if end else bounds.get("to", ""),
        gettext(start.message) if start else "",
        gettext(end.message) if end else "",
        state.changing(undated="include").url if hides_undated else "",
    )
