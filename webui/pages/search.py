"""The results page: hits, facets, the filters in use, sorting and pagination."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.answer import Answer, DocumentHit
from search.answering.coverage import Coverage
from search.messages import Message, gettext
from search.parameters.question import MAX_WINDOW
from search.receipt.receipt import Receipt
from search.schema import Schema
from search.settings import Limits
from search.wording.filters import filter_text, search_title
from search.wording.options import option_texts, order_texts
from webui.components.date_form import DateForm
from webui.components.export_links import ExportLinks, export_links
from webui.components.facet_panel import facet_panel
from webui.components.facet_views import FacetView, boxes_of
from webui.components.interpretation_view import InterpretationView, interpretation_views
from webui.components.links import Link
from webui.components.pagination import page_numbers
from webui.components.receipt_view import ReceiptView, receipt_view
from webui.components.result_view import ResultView, result_views
from webui.components.search_box import SearchBox, search_box
from webui.components.zero_results import AlternativeSearch, Explanation, explain_zero_results, offered
from webui.state import ALL_DOCUMENTS, DATES, ParameterProblems, SearchState, View

PAGE_SIZES = (10, 25, 50)
_VIEWS: dict[View, Message] = {"compact": Message("Compact"), "full": Message("Full")}
_SHOWN_AT_THEIR_FIELDS = {"q", *DATES}
"""Parameters whose problems are shown beside their form fields, and not as notices above the results."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What a results page knows of the archive: its `coverage`, and the `facets` to be shown in any case."""

    schema: Schema
    limits: Limits
    coverage: Coverage
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The context of `search.html`.

    `first` is the 1-based number of the first result, `chips` the filters and options in use, each a link
    that removes it. `can_narrow`: whether there are results or filters, and so boxes for filters. `more`
    stands below the last page: documents that have only some of the words.
    """

    title: str
    state: SearchState
    answer: Answer
    box: SearchBox
    dates: DateForm
    can_narrow: bool
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
    dates: DateForm,
    archive: Archive,
) -> SearchPage:
    """The results page of an answer. `problems` are the parameters that were invalid, by name."""
    question, schema, shared = state.question, archive.schema, archive.coverage.shared
    pages = min(answer.pages, MAX_WINDOW // question.per_page)
    facets = facet_panel(answer, state, schema, archive.facets)
    chips = tuple(_chips(state, schema))
    can_narrow = bool(answer.total or chips or dates.has_problem)
    visible = dates.filled if can_narrow else ()
    return SearchPage(
        title=_title(answer, schema),
        state=state,
        answer=answer,
        box=search_box(state, problems, *visible, boxes=boxes_of(facets)),
        dates=dates,
        can_narrow=can_narrow,
        notices=tuple(
            gettext(p.message) for name, p in problems.items() if name not in _SHOWN_AT_THEIR_FIELDS
        ),
        chips=chips,
        results=tuple(result_views(answer.hits, state, schema, shared)),
        first=(question.page - 1) * question.per_page + 1,
        facets=facets,
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
        interpretations=tuple(interpretation_views(answer, state, schema)),
        similar_spellings=offered(answer.similar_spellings, state) if answer.similar_spellings else None,
        more=tuple(result_views(_more(state, answer), state, schema, shared)),
        more_url=state.changing(match="most").url,
        exports=export_links(answer, archive.limits.export),
        receipt=receipt_view(receipt, question, schema),
    )


def _title(answer: Answer, schema: Schema) -> str:
    """What was searched; of documents that have some of the words alone, this is said as well."""
    title = search_title(answer.question, schema)
    return gettext("%(search)s (some of these words)", search=title) if answer.query.relaxed else title


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
        for view, name in _VIEWS.items():
            yield Link(gettext(name), state.viewing(view).url, view == state.view)
