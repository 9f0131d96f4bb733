"""How often one client may search.

1. So many requests at once, then one at a time, evenly; never more than the rate in the long run.
2. One client is an address of IPv4, or a /64 of IPv6; others are not affected.
3. Memory is fixed, and who changes addresses does not get back what was used up.
4. All processes count together.
"""

import multiprocessing
from collections import Counter
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.listening.rate import Rate
from webui.server.rate_limit import RateLimit


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_1_a_burst_and_then_evenly(clock: Clock) -> None:
    limit = RateLimit(Rate(3, 60.0), clock)
    assert [limit.wait("192.0.2.1") for _ in range(3)] == [0, 0, 0]
    assert limit.wait("192.0.2.1") == pytest.approx(20)
    clock.now += 15
    assert limit.wait("192.0.2.1") == pytest.approx(5)
    clock.now += 5
    assert limit.wait("192.0.2.1") == 0
    assert limit.wait("192.0.2.1") == pytest.approx(20)
    clock.now += 10_000
    assert [limit.wait("192.0.2.1") > 0 for _ in range(4)] == [False, False, False, True]


@given(st.lists(st.floats(0, 5), max_size=60), st.integers(1, 5))
def test_1_never_more_than_the_rate(pauses: list[float], requests: int) -> None:
    clock = Clock()
    limit = RateLimit(Rate(requests, 10.0), clock)
    served = []
    for pause in pauses:
        clock.now += pause
        if not limit.wait("192.0.2.1"):
            served.append(clock.now)
    for number, begin in enumerate(served):
        for further, end in enumerate(served[number:], start=1):
            assert further <= requests + (end - begin) * requests / 10 + 1e-3
    if pauses:
        clock.now += limit.wait("192.0.2.1") + 1e-3
        assert limit.wait("192.0.2.1") <= 10, "who waits as long as is said is served"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "192.0.2.1", False),
    ],
)
def test_2_who_is_one_client(clock: Clock, one: str, other: str, is_same: bool) -> None:
    limit = RateLimit(Rate(1, 60.0), clock)
    assert limit.wait(one) == 0
    assert bool(limit.wait(other)) == is_same


def test_3_many_addresses(clock: Clock) -> None:
    limit = RateLimit(Rate(1, 3600.0), clock)
    assert limit.wait("203.0.113.1") == 0
    refused = Counter(bool(limit.wait(str(IPv4Address(number)))) for number in range(10_000))
    assert refused[True] < 300, "few of ten thousand share both their places"
    assert limit.wait("203.0.113.1") > 0


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_4_processes(clock: Clock) -> None:
    limit = RateLimit(Rate(1000, 3600.0), clock)
    context = multiprocessing.get_context("fork")
    served = context.SimpleQueue()

    def ask() -> None:
        served.put(sum(not limit.wait("192.0.2.1") for _ in range(3000)))

    processes = [context.Process(target=ask) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert 1000 <= served.get() + served.get() < 3000
    assert limit.wait("192.0.2.1") > 0
