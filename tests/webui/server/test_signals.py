"""A signal that stops the server waits for a block that holds it, and arrives at its end."""

import signal
from collections.abc import Iterator

import pytest

from webui.server.signals import STOPPING, exit_on_signals, signals_held


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = {signum: signal.getsignal(signum) for signum in STOPPING}
    exit_on_signals()
    yield
    for signum, handler in before.items():
        signal.signal(signum, handler)


@pytest.mark.parametrize("signum", STOPPING)
def test_a_signal_waits_for_the_end_of_the_block(signum: signal.Signals) -> None:
    done: list[str] = []

    def block() -> None:
        with signals_held():
            signal.raise_signal(signum)
            done.append("the rest of the block")

    with pytest.raises(SystemExit):
        block()
    assert done


def test_a_signal_that_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with signals_held():
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_an_error_in_the_block_is_not_hidden() -> None:
    with pytest.raises(ValueError, match="its own"), signals_held():
        raise ValueError("its own")
    with pytest.raises(SystemExit):
        signal.raise_signal(signal.SIGTERM)
