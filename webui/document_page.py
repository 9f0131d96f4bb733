"""What the document page shows, worked out before a template sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from search.document import Document
from search.highlight import Reading
from search.request import DATE, Filter, Question
from search.results import Highlight
from search.schema import FIELDS
from search.searcher import Searcher
from webui.document_html import RenderedText, render_body, web_address
from webui.search_box import SearchBox, search_box
from webui.search_page import Link
from webui.state import Problem, SearchState
from webui.words import date_range, date_words, near

_FACETED = tuple(field for field in FIELDS if field.facet)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the document's particulars. A value without an address is plain text."""

    label: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the document stands among the results that led to it, and the ways to its neighbours."""

    position: int
    total: int
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The context of `document.html`. `matched` says whether the query matched anything at all."""

    document: Document
    state: SearchState
    box: SearchBox
    title: Markup
    summary: Markup
    citation: Markup
    text: RenderedText
    matched: bool
    date_note: str
    near_words: str
    near_url: str
    rows: tuple[Row, ...]
    place: Place | None
    source_url: str

    @property
    def api_url(self) -> str:
        """The document as JSON."""
        return f"/api/v1{SearchState().document_url(self.document.id)}"


def document_page(
    searcher: Searcher, document: Document, state: SearchState, problems: Mapping[str, Problem]
) -> DocumentPage:
    """The page of a document, read with the query of a search."""
    asked = state.question.text.strip()
    reading = searcher.within(document, state.question).reading if asked else Reading()
    around = near(document.date)
    return DocumentPage(
        document=document,
        state=state,
        box=search_box(state, problems),
        title=_marked(document.title, reading, "title"),
        summary=_marked(document.summary, reading, "summary"),
        citation=_marked(document.citation, reading, "citation"),
        text=render_body(document, reading.body),
        matched=bool(reading.body or any(reading.fields.values())),
        date_note=date_range(document.date) if document.date else "",
        near_words=date_words(around),
        near_url=_only(Filter(DATE, "is", around)) if around else "",
        rows=tuple(_rows(document)),
        place=None if state == SearchState() else _place(searcher, document, state),
        source_url=web_address(document.source_url),
    )


def _marked(text: str, reading: Reading, field: str) -> Markup:
    highlight = Highlight(field, text, tuple(reading.fields.get(field, ())))
    return Markup(highlight.html)  # noqa: S704 - escaped by Highlight


def _rows(document: Document) -> Iterator[Row]:
    for field in _FACETED:
        values = tuple(Link(v, _only(Filter(field.name, "is", v))) for v in field.values(document) if v)
        if values:
            yield Row(field.label if len(values) == 1 else f"{field.label}s", values)
    reference = document.reference.text if document.reference else ""
    plain = (
        ("Classification", document.classification),
        ("Archival reference", reference),
        ("Credits", document.credits),
        *document.extra.items(),
    )
    for label, value in plain:
        if value:
            yield Row(label[:1].upper() + label[1:], (Link(value, ""),))


def _only(item: Filter) -> str:
    return SearchState(Question(filters=(item,))).url


def _place(searcher: Searcher, document: Document, state: SearchState) -> Place | None:
    """None where the search does not list the document on the page that its URL names."""
    question = replace(state.question, facets=(), highlight=False)
    answer = searcher.search(question)
    ids = [found.document.id for found in answer.hits]
    if document.id not in ids:
        return None
    index = ids.index(document.id)

    def url(step: int) -> str:
        page, at = question.page, index + step
        position = (page - 1) * question.per_page + at
        if not 0 <= position < answer.total:
            return ""
        if not 0 <= at < len(ids):
            page += step
            beyond = searcher.search(replace(question, page=page)).hits
            return state.turning(page).document_url(beyond[min(step, 0)].document.id) if beyond else ""
        return state.document_url(ids[at])

    position = (question.page - 1) * question.per_page + index + 1
    return Place(position, answer.total, url(-1), url(+1))
