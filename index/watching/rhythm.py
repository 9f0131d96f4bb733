"""When is a run due? Changes that follow each other closely wait for one run, but none waits for long.

A run, and the commit that it ends with, takes time in proportion to the archive, and files arrive one by one.
"""

from dataclasses import dataclass, replace

FIRST_RETRY, LAST_RETRY = 5.0, 600.0
"""Seconds until a run that failed is tried again: after the first failure, and at most."""
LOOKING_SHARE = 0.1
"""The share of its time that a watcher spends on looking, at most."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Changes that no run has seen, by a clock in seconds: the `first`, and the `last` that was noticed.

    They wait for a run at least until `not_before`.
    """

    first: float | None = None
    last: float = 0.0
    not_before: float = 0.0

    def due(self, quiet: float, longest: float) -> float | None:
        """When a run is due; None if nothing waits for one.

        That is when nothing has changed for `quiet` seconds, or the first change is `longest` seconds old.
        """
        if self.first is None:
            return None
        return max(min(self.last + quiet, self.first + longest), self.not_before)

    def changed(self, now: float) -> "Waiting":
        """With one more change, noticed now."""
        return replace(self, first=now if self.first is None else self.first, last=now)

    def done(self, began: float, now: float, longest: float) -> "Waiting":
        """After a run that saw all changes: the machine rests as long as it took, up to `longest` seconds."""
        return Waiting(not_before=now + min(now - began, longest))

    def failed(self, now: float, failures: int) -> "Waiting":
        """After a run that failed, the last of so many in a row."""
        return replace(self, not_before=now + retry_after(failures))


def retry_after(failures: int) -> float:
    """Seconds until the next try, twice as many after each failure."""
    return min(FIRST_RETRY * 2.0 ** min(failures - 1, 30), LAST_RETRY)


def pause(interval: float, looking: float) -> float:
    """Seconds after a look that took `looking` seconds: `interval`, or more on a slow disk."""
    return max(interval, looking * (1 / LOOKING_SHARE - 1))
