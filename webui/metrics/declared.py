"""All metrics of a server. What they count is said here, and in docs/operating.md."""

from search.metrics.common import LOST_LINES
from search.metrics.declaration import OTHER, Counter, Gauge, Histogram
from webui.metrics.endpoints import ENDPOINT_NAMES

NONE = "none"
"""The label of what is missing: a status where nothing was answered, an endpoint where no page is."""

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", OTHER)
_STATUSES = (
    *("200", "206", "301", "302", "304", "308"),
    *("400", "404", "405", "408", "413", "416", "421", "429", "431"),
    *("500", "501", "503", NONE, OTHER),
)
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_BY_ENDPOINT = {"endpoint": (*ENDPOINT_NAMES, NONE)}
_BY_LANE = {"lane": ("search", "stream", "cheap")}

REQUESTS = Counter(
    "opis_http_requests_total",
    "Requests that have ended, by endpoint, method and status.",
    _BY_ENDPOINT | {"method": _METHODS, "status": _STATUSES},
    is_sparse=True,
)
SECONDS = Histogram(
    "opis_http_request_duration_seconds",
    "Time from the first byte of a request to the last of its answer.",
    _SECONDS,
    _BY_ENDPOINT,
    is_sparse=True,
)
SENT = Counter(
    "opis_http_response_bytes_total", "Bytes of bodies that were sent.", _BY_ENDPOINT, is_sparse=True
)
CONNECTIONS = Gauge("opis_http_connections_open", "Connections that are open.")
UNDER_WAY = Gauge("opis_requests_under_way", "Requests that threads work on.", _BY_LANE)
WAITING = Gauge("opis_requests_waiting", "Requests that wait for a thread.", _BY_LANE)
TURNED_AWAY = Counter(
    "opis_requests_turned_away_total",
    "Requests that were turned away: the queue was full, they waited too long, one client asked too often, "
    "or there were too many even to be told so.",
    {"reason": ("queue_full", "waited_too_long", "rate_limit", "flood")},
)
TIMED_OUT = Counter("opis_searches_timed_out_total", "Searches that reached the limit of their time.")
ABANDONED = Counter("opis_searches_abandoned_total", "Searches that ended because their clients had left.")
PROCESSES = Gauge("opis_server_processes", "Processes that serve requests.")
REPLACED = Counter("opis_server_processes_replaced_total", "Processes that ended and were replaced.")

ALL = (
    *(REQUESTS, SECONDS, SENT, CONNECTIONS, UNDER_WAY, WAITING, TURNED_AWAY, TIMED_OUT, ABANDONED),
    *(PROCESSES, REPLACED, LOST_LINES),
)
