"""The metrics of a server over all its processes, and the listener on which each of them answers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from socket import socket

from search.engines import Engine
from search.engines.index_readings import index_readings
from search.metrics.common import build_reading
from search.metrics.table import Table
from search.settings import Server
from webui.metrics.declared import ALL


@dataclass(frozen=True, slots=True)
class MetricsService:
    """Where metrics are asked for, and their values. Place 0 of the table is that of the first process."""

    table: Table
    sockets: Sequence[socket]

    @classmethod
    def open(cls, settings: Server, sockets: Sequence[socket]) -> "MetricsService | None":
        """That of a server, before its processes are forked; None without sockets on which to answer."""
        if not sockets:
            return None
        import search.metrics.listener  # noqa: F401, PLC0415 - once for all processes, and only here

        table = Table(ALL, 1 + settings.processes)
        table.take()
        return cls(table, sockets)

    @contextmanager
    def answering(self, engine: Engine) -> Iterator[Callable[[], None]]:
        """A block in which this process answers with the metrics of all, and the state of an index.

        It gives a function that ends the answers before the block ends.
        """
        from search.metrics.listener import answering  # noqa: PLC0415 - as above

        with answering(self.sockets, self.table, lambda: [*build_reading(), *index_readings(engine)]) as end:
            yield end
