"""What the search page and the home page show, worked out before a template sees it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from search.api.parameters import MAX_WINDOW
from search.request import DATE, Sort
from search.results import Answer, DocumentHit, Highlight
from search.schema import Schema
from webui.components.facet_views import FacetView
from webui.components.facets import facet_views
from webui.components.search_box import SearchBox, search_box
from webui.components.zero_results import Explained, explained
from webui.state import Problem, SearchState
from webui.words import date_range, filter_words, title_words

SORTS: tuple[tuple[Sort, str], ...] = (
    ("relevance", "Relevance"),
    ("-date", "Newest"),
    ("date", "Oldest"),
    ("title", "Title"),
)
PAGE_SIZES = (10, 25, 50)
_BESIDE_A_FIELD = {"q", "date_from", "date_to"}


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page; `current` if it leads to this one."""

    words: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class DateForm:
    """The two bounds of a date filter, as typed, each with what was wrong with it."""

    start: str = ""
    end: str = ""
    start_problem: str = ""
    end_problem: str = ""
    include_undated_url: str = ""

    @property
    def has_problem(self) -> bool:
        """Whether a bound could not be used."""
        return bool(self.start_problem or self.end_problem)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage that matched; `label` names its field where that is not the text."""

    label: str
    html: Markup


@dataclass(frozen=True, slots=True)
class ResultView:
    """One result of a search."""

    url: str
    title: Markup
    date: str
    date_note: str
    authors: tuple[str, ...]
    facts: tuple[str, ...]
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The context of `search.html`."""

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
    sizes: tuple[Link, ...]
    pages: tuple[Link | None, ...]
    previous_url: str
    next_url: str
    explained: Explained | None

    @property
    def last(self) -> int:
        """The number of the last result on the page."""
        return self.first + len(self.results) - 1


def search_page(
    state: SearchState, answer: Answer, problems: Mapping[str, Problem], schema: Schema
) -> SearchPage:
    """The search page for an answer."""
    question = state.question
    pages = min(answer.pages, MAX_WINDOW // question.per_page)
    return SearchPage(
        title=title_words(question, schema),
        state=state,
        answer=answer,
        box=search_box(state, problems, "date_from", "date_to"),
        dates=_date_form(state, problems),
        notices=tuple(p.message for name, p in problems.items() if name not in _BESIDE_A_FIELD),
        chips=tuple(_chips(state, schema)),
        results=tuple(result_view(found, state, schema) for found in answer.hits),
        first=(question.page - 1) * question.per_page + 1,
        facets=facet_views(answer.facets, state, schema),
        sorts=tuple(_sorts(state)),
        sizes=tuple(
            Link(str(size), state.changing(per_page=size).url, size == question.per_page)
            for size in PAGE_SIZES
        ),
        pages=tuple(page_links(lambda page: state.turning(page).url, question.page, pages)),
        previous_url=state.turning(min(question.page - 1, pages)).url if question.page > 1 and pages else "",
        next_url=state.turning(question.page + 1).url if question.page < pages else "",
        explained=explained(answer, state, schema),
    )


def marked(text: str, highlights: tuple[Highlight, ...], field: str) -> Markup:
    """A field's whole text with what matched in it, if a highlight covers it; else the text, escaped."""
    for highlight in highlights:
        if highlight.field == field and highlight.text == text:
            return Markup(highlight.html)  # noqa: S704 - escaped by Highlight
    return Markup.escape(text)


def result_view(found: DocumentHit, state: SearchState, schema: Schema) -> ResultView:
    """A result as a page lists it."""
    document = found.document
    labels = {field.name: field.label for field in schema.fields}
    return ResultView(
        url=state.document_url(document.id),
        title=marked(document.title, found.highlights, "title"),
        date=document.date.text if document.date else "",
        date_note=date_range(document.date) if document.date else "",
        authors=document.authors,
        facts=tuple(fact for fact in (document.type, document.collection, document.language) if fact),
        snippets=tuple(
            Snippet("" if h.field == "body" else labels.get(h.field, h.field), Markup(h.html))  # noqa: S704
            for h in found.highlights
            if h.field != "title"
        ),
    )


def _chips(state: SearchState, schema: Schema) -> Iterator[Link]:
    question = state.question
    for item in question.filters:
        yield Link(filter_words(item, schema), state.removing(item).url)
    if question.undated is not None:
        words = {"include": "Undated included", "exclude": "Undated left out", "only": "Undated only"}
        yield Link(words[question.undated], state.changing(undated=None).url)
    if question.date_match == "within":
        yield Link("Dates wholly within", state.changing(date_match="overlap").url)
    if question.match is not None:
        words = {"all": "All words must match", "any": "Any of the words"}
        yield Link(words[question.match], state.changing(match=None).url)
    if not question.expand:
        yield Link("Names only as typed", state.changing(expand=True).url)


def _sorts(state: SearchState) -> Iterator[Link]:
    for sort, words in SORTS:
        if sort != "relevance" or state.question.text.strip():
            yield Link(words, state.sorting(sort).url, sort == state.question.order)


def page_links(url: Callable[[int], str], here: int, pages: int) -> Iterator[Link | None]:
    """The first, the last and those around this one; None stands for those left out."""
    last = 0
    for page in range(1, pages + 1):
        if page in {1, pages} or abs(page - here) <= 2:
            if page - last > 1:
                yield None
            yield Link(str(page), url(page), page == here)
            last = page


def _date_form(state: SearchState, problems: Mapping[str, Problem]) -> DateForm:
    bounds = {f.op: f.value for f in reversed(state.question.filters) if f.field == DATE}
    start, end = problems.get("date_from"), problems.get("date_to")
    dated = any(f.field == DATE for f in state.question.filters)
    hides_undated = dated and "missing" not in bounds and state.question.undated is None
    return DateForm(
        start.value if start else bounds.get("from", ""),
        end.value if end else bounds.get("to", ""),
        start.message if start else "",
        end.message if end else "",
        state.changing(undated="include").url if hides_undated else "",
    )
