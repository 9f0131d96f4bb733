"""A signal that is sent during a fork arrives after it."""

import os
import signal

import pytest

from index.workers.signals import signals_held


def _signalled(signum: signal.Signals, done: list[str]) -> None:
    with signals_held():
        os.kill(os.getpid(), signum)
        done.append("the rest of the block")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_is_not_lost(signum: signal.Signals) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signum, stop)
    try:
        done: list[str] = []
        with pytest.raises(KeyboardInterrupt):
            _signalled(signum, done)
        assert done
        assert signal.getsignal(signum) is stop
    finally:
        signal.signal(signum, before)


def test_one_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        _signalled(signal.SIGHUP, [])
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
