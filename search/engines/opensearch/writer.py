"""Writes into one index of a cluster that no reader sees yet."""

import logging
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from search.analyzed import AnalyzedDocument, analyze
from search.document import Document, from_bytes
from search.engines.opensearch.all_shards import ANSWER_SECONDS, PATIENCE, ask_all
from search.engines.opensearch.bulk import Action, Bulk, encoded
from search.engines.opensearch.client import Client
from search.engines.opensearch.documents import document_body, key_of
from search.engines.opensearch.generations import writing_alias
from search.engines.opensearch.responses import as_written
from search.engines.opensearch.word_counts import WordCounts
from search.errors import EngineUnavailable
from search.schema import Schema

BATCH_BYTES = 4 << 20
"""Bytes of stored documents in a request; their tokens are some times more."""
BATCH_DOCUMENTS = 1_000

_RETAINED_SECONDS = 45.0  # for 30 s, a shard retains what was both put and replaced in this transaction
_MERGING_SECONDS = 3600.0  # for all segments of a large shard
_PAGE = 100  # documents read at once

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """An index in the making, of so many shards: an empty one if it `is_new`, else a clone of a commit."""

    index: str
    shards: int
    schema: Schema
    is_new: bool


class IndexWriter:
    """Writes into an index that was begun.

    `check` raises an error if the lock was lost: the index may have been dropped by who holds it now, and the
    cluster makes one of its own of what is sent to an index that is not there. `exact`: no document that is
    deleted is to count in scores; else, `deleted` do once it is finished, or fewer.
    """

    def __init__(self, client: Client, begun: Begun, check: Callable[[], None], *, exact: bool) -> None:
        self._client, self._index, self._shards = client, begun.index, begun.shards
        self._schema, self._is_new = begun.schema, begun.is_new
        self._check, self._exact = check, exact
        self._bulk = Bulk(client, writing_alias(begun.index))
        self._batch: dict[str, AnalyzedDocument | None] = {}
        self._bytes = self._tombstones = 0
        self.deleted = 0
        self.counts = WordCounts(begun.schema)
        self.data: dict[str, bytes] = {}

    def put(self, document: AnalyzedDocument) -> None:
        if len(document.stored) < BATCH_BYTES:
            self._add(document.id, document)
        else:
            self._put_alone(document)

    def delete(self, doc_id: str) -> None:
        self._add(doc_id, None)

    def put_commit_data(self, name: str, data: bytes) -> None:
        self.data[name] = data

    def finish(self) -> None:
        """Have everything written, refreshed, and as free of deleted documents as is asked for."""
        self._send()
        self._bulk.finish()
        self._ask("POST", "_flush")
        self._ask("POST", "_refresh")
        self._expunge()
        if self._is_new and self._bulk.replaced:
            self._count_anew()

    def close(self) -> None:
        """Release threads and temporary files."""
        self._bulk.close()
        self.counts.close()

    def documents(self) -> int:
        """The number of documents in the index."""
        return int(self._ask("GET", "_count")["count"])

    def _put_alone(self, document: AnalyzedDocument) -> None:
        """Put a large document, and wait whether the cluster takes it. Raises DocumentRefused."""
        self._send()
        self._check()
        before = [] if self._is_new else [*self._stored([document.id])]
        self._bulk.send_alone(self._action(document.id, document))
        for old in before:
            self.counts.take_away(analyze(old, self._schema))
        self.counts.add(document)

    def _add(self, doc_id: str, document: AnalyzedDocument | None) -> None:
        self._batch[doc_id] = document
        self._bytes += len(document.stored) if document else 0
        if self._bytes >= BATCH_BYTES or len(self._batch) >= BATCH_DOCUMENTS:
            self._send()

    def _send(self) -> None:
        if not self._batch:
            return
        self._check()
        batch, self._batch, self._bytes = self._batch, {}, 0
        if not self._is_new:
            doc_ids = [*batch]
            for start in range(0, len(doc_ids), _PAGE):
                for old in self._stored(doc_ids[start : start + _PAGE]):
                    self.counts.take_away(analyze(old, self._schema))
        actions = []
        for doc_id, document in batch.items():
            if document:
                self.counts.add(document)
            self._tombstones += not document
            actions.append(self._action(doc_id, document))
        self._bulk.send(actions)

    def _action(self, doc_id: str, document: AnalyzedDocument | None) -> Action:
        body = encoded(document_body(document, self._schema)) if document else None
        return Action(key_of(doc_id), body)

    def _stored(self, doc_ids: list[str]) -> Iterator[Document]:
        """Those of the documents that are in the index, in batches before this one as well."""
        keys = [*map(key_of, doc_ids)]
        self._bulk.settle(keys)
        path, options = f"/{self._index}/_mget", {"stored_fields": "document"}
        ends = time.monotonic() + PATIENCE
        while True:
            found = self._client.request("POST", path, {"ids": keys}, options, repeat=True)["docs"]
            errors = [item["error"] for item in found if "error" in item]
            if not errors:
                return (self._document(item) for item in found if item["found"])
            if time.monotonic() > ends:
                raise EngineUnavailable(
                    f"A document cannot be read from the index in OpenSearch: {errors[0]['reason']}; "
                    "try again when all nodes of the cluster are there."
                )
            time.sleep(1)

    def _expunge(self) -> None:
        """Merge segments with too many deleted documents, which count in scores as long as they are there."""
        ends = time.monotonic() + _RETAINED_SECONDS
        deleted = self._deleted()
        while deleted:
            self._ask("POST", "_forcemerge?only_expunge_deletes=true", timeout=_MERGING_SECONDS)
            self._ask("POST", "_flush")
            self._ask("POST", "_refresh")
            deleted = self._deleted()
            if not self._exact:
                self.deleted = deleted
                return
            if deleted <= self._tombstones:  # which say that a document is deleted, and have no words
                return
            if time.monotonic() > ends:
                _log.warning("%d deleted documents are left in the index %s.", deleted, self._index)
                self.deleted = deleted
                return
            time.sleep(1)

    def _deleted(self) -> int:
        return int(self._ask("GET", "_stats/docs")["_all"]["primaries"]["docs"]["deleted"])

    def _count_anew(self) -> None:
        """Count the words of all documents: some were put or deleted twice, and perhaps counted twice."""
        self.counts.close()
        self.counts = WordCounts(self._schema)
        for document in self._every():
            self.counts.add(analyze(document, self._schema))

    def _every(self) -> Iterator[Document]:
        """All documents, by id."""
        body: dict[str, Any] = {
            "size": _PAGE,
            "sort": [{"id": "asc"}],
            "_source": False,
            "stored_fields": ["document"],
        }
        while True:
            hits = self._ask("POST", "_search?allow_partial_search_results=false", body)["hits"]["hits"]
            yield from map(self._document, hits)
            if len(hits) < _PAGE:
                return
            body["search_after"] = hits[-1]["sort"]

    def _ask(self, method: str, what: str, body: object = None, timeout: float = ANSWER_SECONDS) -> Any:
        """The answer of all shards."""
        return ask_all(self._client, self._shards, method, f"/{self._index}/{what}", body, timeout)

    def _document(self, item: dict[str, Any]) -> Document:
        with as_written(self._index):
            return from_bytes(b64decode(item["fields"]["document"][0]))
