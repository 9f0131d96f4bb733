"""Which host of a cluster is asked next? All in turn; one that does not answer is put aside for a while."""

import logging
import threading
import time
from collections.abc import Callable, Sequence

SHORTEST, LONGEST = 1.0, 30.0
"""For how many seconds a host is put aside the first time, and at most; the time doubles."""

_log = logging.getLogger(__name__)


class Hosts:
    """The hosts of a cluster, and whether they answered when last asked; threads share it."""

    def __init__(self, hosts: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._hosts = list(hosts)
        self._clock = clock
        self._turn = 0
        self._aside: dict[str, tuple[float, float]] = {}  # host -> when it is asked again, and after how long
        self._down_since: float | None = None
        self._lock = threading.Lock()

    def in_turn(self) -> list[str]:
        """All hosts, the next one first; those put aside come last, in the order in which they come back."""
        with self._lock:
            start = self._turn = (self._turn + 1) % len(self._hosts)
            now = self._clock()
            due = {host: until for host, (until, _) in self._aside.items() if until > now}
            return sorted(self._hosts[start:] + self._hosts[:start], key=lambda host: due.get(host, 0.0))

    @property
    def down_since(self) -> float | None:
        """When the last host that answered was put aside; None if one answers, as far as is known."""
        return self._down_since

    def failed(self, host: str) -> None:
        """Put a host aside, twice as long as the last time."""
        with self._lock:
            now = self._clock()
            until, seconds = self._aside.get(host, (0.0, SHORTEST / 2))
            if until <= now:  # else another thread has seen the same failure
                seconds = min(2 * seconds, LONGEST)
                self._aside[host] = now + seconds, seconds
            if self._down_since is None and len(self._aside) == len(self._hosts):
                self._down_since = now
            is_new = not until
        if is_new:
            _log.warning("OpenSearch at %s does not answer; it is asked again later.", host)

    def answered(self, host: str) -> None:
        """A host works."""
        if host in self._aside:
            with self._lock:
                was_aside = self._aside.pop(host, None)
                self._down_since = None
            if was_aside:
                _log.info("OpenSearch at %s answers again.", host)
