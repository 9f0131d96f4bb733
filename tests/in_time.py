"""A bound on the time of a test: it tells a hang, and is no benchmark."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

_YARDSTICK = 0.008  # seconds of processor time that `_yardstick` takes on a desktop computer


@contextmanager
def in_time(seconds: int = 60) -> Iterator[None]:
    """Fail the block if it takes longer, wherever it is."""

    def stop(*_: object) -> NoReturn:
        raise AssertionError(f"It takes more than {seconds} seconds.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def in_processor_time(seconds: float) -> Iterator[None]:
    """Fail the block if it computes for longer, however busy the machine is with other things.

    The seconds are those of a desktop computer: a slower processor has more, and so has one that shares its
    core with another test just now.
    """
    limit = seconds * max(1.0, _yardstick() / _YARDSTICK)

    def stop(*_: object) -> NoReturn:
        raise AssertionError(f"It computes for more than {limit:.1f} seconds.")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _yardstick() -> float:
    """The processor time of a computation that is always the same."""
    started = time.process_time()
    table: dict[int, int] = {}
    for number in range(100_000):
        table[number % 1000] = table.get(number % 1000, 0) + number
    return time.process_time() - started
