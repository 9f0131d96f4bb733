"""One search result as a page lists it: title, date, authors and snippets, with the matches marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from search.answer import DocumentHit
from search.document import Document
from search.schema import Schema
from search.wording.dates import date_note
from webui.components.belonging import folder_links
from webui.components.links import Link
from webui.components.spoken_language import text_lang, title_lang
from webui.state import SearchState

_OF_TEXT = {"summary", "body"}


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fragment with its matches marked; `label` names its field, and is empty for the body.

    `lang` is the language of the text, where it is not that of the page.
    """

    label: str
    html: Markup
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ResultView:
    """The context of one result in `_results.html`.

    `date` is the date as written, `date_note` the days of an inexact date. `folders` are links to what else
    is in each of its folders, the topmost first. `title_lang` is the language of the title, where it is not
    that of the page.
    """

    url: str
    title: Markup
    date: str
    date_note: str
    authors: tuple[str, ...]
    facts: tuple[str, ...]
    folders: tuple[Link, ...]
    snippets: tuple[Snippet, ...]
    title_lang: str = ""


def result_views(hits: Iterable[DocumentHit], state: SearchState, schema: Schema) -> Iterator[ResultView]:
    """Hits of the search `state`; their links keep that search in the documents' URLs."""
    url_of = state.document_url
    for hit in hits:
        document = hit.document
        yield ResultView(
            url=url_of(document.id),
            title=Markup(hit.title.html),  # noqa: S704 - escaped by Highlight
            date=document.date.text if document.date else "",
            date_note=date_note(document.date) if document.date else "",
            authors=document.authors,
            facts=_facts(document),
            folders=folder_links(document),
            snippets=tuple(_snippets(hit, schema)),
            title_lang=title_lang(document),
        )


def _snippets(hit: DocumentHit, schema: Schema) -> Iterator[Snippet]:
    lang = text_lang(hit.document)
    for found in hit.highlights:
        if found.field != "title":
            yield Snippet(
                label="" if found.field == "body" else schema.label(found.field),
                html=Markup(found.html),  # noqa: S704 - escaped by Highlight
                lang=lang if found.field in _OF_TEXT else "",
            )


def _facts(document: Document) -> tuple[str, ...]:
    """Type, collection and language; without a collection that is the topmost of its folders."""
    collection = "" if document.collection in document.folders[:1] else document.collection
    return tuple(fact for fact in (document.type, collection, document.language) if fact)
