"""The writer's lock: a document that names its holder, who renews it; it lapses when that process has died.

(Gray and Cheriton, "Leases: an efficient fault-tolerant mechanism for distributed file cache consistency",
1989.) A script that the cluster executes takes it, renews it or leaves it to its holder, each time by the
cluster's clock: those of our machines may differ. A writer that was stopped for longer than its lease goes
on, though, and so the lease only saves vain work: what fences such a writer off is the way in which the alias
is moved (see `generations`).
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from search.engines.deadline import time_limit
from search.engines.opensearch.blobs import LOCK
from search.engines.opensearch.client import Client
from search.errors import EngineError, IndexLocked, QueryTimeout

SECONDS = 30.0
"""How long a lease lasts from its last renewal."""
RENEWED_EVERY = 5.0
RELEASING_SECONDS = 2.0
"""How long it is waited for what renews a lease, and for its release."""

_log = logging.getLogger(__name__)


def _now() -> float:
    """Seconds of a clock that goes on while the machine is suspended, where there is one."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(boot_time)


_TAKE = """
if (ctx._source.holder == null || ctx._source.holder == params.holder
    || ctx._now - ctx._source.renewed > params.milliseconds) {
  ctx._source.holder = params.holder;
  ctx._source.process = params.process;
  ctx._source.renewed = ctx._now;
} else {
  ctx.op = 'none';
}
"""
_RELEASE = "ctx.op = ctx._source.holder == params.holder ? 'delete' : 'none'"


class Lease:
    """The lease of one transaction in the index of an archive's data."""

    def __init__(self, client: Client, index: str, seconds: float = SECONDS) -> None:
        self._client, self._index, self._seconds = client, index, seconds
        self._holder = secrets.token_hex(8)
        self._renewed = 0.0
        self._ended = threading.Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lease, and renew it. Raises IndexLocked if another process holds it."""
        self.confirm()
        renewing = threading.Thread(target=self._renew, name="lease", daemon=True)
        renewing.start()
        try:
            yield
        finally:
            self._ended.set()
            renewing.join(RELEASING_SECONDS)
            with suppress(EngineError, QueryTimeout), time_limit(RELEASING_SECONDS):  # else it lapses
                self._run(_RELEASE, {})

    def check(self) -> None:
        """Raise IndexLocked if the lease has lapsed, so that another process may hold it."""
        if _now() - self._renewed > self._seconds:
            self.confirm()

    def confirm(self) -> None:
        """Renew the lease, or raise IndexLocked if another process holds it."""
        began = _now()
        process = f"{os.getpid()} on {socket.gethostname()}"
        answer = self._run(_TAKE, {"process": process, "milliseconds": int(self._seconds * 1000)})
        if answer["result"] == "noop":
            holder = answer["get"]["_source"]["process"]
            raise IndexLocked(
                f"Another process ({holder}) is writing to this index in OpenSearch; try again when it has "
                f"ended, or {self._seconds:.0f} s after it was killed."
            )
        self._renewed = began

    def _renew(self) -> None:
        while not self._ended.wait(min(RENEWED_EVERY, self._seconds / 4)):
            try:
                self.confirm()
            except IndexLocked:  # which the next check says, too
                return
            except EngineError as error:
                _log.debug("the lease could not be renewed: %s", error)

    def _run(self, script: str, params: dict[str, object]) -> Any:
        body = {
            "script": {"source": script, "params": params | {"holder": self._holder}},
            "scripted_upsert": script is _TAKE,
            "upsert": {},
        }
        options: dict[str, int | bool] = {"_source": True, "retry_on_conflict": 5}
        return self._client.request("POST", f"/{self._index}/_update/{LOCK}", body, options, repeat=True)
