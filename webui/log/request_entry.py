"""The line of a request in the log."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from search.log.lines import Format, LogEntry, Value, event_line


@dataclass(frozen=True, slots=True)
class RequestEntry(LogEntry):
    """A request that has been answered, or whose client has left.

    `time` is that of its end, in POSIX seconds; `ms` are the milliseconds since its first byte arrived,
    `sent` the bytes of the answer's body that were sent. `status` is None where nothing was answered,
    `incomplete` says why not everything was sent. Of `arguments`, the query part of the URL, a line has the
    text of a search at most.
    """

    time: float
    client: str
    method: str | None
    path: str | None
    status: int | None
    sent: int
    ms: float
    total: int | None = None
    generation: str | None = None
    incomplete: str | None = None
    arguments: str = ""

    def __str__(self) -> str:
        return self.line("text").decode().rstrip()

    def line(self, form: Format, *, with_query: bool = False) -> bytes:
        always: dict[str, Value] = {
            "client": self.client,
            "method": self.method,
            "path": self.path,
            "status": self.status,
            "bytes": self.sent,
            "ms": round(self.ms, 1),
        }
        known: dict[str, Value] = {
            "total": self.total,
            "generation": self.generation,
            "query": _query(self.arguments) if with_query else None,
            "incomplete": self.incomplete,
        }
        return event_line(self.time, "request", always, known, form)


def _query(arguments: str) -> str | None:
    return dict(reversed(parse_qsl(arguments, errors="replace"))).get("q")
