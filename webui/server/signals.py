"""Signals: they are noted, or read from a socket. None raises an exception.

An exception in the middle of a library's code would leave half an object, or lose a request; one in a
finalizer would itself be lost, and the process would never end.
"""

import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

STOPPING = (signal.SIGTERM, signal.SIGINT)


@dataclass
class Stop:
    """Whether a signal has asked to stop; `call` is called when one does, in the main thread."""

    is_requested: bool = False
    call: Callable[[], None] = lambda: None


@contextmanager
def stop_requested() -> Iterator[Stop]:
    """A block in which SIGTERM and SIGINT interrupt nothing, but are noted in the Stop.

    Once a signal has been noted, those that follow the block are ignored. A signal that is ignored stays so.
    """
    stop = Stop()

    def note(*_: object) -> None:
        stop.is_requested = True
        stop.call()

    before = {signum: signal.getsignal(signum) for signum in STOPPING}
    caught = [signum for signum in STOPPING if before[signum] != signal.SIG_IGN]
    for signum in caught:
        signal.signal(signum, note)
    try:
        yield stop
    finally:
        for signum in caught:
            signal.signal(signum, signal.SIG_IGN if stop.is_requested else before[signum])


@contextmanager
def caught_signals(wanted: Sequence[signal.Signals]) -> Iterator[socket.socket]:
    """A block in which signals interrupt nothing, but their numbers can be read from a socket.

    A signal that is ignored stays so.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    caught = [signum for signum in wanted if signal.getsignal(signum) != signal.SIG_IGN]
    wakeup = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)  # first, so that none is lost
    before = {signum: signal.signal(signum, lambda *_: None) for signum in caught}
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(wakeup)
        reader.close()
        writer.close()
        for signum, handler in before.items():
            signal.signal(signum, handler)
