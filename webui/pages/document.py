"""The document page: the text with its matches, the metadata, similar documents, the neighbouring results."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

from search.answer import Highlight
from search.api.urls import document_api_url, document_url
from search.document import Document
from search.highlighting.matcher import DocumentMatches
from search.messages import Message, gettext
from search.request import DATE, Filter, Question
from search.schema import EXTRA, Schema
from search.searcher import Searcher
from search.settings import Site
from search.wording.dates import date_note, date_text, enclosing_bucket
from search.wording.facets import value_text, values_label
from webui.components.belonging import document_link, folder_links
from webui.components.citation_view import CitationView, citation_view
from webui.components.document_html import RenderedText, render_body
from webui.components.inline_html import web_address
from webui.components.links import Link
from webui.components.search_box import SearchBox, search_box
from webui.components.spoken_language import text_lang, title_lang
from webui.pages.find_box import FindBox, find_in_document
from webui.pages.result_position import ResultPosition, result_position
from webui.state import ParameterProblems, SearchState

_PLAIN_METADATA: dict[str, tuple[Message, Callable[[Document], str]]] = {
    "classification": (Message("Classification"), lambda d: d.classification),
    "reference": (Message("Archival reference"), lambda d: d.reference.text if d.reference else ""),
    "credits": (Message("Credits"), lambda d: d.credits),
}
"""Name -> label and value of metadata without links; a name that is a facet is shown as a facet instead."""
_SHOWN_APART = {"folder", "parent"}  # facets with links of their own
_PARTS = 50  # parts listed


@dataclass(frozen=True, slots=True)
class MetadataRow:
    """One field of the document's metadata. Values of facets are links to all documents that have them."""

    label: str
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A similar document and the words that both share."""

    url: str
    title: str
    date: str
    authors: tuple[str, ...]
    shared_words: tuple[str, ...]
    same_text: bool
    title_lang: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The context of `document.html`.

    `matched` is whether the text or a metadata field has a match; `unseen` counts the matches in the
    part of a very long text that is not shown. `bucket_url` searches the documents of the same time.
    `folders` lead to what else is in each folder, `parts_url` to the parts of which some are not listed.
    """

    document: Document
    state: SearchState
    box: SearchBox
    title: Markup
    summary: Markup
    citation: Markup
    cited: CitationView
    text: RenderedText
    find: FindBox
    matched: bool
    unseen: int
    similar: tuple[SimilarView, ...]
    date_note: str
    bucket_text: str
    bucket_url: str
    metadata: tuple[MetadataRow, ...]
    position: ResultPosition | None
    source_url: str
    folders: tuple[Link, ...] = ()
    parent: Link | None = None
    parts: tuple[Link, ...] = ()
    parts_url: str = ""

    @property
    def text_lang(self) -> str:
        """The tag of the text's language, where it is not that of the page."""
        return text_lang(self.document)

    @property
    def title_lang(self) -> str:
        """The same of the title."""
        return title_lang(self.document)

    @property
    def today(self) -> str:
        """The day of access, for paper."""
        return date_text(datetime.now(UTC).date().isoformat())

    @property
    def added(self) -> str:
        """The day on which the document was added to the index as it is now; empty if it is unknown."""
        return date_text(self.document.indexed_at[:10]) if self.document.indexed_at else ""

    @property
    def api_url(self) -> str:
        """The address of the document as JSON."""
        return document_api_url(self.document.id)


def document_page(
    searcher: Searcher,
    document: Document,
    state: SearchState,
    problems: ParameterProblems,
    site: Site,
    find: str | None = None,
) -> DocumentPage:
    """The page of a document, in which the query of the search is marked, or `find` if it is given."""
    matches, box = find_in_document(searcher, document, state, find)
    position = None if state == SearchState() else result_position(searcher, document, state)
    text = render_body(document, matches.body, position.next_url if position else "")
    bucket = enclosing_bucket(document.date)
    parent = searcher.document(document.parent) if document.parent else None
    parts = searcher.parts(document, _PARTS + 1)
    return DocumentPage(
        document=document,
        state=state,
        box=search_box(state, problems),
        title=_marked(document.title, matches, "title"),
        summary=_marked(document.summary, matches, "summary"),
        citation=_marked(document.citation, matches, "citation"),
        cited=citation_view(document, parent, site),
        text=text,
        find=box,
        matched=bool(matches.body or any(matches.fields.values())),
        unseen=len(matches.body) - text.matches,
        similar=tuple(_similar(searcher, document)),
        date_note=date_note(document.date) if document.date else "",
        bucket_text=date_text(bucket),
        bucket_url=_filter_url(Filter(DATE, "is", bucket)) if bucket else "",
        metadata=tuple(_metadata(document, searcher.schema, matches)),
        position=position,
        source_url=web_address(document.source_url),
        folders=folder_links(document),
        parent=document_link(parent) if parent else None,
        parts=tuple(map(document_link, parts[:_PARTS])),
        parts_url=_filter_url(Filter("parent", "is", document.id)) if len(parts) > _PARTS else "",
    )


def _marked(text: str, matches: DocumentMatches, field: str) -> Markup:
    highlight = Highlight(field, text, tuple(matches.fields.get(field, ())))
    return Markup(highlight.html)  # noqa: S704 - escaped by Highlight


def _metadata(document: Document, schema: Schema, matches: DocumentMatches) -> Iterator[MetadataRow]:
    for name, field in schema.facets.items():
        if name in _SHOWN_APART or (name == "text_language" and document.text_language == document.language):
            continue
        values = tuple(
            Link(value_text(name, v), _filter_url(Filter(name, "is", v))) for v in field.values(document) if v
        )
        if values:
            yield MetadataRow(values_label(name, len(values), schema), values)
    plain = [
        (label, value(document))
        for name, (label, value) in _PLAIN_METADATA.items()
        if name not in schema.facets
    ]
    yield from (MetadataRow(gettext(label), (Link(text),)) for label, text in plain if text)
    for key, text in document.extra.items():
        if text:
            name = f"{EXTRA}.{key}"
            yield MetadataRow(gettext(schema.label(name)), (Link(_marked(text, matches, name)),))


def _similar(searcher: Searcher, document: Document) -> Iterator[SimilarView]:
    for hit in searcher.similar(document).hits:
        other = hit.document
        date = other.date.text if other.date else ""
        url = document_url(other.id)
        spoken = title_lang(other)
        yield SimilarView(url, other.short_title, date, other.authors, hit.words, hit.same_text, spoken)


def _filter_url(item: Filter) -> str:
    return SearchState(Question(filters=(item,))).url
