"""How is a document of a site cited? With the site's title, and under its public address if it has one."""

from datetime import UTC, datetime

from search.api.urls import permalink
from search.citation import Citation, cite
from search.document import Document
from search.settings import Site


def citation_of(document: Document, parent: Document | None, site: Site) -> Citation:
    """The citation of a document that is read today (UTC); `parent` is what it is attached to."""
    return cite(
        document,
        permalink(site.base_url, document.id),
        datetime.now(UTC).date(),
        archive_title=site.given_title,
        parent_title=parent.title if parent else "",
    )
