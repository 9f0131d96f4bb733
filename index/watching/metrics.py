"""What a monitor can measure of a watcher: its runs, its sources, and when it looked last."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index.runs.report import IndexReport
from index.watching.events import Event, Looked, RunDone, RunFailed, SourceRefused
from search.listening.address import Address
from search.listening.sockets import listen
from search.metrics.common import LOST_LINES, build_reading
from search.metrics.declaration import Counter, Histogram, Reading
from search.metrics.table import Table

RUNS = Counter(
    "opis_watch_runs_total",
    "Runs, by how they ended; refused are those that would remove most of a source.",
    {"outcome": ("done", "failed", "refused")},
)
RUN_SECONDS = Histogram(
    "opis_watch_run_seconds", "How long runs took that were not refused.", (0.1, 1, 10, 60, 600, 3600, 21600)
)
ALL = (RUNS, RUN_SECONDS, LOST_LINES)


class WatchMetrics:
    """Hears the events of a watcher, and has readings of them; it may be read in another thread."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, now: Callable[[], float] = time.time
    ) -> None:
        self._clock, self._now = clock, now
        self._looked: tuple[float, Looked] | None = None
        self._done: tuple[float, IndexReport] | None = None

    def __call__(self, event: Event) -> None:
        match event:
            case Looked():
                self._looked = self._clock(), event
            case RunDone():
                self._done = self._now(), event.report
                RUNS.add("done")
                RUN_SECONDS.observe(event.report.seconds)
            case RunFailed():
                RUNS.add("failed")
            case SourceRefused():
                RUNS.add("refused")
            case _:
                pass

    def readings(self) -> Iterator[Reading]:
        """What is known now; of runs nothing before the first has succeeded."""
        if self._looked:
            at, looked = self._looked
            yield Reading(
                "opis_watch_look_age_seconds",
                "Time since the sources were looked at; it grows during a run.",
                round(self._clock() - at, 3),
            )
            for source, is_present in looked.present.items():
                yield Reading(
                    "opis_watch_source_present",
                    "Whether a source is there, and not refused: 1 or 0.",
                    float(is_present),
                    {"source": source},
                )
        if self._done:
            at, report = self._done
            for name, meaning, value in (
                ("last_success_timestamp_seconds", "When the last run succeeded, since 1970.", at),
                ("documents", "Documents in the index after that run.", report.documents),
                ("failed_files", "Files and records that could not be indexed in it.", len(report.failed)),
            ):
                yield Reading(f"opis_watch_{name}", meaning, value)


@contextmanager
def answering_with(metrics: WatchMetrics, address: str) -> Iterator[str]:
    """A block in which the metrics are answered at HOST:PORT; gives their URL.

    Raises SettingsError if the address cannot be used.
    """
    from search.metrics.listener import answering  # noqa: PLC0415 - only where they are asked for

    where = Address.read(address)
    sockets = listen(where.host, where.port, f"--metrics {where.name}:{{}}")
    table = Table(ALL)
    table.take()
    try:
        with answering(sockets, table, lambda: [*build_reading(), *metrics.readings()]):
            host, port = sockets[0].getsockname()[:2]
            yield f"http://{Address(host, port).name}:{port}/metrics"
    finally:
        table.close()
        for sock in sockets:
            sock.close()
