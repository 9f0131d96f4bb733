"""What does a cluster say, and does asking again help? Its answers as values and as errors."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import Any

import msgspec

from search.errors import EngineError, EngineUnavailable, IndexDamaged

PASSING = frozenset({429, 502, 503, 504})
"""Statuses that pass: too much to do, or a part of the cluster is not there."""
LOST = frozenset(
    {
        "already_closed_exception",
        "connect_transport_exception",
        "illegal_index_shard_state_exception",
        "node_closed_exception",
        "node_disconnected_exception",
        "node_not_connected_exception",
        "receive_timeout_transport_exception",
        "search_context_missing_exception",
        "send_request_transport_exception",
        "shard_not_found_exception",
    }
)
"""Errors with another status by which the host that was asked says that it has lost another."""
_LASTING = frozenset({"too_many_buckets_exception", "task_cancelled_exception"})
"""Errors that come with such a status and do not pass."""


class Refused(EngineError):
    """The cluster refuses a request that it has understood, with a `status`, and an error of a `type`.

    `type` is OpenSearch's, such as index_not_found_exception, empty where it gives none; `types` has those of
    its causes, too.
    """

    def __init__(self, status: int, kind: str, reason: str, types: Set[str] = frozenset()) -> None:
        super().__init__(
            f"The OpenSearch cluster refuses a request ({status} {kind or 'without a reason'}): {reason}"
        )
        self.status, self.type, self.reason = status, kind, reason
        self.types = types | {kind}


class Passing(Exception):
    """An answer that says: not now."""


def value_of(status: int, body: bytes) -> Any:
    """The answer, decoded. Raises Refused, EngineUnavailable if our credentials are not taken, or Passing."""
    if status < 300:
        return _decoded(body)
    refusal = _refusal(status, body)
    if status == 401:
        raise EngineUnavailable(
            "The OpenSearch cluster does not know us: check OPIS_OPENSEARCH_USER and "
            "OPIS_OPENSEARCH_PASSWORD, or the client certificate."
        )
    if status == 403 and refusal.type == "security_exception":
        raise EngineUnavailable(
            "The user of OPIS_OPENSEARCH_USER lacks a right in the OpenSearch cluster; docs/cluster.md lists "
            f"those that are needed: {refusal.reason}."
        )
    if refusal.types & LOST or (status in PASSING and not refusal.types & _LASTING):
        raise Passing(str(refusal))
    raise refusal


def _decoded(body: bytes) -> Any:
    if not body:
        return None
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise EngineUnavailable(
            "What answers at the address of the index is no OpenSearch; check its hosts and ports."
        ) from error


def _refusal(status: int, body: bytes) -> Refused:
    try:
        answer = msgspec.json.decode(body) if body else {}
    except msgspec.DecodeError:  # from a proxy, mostly
        return Refused(status, "", body[:200].decode(errors="replace"))
    error = answer.get("error", {}) if isinstance(answer, dict) else {}
    if not isinstance(error, dict):
        return Refused(status, "", str(error))
    cause = _cause(error)
    return Refused(status, cause.get("type") or "", cause.get("reason") or "", frozenset(_types(error)))


def _cause(error: dict[str, Any]) -> dict[str, Any]:
    """What is wrong, where the error says merely that a phase of a search failed."""
    if error.get("type") != "search_phase_execution_exception":
        return error
    causes: list[dict[str, Any]] = [*error.get("root_cause", ()), error.get("caused_by") or error]
    return causes[0]


def _types(error: Any) -> Iterator[str]:
    """The types of an error and of its causes: of what a phase of a search, or a shard, could not do."""
    if isinstance(error, list):
        for each in error:
            yield from _types(each)
    elif isinstance(error, dict):
        yield from filter(None, [error.get("type")])
        for part in ("root_cause", "caused_by", "failed_shards", "reason"):
            yield from _types(error.get(part))


@contextmanager
def as_written(index: str) -> Iterator[None]:
    """A block that reads what an index gave: what it lacks, or has in another form, is damage.

    Raises IndexDamaged.
    """
    try:
        yield
    except (LookupError, TypeError, ValueError, msgspec.MsgspecError) as error:
        raise IndexDamaged(
            f"What the index {index} in OpenSearch gives is not as it was written "
            f"({type(error).__name__}: {error}); make the index anew with --rebuild."
        ) from error
