"""Bulk requests: documents sent in batches, several at once, and sent again until the cluster has taken them.

Every action names its document's key, so that one that is sent twice does what it does once.
"""

import threading
import time
from collections.abc import Collection, Sequence
from concurrent.futures import Future, wait
from typing import Any, NamedTuple

import msgspec

from search.engines.opensearch.all_shards import PATIENCE
from search.engines.opensearch.client import Client, Refused, varied
from search.engines.opensearch.responses import LOST, PASSING
from search.errors import DocumentRefused, EngineError, EngineUnavailable

FIRST_PAUSE = 0.1
"""Seconds before what was turned away is sent again; they double, up to five."""
THREADS = 3
"""Requests under way at once."""
CLOSING_SECONDS = 2.0
"""How long requests that are under way are waited for when nothing more is sent."""

_ANSWER_SECONDS = 180.0
_FILTER = "errors,items.*.status,items.*.result,items.*.error.type,items.*.error.reason"
_OPTIONS: dict[str, str | bool] = {"filter_path": _FILTER, "require_alias": True}


class Action(NamedTuple):
    """What is to become of the document of a key: to be stored with this body, or deleted."""

    key: str
    body: bytes | None

    @property
    def lines(self) -> bytes:
        """As lines of a bulk request."""
        if self.body is None:
            return b'{"delete":{"_id":"%s"}}\n' % self.key.encode()
        return b'{"index":{"_id":"%s"}}\n%s\n' % (self.key.encode(), self.body)


Batch = Sequence[Action]


class Bulk:
    """Sends batches to the index of an alias.

    `replaced` counts documents that replaced or deleted one that was there.
    """

    def __init__(self, client: Client, alias: str) -> None:
        self._client, self._path = client, f"/{alias}/_bulk"
        self._is_closed = threading.Event()
        self._under_way: dict[Future[int], frozenset[str]] = {}
        self.replaced = 0

    def send(self, batch: Batch) -> None:
        """Send a batch, of one action for each key; returns when few are under way.

        Raises EngineError if the cluster refuses a document, also one of an earlier batch.
        """
        keys = frozenset(action.key for action in batch)
        self.settle(keys)  # the order of the actions on a document matters
        while len(self._under_way) >= THREADS:
            self._await_one()
        self._under_way[self._begun(batch)] = keys

    def send_alone(self, action: Action) -> None:
        """Send one large action when no other is under way, and wait until it is done.

        Raises DocumentRefused if it is too large for the cluster.
        """
        self.finish()
        self.replaced += self._sent([action])

    def settle(self, keys: Collection[str]) -> None:
        """Wait until no batch with one of these keys is under way."""
        while any(not under_way.isdisjoint(keys) for under_way in self._under_way.values()):
            self._await_one()

    def finish(self) -> None:
        """Wait until all batches have been taken."""
        while self._under_way:
            self._await_one()

    def close(self) -> None:
        """Send no more. Requests that are under way are waited for a while, and then left to themselves.

        A host that hangs would not let the process end otherwise.
        """
        self._is_closed.set()
        wait(self._under_way, CLOSING_SECONDS)

    def _begun(self, batch: Batch) -> Future[int]:
        """The result of a batch, which a thread sends that does not keep the process from ending."""
        future: Future[int] = Future()

        def send() -> None:
            try:
                future.set_result(self._sent(batch))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=send, name="bulk", daemon=True).start()
        return future

    def _await_one(self) -> None:
        done, _ = wait(self._under_way, return_when="FIRST_COMPLETED")
        for future in done:
            del self._under_way[future]
            self.replaced += future.result()

    def _sent(self, batch: Batch) -> int:
        """How many documents the actions of a batch replaced or deleted, once all of them are done."""
        replaced, pause, ends = 0, FIRST_PAUSE, time.monotonic() + PATIENCE
        while batch:
            results = self._results(batch)
            replaced += sum(item.get("result") in {"updated", "deleted"} for item in results)
            left = [action for action, item in zip(batch, results, strict=True) if _is_passing(item)]
            if len(left) < len(batch):
                pause, ends = FIRST_PAUSE, time.monotonic() + PATIENCE
            elif time.monotonic() > ends:
                raise EngineUnavailable(
                    f"OpenSearch has taken no document for {PATIENCE:.0f} s ({_reason(results[0])}); "
                    "try again when all nodes of the cluster are there."
                )
            batch = left
            if batch:
                if self._is_closed.wait(varied(pause)):
                    return replaced
                pause = min(2 * pause, 5.0)
        return replaced

    def _results(self, batch: Batch) -> list[dict[str, Any]]:
        """What became of each action. Raises EngineError if one was refused for good."""
        lines = b"".join([action.lines for action in batch])
        try:
            answer = self._client.request(
                "POST", self._path, lines, _OPTIONS, repeat=True, timeout=_ANSWER_SECONDS
            )
        except Refused as error:
            if error.status != 413:
                raise
            raise _too_large(batch) from error
        results = [item for each in answer["items"] for item in each.values()]
        if answer["errors"]:
            for item in results:
                if "error" in item and not _is_passing(item):
                    raise EngineError(f"OpenSearch refuses a document: {_reason(item)}.")
        return results


def _too_large(batch: Batch) -> EngineError:
    size = -(-sum(len(action.body or b"") for action in batch) // (1 << 20))
    if len(batch) > 1:
        return EngineError(
            f"OpenSearch takes no request of {size} MB, as are needed for many documents at once: raise "
            "http.max_content_length in the settings of its nodes, or the limit of the proxy before them."
        )
    return DocumentRefused(
        f"It is larger than OpenSearch takes: a request of {size} MB. Raise http.max_content_length in the "
        "settings of its nodes, and run this again."
    )


def encoded(body: dict[str, Any]) -> bytes:
    """A document's body as JSON on one line."""
    return _encoder.encode(body)


def _is_passing(item: dict[str, Any]) -> bool:
    return item["status"] in PASSING or item.get("error", {}).get("type") in LOST


def _reason(item: dict[str, Any]) -> str:
    error = item["error"]
    return f"{error['type']}: {error['reason']}"[:500]


_encoder = msgspec.json.Encoder()
