"""SIGTERM and SIGINT stop a server: they raise SystemExit, but never while a library builds its objects."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

STOPPING = (signal.SIGTERM, signal.SIGINT)


def exit_on_signals() -> None:
    """Have the first SIGTERM or SIGINT raise SystemExit in this process; later ones are ignored."""
    for signum in STOPPING:
        signal.signal(signum, _exit)


def _exit(*_: object) -> NoReturn:
    for signum in STOPPING:
        signal.signal(signum, signal.SIG_IGN)
    raise SystemExit(0)


@contextmanager
def signals_held() -> Iterator[None]:
    """A block at whose end the signals arrive that were sent during it.

    An exception in the middle of a constructor leaves half an object, of which a finalizer may complain.
    """
    pending: list[int] = []
    handlers = {signum: signal.signal(signum, lambda sent, _: pending.append(sent)) for signum in STOPPING}
    try:
        yield
    finally:
        for signum, handler in handlers.items():
            signal.signal(signum, handler)
    for sent in pending:
        signal.raise_signal(sent)
