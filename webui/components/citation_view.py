"""The citation on a document's page: to copy, to save as a file, and in the head for programs."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from search.api.citing import citation_of
from search.api.urls import citation_api_url, permalink
from search.citation import MetaTag, linked_data, meta_tags
from search.citation.formats import FORMATS
from search.document import Document
from search.settings import Site
from webui.components.links import Link


@dataclass(frozen=True, slots=True)
class CitationView:
    """The note and the entry of a bibliography, the files to save, and what is in the head of the page."""

    note: Markup
    bibliography: Markup
    files: tuple[Link, ...]
    meta_tags: tuple[MetaTag, ...]
    linked_data: Markup


def citation_view(document: Document, parent: Document | None, site: Site) -> CitationView:
    """The citation of a document of this site; `parent` is what it is attached to."""
    cited = citation_of(document, parent, site)
    address = permalink(site.base_url, document.id)
    parent_address = permalink(site.base_url, document.parent) if document.parent else ""
    data = linked_data(document, cited.item, address, parent_address)
    return CitationView(
        note=_italic(cited.note, cited.publication),
        bibliography=_italic(cited.bibliography, cited.publication),
        files=tuple(
            Link(form.label, citation_api_url(document.id, name))
            for name, form in FORMATS.items()
            if name != "text"
        ),
        meta_tags=tuple(meta_tags(document, cited.item, address)),
        linked_data=Markup(data),  # noqa: S704 - what could end the script element is escaped in it
    )


def _italic(text: str, part: str) -> Markup:
    """The text as HTML, with the last occurrence of a part of it in italics."""
    before, found, after = text.rpartition(part) if part else (text, "", "")
    return escape(before) + (Markup("<i>{}</i>").format(found) if found else Markup()) + escape(after)
