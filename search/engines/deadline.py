"""How long may a search take? `time_limit` says it for a block, and the steps of a search ask `check_time`.

The limit belongs to the thread, as the commit does that `Engine.reading` pins: the loops that run long are
deep below the question, and none of the functions between need know of it. A step inside an engine's library
cannot be interrupted; the limit counts as soon as it returns.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from search.errors import Abandoned, QueryTimeout
from search.messages import Message


@dataclass(frozen=True, slots=True)
class _Limit:
    ends: float
    is_abandoned: Callable[[], bool]


_limit: ContextVar[_Limit | None] = ContextVar("time limit", default=None)


@contextmanager
def time_limit(seconds: float, is_abandoned: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """A block in whose thread `check_time` raises QueryTimeout when its time is over.

    It raises Abandoned if `is_abandoned` says that nobody waits for the result any more.
    """
    before = _limit.set(_Limit(time.monotonic() + seconds, is_abandoned))
    try:
        yield
    finally:
        _limit.reset(before)


def check_time() -> None:
    """Raise QueryTimeout or Abandoned if the search of this thread is to end; cheap enough for every step."""
    limit = _limit.get()
    if limit is None:
        return
    if limit.is_abandoned():
        raise Abandoned("The client has left.")
    if time.monotonic() > limit.ends:
        raise QueryTimeout(
            Message("This search takes too long: use rarer words or a filter, or try again later.")
        )


def time_left() -> float | None:
    """The seconds that the search of this thread has left, 0 or more; None without a limit.

    For what waits elsewhere, such as for another machine.
    """
    limit = _limit.get()
    return None if limit is None else max(0.0, limit.ends - time.monotonic())
