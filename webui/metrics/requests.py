"""A request that has ended, in the metrics."""

from webui.log.request_entry import RequestEntry
from webui.metrics.declared import NONE, REQUESTS, SECONDS, SENT


def is_counted() -> bool:
    """Whether anybody wants to know."""
    return REQUESTS.cells is not None


def count_request(entry: RequestEntry, endpoint: str | None) -> None:
    """Count a request of an endpoint by its name, None where there is none."""
    name = endpoint or NONE
    SECONDS.observe(entry.ms / 1000, name)
    SENT.add(name, by=entry.sent)
    REQUESTS.add(name, entry.method or NONE, NONE if entry.status is None else str(entry.status))
