"""HTML pages: their text, and the metadata in `<meta>` elements."""

import re
from collections.abc import Iterable, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from index.extracted import Extracted, Values
from index.formats.format import ReadContext
from index.formats.support import properties
from index.formats.support.content import read_bytes
from index.formats.support.markup import page_text, parse_html, passages_of
from index.formats.support.tree import PROLOG, text_of
from index.metadata.labels import Labels
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOT = re.compile(rf"{PROLOG}<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
"""How the text of a page begins."""

_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator")
_DATES = ("citation_date", "citation_publication_date", "dc.date", "dcterms.date", "dcterms.created")
_SUMMARIES = ("dc.description", "dcterms.description", "description", "og:description")
_SUBJECTS = ("citation_keywords", "dc.subject", "dcterms.subject", "keywords", "keyword", "article:tag")
_LANGUAGES = ("citation_language", "dc.language", "dcterms.language")
_LOOSE = {"authors": ("author", "article:author"), "date": ("date", "article:published_time")}
_EXTRA = {"dc.publisher": "publisher", "citation_publisher": "publisher", "dc.rights": "rights"}
_XHTML = re.compile(r"\s*<\?xml\b|[^>]{0,999}<html\b[^>]*\bxmlns\s*=", re.IGNORECASE)


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted]:
    """The document of a page. Raises ReadError if it is no text or nested too deeply."""
    found = page_text(read_bytes(file))
    yield replace(document(found.text, file, context.labels), encoding=found.guessed)


def document(text: str, file: SourceFile, labels: Labels) -> Extracted:
    """The document of a page's text. Raises ReadError if it is nested too deeply."""
    root = parse_html(text, strict_xml=bool(_XHTML.match(text)))
    if root is None:
        return Extracted()
    body = root.find("body")
    passages = passages_of(root if body is None else body)
    page = _Page(root, file)
    fields = page.fields(properties.header_fields(passages, labels))
    return properties.with_properties(passages, fields, labels, page.extra)


class _Page:
    """The metadata in the head of a page."""

    def __init__(self, root: "_Element", file: SourceFile) -> None:
        self._root = root
        self._file = file
        self._meta: dict[str, list[str]] = {}
        for meta in root.iter("meta"):
            name = (meta.get("name") or meta.get("property") or "").strip().lower()
            if value := properties.one_line(meta.get("content")):
                self._meta.setdefault(name.replace("dc:", "dc."), []).append(value)

    def fields(self, in_header: Set[str]) -> dict[str, Values]:
        """The fields. Values that may describe the page rather than the document on it (`author`, `date`,
        `lang`) count only if the text's header block does not state the field (`in_header`)."""
        canonical = next((link for link in self._root.iter("link") if link.get("rel") == "canonical"), None)
        address = "" if canonical is None else properties.one_line(canonical.get("href"))
        loose = {name: self._all(*names) for name, names in _LOOSE.items() if name not in in_header}
        lang = "" if "language" in in_header else self._root.get("lang") or self._root.get("xml:lang")
        return {
            "title": self._title(),
            "authors": properties.people(self._all(*_AUTHORS) or loose.get("authors", [])),
            "date": properties.day(self._first(*_DATES) or next(iter(loose.get("date", [])), "")),
            "summary": self._first(*_SUMMARIES),
            "subjects": properties.keywords(self._all(*_SUBJECTS)),
            "language": properties.language(self._first(*_LANGUAGES) or lang),
            "source_url": address if address.startswith(("https://", "http://")) else "",
        }

    @property
    def extra(self) -> dict[str, str]:
        """Metadata without a field of its own."""
        return {shown: self._meta[name][0] for name, shown in _EXTRA.items() if name in self._meta}

    def _title(self) -> str:
        """The title in `<meta>`, else the only `<h1>`, else `<title>`."""
        headings = [properties.one_line(text_of(heading)) for heading in self._root.iter("h1")]
        tab = text_of(self._root.find("head/title"))
        stated = (properties.title(self._first(name), self._file) for name in _TITLES)
        only = properties.title(headings[0], self._file) if len(headings) == 1 else ""
        return next(filter(None, stated), "") or only or properties.title(tab, self._file)

    def _all(self, *names: str) -> list[str]:
        """The values of the first of these names that has any."""
        return next((self._meta[name] for name in names if name in self._meta), [])

    def _first(self, *names: str) -> str:
        return next(iter(self._all(*names)), "")
