"""How is a document of an archive cited? With the site's title, and under its public address if any."""

from datetime import UTC, datetime

from search.api.urls import permalink
from search.citation import Citation, cite
from search.document import Document
from search.searcher import Searcher
from search.settings import Site


def citation_of(searcher: Searcher, document: Document, site: Site) -> Citation:
    """The citation of a document that is read today (UTC). What it is attached to is named in it."""
    parent = searcher.document(document.parent) if document.parent else None
    return cite(
        document,
        permalink(site.base_url, document.id),
        datetime.now(UTC).date(),
        archive_title=site.given_title,
        parent_title=parent.title if parent else "",
    )
