"""Where a document belongs, as links: the folders that it is in, and documents that it belongs to."""

from search.api.urls import document_url, search_url
from search.document import Document
from search.request import Filter, Question
from webui.components.links import Link


def folder_links(document: Document) -> tuple[Link, ...]:
    """The folders of a document, the topmost first; each leads to a search of what lies in it and below."""
    return tuple(
        Link(path.rpartition("/")[2], search_url(Question(filters=(Filter("folder", "is", path),))))
        for path in document.folders
    )


def document_link(document: Document) -> Link:
    """A document by its title."""
    return Link(document.short_title, document_url(document.id))
