"""The documents that were read last: those of a page are asked for by address, and again by id."""

import threading
from collections.abc import Callable

from search.document import Document, from_bytes
from search.engines.tantivy.titles import Address, address_key

CACHED_BYTES = 8 << 20
"""Bytes of stored documents that are cached."""


class DocumentCache:
    """The documents of one commit, as `stored` at an address; safe to share between threads."""

    def __init__(self, stored: Callable[[Address], bytes]) -> None:
        self._stored = stored
        self._documents: dict[
            tuple[int, int], tuple[Document, int]
        ] = {}  # with their sizes, the oldest first
        self._addresses: dict[str, Address] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def at(self, address: Address) -> Document:
        """The document at an address."""
        key = address_key(address)
        if cached := self._documents.get(key):
            return cached[0]
        data = self._stored(address)
        document = from_bytes(data)
        with self._lock:
            if key not in self._documents and len(data) <= CACHED_BYTES:
                self._documents[key] = document, len(data)
                self._addresses[document.id] = address
                self._bytes += len(data)
                while self._bytes > CACHED_BYTES:  # the oldest go: those of the page are about to be read
                    oldest, size = self._documents.pop(next(iter(self._documents)))
                    self._addresses.pop(oldest.id, None)
                    self._bytes -= size
        return document

    def address_of(self, doc_id: str) -> Address | None:
        """The address of a document that is cached; None of any other."""
        return self._addresses.get(doc_id)
