"""Signals that ask to stop, around a fork: the parent notices them after it, and the child never."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STOPPING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]  # Windows has no SIGHUP


@contextmanager
def signals_held() -> Iterator[None]:
    """A block at whose end the signals arrive that were sent during it, if it runs in the main thread.

    What a handler raises within a fork is lost: Python ignores exceptions of functions that it calls there.
    """
    if threading.current_thread() is not threading.main_thread():  # where no handler runs
        yield
        return
    sent: list[int] = []
    handlers = {signum: signal.signal(signum, lambda number, _: sent.append(number)) for signum in _STOPPING}
    try:
        yield
    finally:
        for signum, handler in handlers.items():
            signal.signal(signum, handler)
        for signum in dict.fromkeys(sent):
            signal.raise_signal(signum)


def ignore_signals() -> None:
    """Leave the signals to the parent, which ends its workers."""
    for signum in _STOPPING:
        signal.signal(signum, signal.SIG_IGN)
