"""An index in OpenSearch under its own name: the searches of it, and what is stored of its documents."""

from base64 import b64decode
from collections.abc import Sequence
from threading import Lock
from typing import Any

from search.document import Document, from_bytes
from search.engines.deadline import check_time, time_left
from search.engines.opensearch.client import Client, Refused
from search.engines.opensearch.documents import key_of
from search.engines.opensearch.reading.hits import Body, Found
from search.engines.opensearch.reading.value_counts import TooManyValues
from search.errors import EngineUnavailable, ParameterError
from search.messages import Message

_CACHED_BYTES = 32 << 20  # of documents as they came, in base64
_TOO_MANY_VALUES = "too_many_buckets_exception"
_TOO_MANY_WORDS = frozenset({"too_many_clauses", "too_many_nested_clauses"})
_CANCELLED = "task_cancelled_exception"
_GONE = "index_not_found_exception"
_MISSING = "A part of the index in OpenSearch does not answer; try again when all nodes are there."


class Index:
    """One index. Methods raise EngineUnavailable where a shard does not answer: never is a part left out."""

    def __init__(self, client: Client, name: str) -> None:
        self._client, self._name = client, name
        self._brought: dict[str, tuple[int, str | Document]] = {}
        self._bytes = 0
        self._lock = Lock()

    def search(self, body: Body, *, by_statistics: bool = False) -> Found:
        """The answer to a search. Raises TooManyValues.

        If scores depend on statistics, these are first collected from all shards.
        """
        check_time()
        params: dict[str, str | bool] = {"allow_partial_search_results": False}
        if by_statistics:
            params["search_type"] = "dfs_query_then_fetch"
        if (left := time_left()) is not None:
            params["cancel_after_time_interval"] = f"{max(1, int(left * 1000))}ms"
        found: Found = self._ask("_search", body, params)
        if found["timed_out"] or found["_shards"]["failed"]:
            raise EngineUnavailable(_MISSING)
        return found

    def bring(self, hits: Sequence[Found]) -> None:
        """Keep the documents that came with hits: their page is about to ask for them."""
        with self._lock:
            for hit in hits:
                doc_id, stored = hit["sort"][-1], hit["fields"]["document"][0]
                self._forget(doc_id)
                self._brought[doc_id] = len(stored), stored
                self._bytes += len(stored)
            while self._bytes > _CACHED_BYTES and len(self._brought) > len(hits):
                self._forget(next(iter(self._brought)))

    def documents(self, doc_ids: Sequence[str]) -> list[Document | None]:
        """The documents of these ids."""
        found = {doc_id: self._known(doc_id) for doc_id in doc_ids}
        if missing := [doc_id for doc_id, document in found.items() if document is None]:
            asked = {"ids": [key_of(doc_id) for doc_id in missing]}
            params = {"stored_fields": "document", "realtime": False}
            answers = self._ask("_mget", asked, params)["docs"]
            found |= {doc_id: _document(each) for doc_id, each in zip(missing, answers, strict=True)}
        return [found[doc_id] for doc_id in doc_ids]

    def _known(self, doc_id: str) -> Document | None:
        size, stored = self._brought.get(doc_id, (0, None))
        if not isinstance(stored, str):
            return stored
        document = from_bytes(b64decode(stored))
        with self._lock:
            if doc_id in self._brought:
                self._brought[doc_id] = size, document
        return document

    def _forget(self, doc_id: str) -> None:
        self._bytes -= self._brought.pop(doc_id, (0, None))[0]

    def _ask(self, endpoint: str, body: Body, params: dict[str, Any]) -> Any:
        try:
            return self._client.request("POST", f"/{self._name}/{endpoint}", body, params, repeat=True)
        except Refused as error:
            if _TOO_MANY_VALUES in error.types:
                raise TooManyValues from error
            if error.types & _TOO_MANY_WORDS:
                raise ParameterError(
                    "q",
                    Message(
                        "This search has more words, with their other spellings, than the cluster accepts: "
                        "leave some out (or raise indices.query.bool.max_clause_count there)."
                    ),
                ) from error
            if _CANCELLED in error.types:
                check_time()
            if _GONE in error.types:
                raise EngineUnavailable(
                    f"The index {self._name} in OpenSearch was replaced while it was read; try again."
                ) from error
            raise


def stored_document(hit: Found) -> Document:
    """The document of a hit that it came with."""
    return from_bytes(b64decode(hit["fields"]["document"][0]))


def _document(answer: Found) -> Document | None:
    """What an answer to `_mget` says of one document."""
    if "error" in answer:
        raise EngineUnavailable(_MISSING)
    return stored_document(answer) if answer["found"] else None
