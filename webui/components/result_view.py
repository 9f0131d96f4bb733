"""One search result as a page lists it: title, date, authors and snippets, with the matches marked."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from markupsafe import Markup

from search.answer import DocumentHit, Highlight
from search.document import Document
from search.messages import gettext
from search.schema import Schema
from search.wording.dates import date_note
from search.wording.facets import value_text
from webui.components.belonging import folder_links
from webui.components.links import Link
from webui.components.passages import OF_TEXT, divided
from webui.components.spoken_language import text_lang, title_lang
from webui.state import SearchState


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
    is in each of its folders, the topmost first. `snippets` are shown, `unfolded` on demand. `matches` is the
    number of those in the body, the first of which is at `match_url`. `title_lang` is the language of the
    title, where it is not that of the page.
    """

    url: str
    title: Markup
    date: str
    date_note: str
    authors: tuple[str, ...]
    facts: tuple[str, ...]
    folders: tuple[Link, ...]
    snippets: tuple[Snippet, ...]
    unfolded: tuple[Snippet, ...] = ()
    matches: int = 0
    match_url: str = ""
    title_lang: str = ""


def result_views(
    hits: Iterable[DocumentHit],
    state: SearchState,
    schema: Schema,
    shared: Set[tuple[str, str]] = frozenset(),
) -> Iterator[ResultView]:
    """Hits of the search `state`; their links keep that search in the documents' URLs.

    What all documents share, as pairs of a facet and its value, is not said of each.
    """
    url_of = state.document_url
    for hit in hits:
        document = hit.document
        url = url_of(document.id)
        shown, unfolded = _passages(hit, state)
        yield ResultView(
            url=url,
            title=Markup(hit.title.html),  # noqa: S704 - escaped by Highlight
            date=document.date.text if document.date else "",
            date_note=date_note(document.date) if document.date else "",
            authors=document.authors,
            facts=_facts(document, shared),
            folders=folder_links(document),
            snippets=tuple(_snippets(shown, document, schema)),
            unfolded=tuple(_snippets(unfolded, document, schema)),
            matches=hit.matches,
            match_url=f"{url}#hit-1",
            title_lang=title_lang(document),
        )


def _passages(hit: DocumentHit, state: SearchState) -> tuple[Iterable[Highlight], Iterable[Highlight]]:
    """The passages to show, and those to unfold: without a query, what its document begins with."""
    passages = [found for found in hit.highlights if found.field != "title"]
    if not state.question.text.strip():
        return [found for found in passages if any(map(str.isalpha, found.text))], ()
    if state.view == "full":
        return [found for found in passages if found.ranges], ()
    return divided(passages)


def _snippets(passages: Iterable[Highlight], document: Document, schema: Schema) -> Iterator[Snippet]:
    lang = text_lang(document)
    for found in passages:
        yield Snippet(
            label="" if found.field == "body" else gettext(schema.label(found.field)),
            html=Markup(found.html),  # noqa: S704 - escaped by Highlight
            lang=lang if found.field in OF_TEXT else "",
        )


def _facts(document: Document, shared: Set[tuple[str, str]]) -> tuple[str, ...]:
    """Type, collection and language; without a collection that is the topmost of its folders."""
    collection = "" if document.collection in document.folders[:1] else document.collection
    facts = (("type", document.type), ("collection", collection), ("language", document.language))
    return tuple(value_text(name, value) for name, value in facts if value and (name, value) not in shared)
