"""What the document page shows, worked out before a template sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from search.api.urls import document_api_url, document_url
from search.document import Document
from search.highlighting.matcher import Reading
from search.request import DATE, Filter, Question
from search.results import Highlight
from search.schema import FIELDS
from search.searcher import Searcher
from webui.components.document_html import RenderedText, render_body, web_address
from webui.components.find_box import FindBox, find_in
from webui.components.search_box import SearchBox, search_box
from webui.pages.search import Link
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
class SimilarView:
    """Another document that is like this one, and the words that say so."""

    url: str
    title: str
    date: str
    authors: tuple[str, ...]
    words: tuple[str, ...]
    same_text: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The context of `document.html`.

    `matched` says whether what was looked for matched anything at all, `unseen` how many matches lie in
    the part of a very long text that is not shown.
    """

    document: Document
    state: SearchState
    box: SearchBox
    title: Markup
    summary: Markup
    citation: Markup
    text: RenderedText
    find: FindBox
    matched: bool
    unseen: int
    similar: tuple[SimilarView, ...]
    date_note: str
    near_words: str
    near_url: str
    rows: tuple[Row, ...]
    place: Place | None
    source_url: str

    @property
    def api_url(self) -> str:
        """The document as JSON."""
        return document_api_url(self.document.id)


def document_page(
    searcher: Searcher,
    document: Document,
    state: SearchState,
    problems: Mapping[str, Problem],
    find: str | None = None,
) -> DocumentPage:
    """The page of a document, read for what a search asks, or for something else to `find` in it."""
    reading, box = find_in(searcher, document, state, find)
    place = None if state == SearchState() else _place(searcher, document, state)
    text = render_body(document, reading.body, place.next_url if place else "")
    around = near(document.date)
    return DocumentPage(
        document=document,
        state=state,
        box=search_box(state, problems),
        title=_marked(document.title, reading, "title"),
        summary=_marked(document.summary, reading, "summary"),
        citation=_marked(document.citation, reading, "citation"),
        text=text,
        find=box,
        matched=bool(reading.body or any(reading.fields.values())),
        unseen=len(reading.body) - text.hits,
        similar=tuple(_similar(searcher, document)),
        date_note=date_range(document.date) if document.date else "",
        near_words=date_words(around),
        near_url=_only(Filter(DATE, "is", around)) if around else "",
        rows=tuple(_rows(document)),
        place=place,
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


def _similar(searcher: Searcher, document: Document) -> Iterator[SimilarView]:
    for hit in searcher.similar(document).hits:
        other = hit.document
        date = other.date.text if other.date else ""
        url = document_url(other.id)
        yield SimilarView(url, other.title, date, other.authors, hit.words, hit.same_text)


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
