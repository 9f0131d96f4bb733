"""The addresses of all documents, each with the time of its last change (https://www.sitemaps.org).

A file holds at most 50,000 addresses and 50 MB; more addresses stand in parts, which an index lists. Ids are
short (`index.metadata.ids`), so that 50,000 addresses are far below 50 MB.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from xml.sax.saxutils import escape

from search.api.urls import permalink, sitemap_url
from search.calendar import timestamp
from search.document import Document
from search.export.format import blocks
from search.request import Question

EVERY_DOCUMENT = Question(sort="relevance")
"""The search whose documents are listed: with equal scores, and so in the order of their ids."""
MOST = 50_000
"""Addresses in one file."""

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = b'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def part_count(documents: int) -> int:
    """How many parts the sitemap of this many documents has. The page about the archive is listed, too."""
    return 1 + documents // MOST


def sitemap(documents: Iterable[Document], base_url: str, updated: str, part: int = 1) -> Iterator[bytes]:
    """The sitemap of an archive that was `updated` then, or one of its parts, in blocks made when asked for.

    Memory does not grow with their number; a part takes the time of reading all documents up to its end.
    Raises what reading the documents raises: what was written until then is no whole file.
    """
    entries = chain(
        [_entry(f"{base_url}/", updated)],
        (
            _entry(permalink(base_url, document.id), timestamp(document.indexed) if document.indexed else "")
            for document in documents
        ),
    )
    return blocks(_file(b"urlset", b"url", islice(entries, (part - 1) * MOST, part * MOST)))


def sitemap_index(parts: int, base_url: str, updated: str) -> bytes:
    """The index of this many parts, each of which a commit at the time `updated` may have changed."""
    entries = (_entry(base_url + sitemap_url(part), updated) for part in range(1, parts + 1))
    return b"".join(_file(b"sitemapindex", b"sitemap", entries))


def _entry(address: str, changed: str) -> bytes:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<loc>{escape(address)}</loc>{lastmod}".encode()


def _file(root: bytes, name: bytes, entries: Iterable[bytes]) -> Iterator[bytes]:
    yield b"%b<%b %b>\n" % (_HEAD, root, _NAMESPACE)
    for entry in entries:
        yield b"<%b>%b</%b>\n" % (name, entry, name)
    yield b"</%b>\n" % root
