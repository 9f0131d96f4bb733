"""A search as an Atom feed (RFC 4287): the documents that it finds, those added last to the index first.

Every entry has an id that it keeps when the index is made anew or the site moves. `updated` is when a
document was added as it is now; where that is unknown, a time by which it was there.
"""

from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

import search
from search.answer import Answer
from search.api.endpoints import ATOM
from search.api.urls import document_url, feed_url, search_url
from search.calendar import posix_time, timestamp
from search.commit_data.identity import ArchiveIdentity
from search.document import Document
from search.feed.xml import add, line, lines, new_element
from search.highlighting.highlighter import Highlighter
from search.query.tree import MatchAll
from search.request import Question
from search.schema import Schema
from search.settings import Site
from search.wording.counts import plural
from search.wording.filters import search_title
from search.wording.options import option_texts
from search.wording.spoken_language import text_tag, title_tag

ENTRIES = 50
"""Entries that a feed has at most."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST = 20  # authors or subjects of an entry


def feed_question(question: Question) -> Question:
    """The search whose hits a feed lists: in its own order, and never relaxed.

    A reader of a feed does not see how a search was understood, and so would take documents with some of the
    words for what was asked for.
    """
    return replace(
        question.whole,
        match=question.match or "all",
        facets=(),
        sort="-indexed",
        per_page=ENTRIES,
        highlight=False,
    )


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of a `question`; `answer` is that of its `feed_question`.

    `address` is that of the site, without a final slash. An index that no run has written has no `archive`:
    its entries are named by the address, and were there at the time of its commit.
    """

    question: Question
    answer: Answer
    archive: ArchiveIdentity | None
    site: Site
    address: str
    schema: Schema

    def to_xml(self) -> bytes:
        """The feed as a document in UTF-8."""
        feed = new_element(_NAMESPACE, "feed")
        self._write_head(feed)
        for document in self._documents:
            self._write_entry(add(feed, "entry"), document)
        return etree.tostring(feed, xml_declaration=True, encoding="utf-8")

    @property
    def _documents(self) -> list[Document]:
        return [hit.document for hit in self.answer.hits]

    @property
    def _identity(self) -> ArchiveIdentity:
        since = posix_time(self.answer.index.updated)
        return self.archive or ArchiveIdentity(uuid5(NAMESPACE_URL, self.address), since)

    def _write_head(self, feed: etree._Element) -> None:
        own, page = feed_url(self.question), search_url(replace(self.question.whole, sort=None))
        title, site = line(self._title()), line(self.site.title)
        newest = max(map(self._time, self._documents), default=posix_time(self.answer.index.updated))
        add(feed, "id", self._identity.urn(own))
        add(feed, "title", f"{title} · {site}" if site else title)
        add(feed, "subtitle", self._extent())
        add(feed, "updated", timestamp(newest))
        add(add(feed, "author"), "name", site or "Opis")
        add(feed, "link", rel="self", type=ATOM, href=self.address + own)
        add(feed, "link", rel="alternate", type="text/html", href=self.address + page)
        if self.site.rights:
            add(feed, "rights", line(self.site.rights))
        add(feed, "generator", "Opis", version=search.__version__)

    def _title(self) -> str:
        """What is searched for, in words."""
        return ", ".join([search_title(self.question, self.schema), *option_texts(self.question).values()])

    def _extent(self) -> str:
        total, listed = self.answer.total, len(self.answer.hits)
        found = plural(total, "document") if total else "No document"
        return found if listed == total else f"{found}, of which these {listed} were added last"

    def _time(self, document: Document) -> int:
        return document.indexed or self._identity.since

    def _write_entry(self, entry: etree._Element, document: Document) -> None:
        add(entry, "id", self._identity.urn(document.id))
        _spoken(add(entry, "title", line(document.title) or document.id), title_tag(document))
        add(entry, "updated", timestamp(self._time(document)))
        for name in lines(document.authors, _MOST):
            add(add(entry, "author"), "name", name)
        add(entry, "link", rel="alternate", type="text/html", href=self.address + document_url(document.id))
        for term in lines((document.type, *document.subjects), _MOST):
            add(entry, "category", term=term)
        if summary := self._summary(document):
            _spoken(add(entry, "summary", summary), text_tag(document))

    def _summary(self, document: Document) -> str:
        """The document's own summary, or its opening passage."""
        if summary := line(document.summary):
            return summary
        return line(Highlighter(MatchAll(), self.schema).highlights(replace(document, summary=""))[-1].text)


def _spoken(element: etree._Element, tag: str) -> None:
    """Say in which language the text of an element is, if that is known."""
    if tag:
        element.set(_LANG, tag)
