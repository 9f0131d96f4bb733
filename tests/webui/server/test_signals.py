"""A signal that stops the server interrupts nothing within `stop_requested`: it is noted."""

import signal
from collections.abc import Iterator

import pytest

from webui.server.signals import STOPPING, stop_requested


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = {signum: signal.getsignal(signum) for signum in STOPPING}
    for signum in STOPPING:
        signal.signal(signum, _before)
    yield
    for signum, handler in before.items():
        signal.signal(signum, handler)


def _before(*_: object) -> None:
    """The handler of before the block."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("signum", STOPPING)
def test_a_signal_is_noted_and_interrupts_nothing(signum: signal.Signals) -> None:
    called: list[str] = []
    with stop_requested() as stop:
        signal.raise_signal(signum)
        assert stop.is_requested
        stop.call = lambda: called.append("now")
        signal.raise_signal(signum)
    assert called == ["now"]
    signal.raise_signal(signum)  # what stops already is not interrupted by another signal


@pytest.mark.parametrize("signum", STOPPING)
def test_outside_a_signal_does_what_it_did_before(signum: signal.Signals) -> None:
    with stop_requested():
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signum)


def test_a_signal_that_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with stop_requested() as stop:
        signal.raise_signal(signal.SIGINT)
    assert not stop.is_requested
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_an_error_in_the_block_is_not_hidden() -> None:
    with pytest.raises(ValueError, match="its own"), stop_requested():
        raise ValueError("its own")
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
