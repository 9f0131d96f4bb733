"""A bound on the time of a test: it tells a hang, and is no benchmark."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


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
    """Fail the block if it computes for longer, however busy the machine is with other things."""

    def stop(*_: object) -> NoReturn:
        raise AssertionError(f"It computes for more than {seconds} seconds.")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
