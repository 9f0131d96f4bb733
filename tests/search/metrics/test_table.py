"""The values of metrics.

1. A metric that no table holds does nothing.
2. Values of all processes are summed; who takes the place of a process that has ended counts on.
3. A gauge of a process that has ended is 0.
4. A label that was not declared is `other` where that was, and an error where it was not.
5. A killed process keeps nobody waiting, and what it has counted stays.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from search.metrics.declaration import OTHER, Counter, Gauge, Histogram
from search.metrics.table import Table

SEEN = Counter("opis_seen_total", "Things seen.", {"kind": ("cat", OTHER), "size": ("small", "large")})
OPEN = Gauge("opis_open", "Things open.")
TOOK = Histogram("opis_took_seconds", "Times.", (0.1, 1.0))
ALL = (SEEN, OPEN, TOOK)


@pytest.fixture
def table() -> Iterator[Table]:
    table = Table(ALL, 3)
    table.take(1)
    yield table
    table.close()


def test_1_without_a_table() -> None:
    SEEN.add("cat", "small")
    OPEN.set(1)
    OPEN.add()
    TOOK.observe(1)
    assert [metric.cells for metric in ALL] == [None] * 3
    assert list(Table(ALL).totals().values()) == [[0.0] * 4, [0.0], [0.0] * 4]


def test_2_counts(table: Table) -> None:
    SEEN.add("cat", "small")
    SEEN.add("cat", "large", by=2)
    OPEN.add(by=3)
    OPEN.add(by=-1)
    for seconds in (0.05, 0.1, 0.5, 7):
        TOOK.observe(seconds)
    assert list(table.totals()[SEEN]) == [1, 2, 0, 0]
    assert list(table.totals()[OPEN]) == [2]
    assert list(table.totals()[TOOK]) == pytest.approx([2, 1, 1, 7.65])
    assert table.processes() == {1: os.getpid()}


def test_2_3_a_place_is_taken_over(table: Table) -> None:
    SEEN.add("cat", "small")
    OPEN.set(5)
    TOOK.observe(7)
    before = dict(table.totals())
    table.vacate(1)
    assert table.processes() == {}
    assert table.totals() == before | {OPEN: [0.0]}
    table.take(1)
    SEEN.add("cat", "small")
    assert table.totals()[SEEN][0] == 2


def test_2_threads(table: Table) -> None:
    def count() -> None:
        for _ in range(5000):
            SEEN.add("cat", "small")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert table.totals()[SEEN][0] == 20_000


def test_4_labels(table: Table) -> None:
    SEEN.add("<script>", "small")
    SEEN.add(OTHER, "small")
    assert list(table.totals()[SEEN]) == [0, 0, 2, 0]
    with pytest.raises(KeyError):
        SEEN.add("cat", "huge")
    with pytest.raises(ValueError, match="zip"):
        SEEN.add("cat")


def count_until_killed(table: Table, place: int) -> None:
    table.take(place)
    while True:
        SEEN.add("cat", "small")
        OPEN.set(1)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="needs fork")
def test_5_processes_that_are_killed(table: Table) -> None:
    fork = multiprocessing.get_context("fork")
    before = 0.0
    for _ in range(5):
        processes = [fork.Process(target=partial(count_until_killed, table, place)) for place in (0, 2)]
        for process in processes:
            process.start()
        while (now := table.totals()[SEEN][0]) < before + 1000:
            assert now >= before
        for process in processes:
            os.kill(int(process.pid or 0), signal.SIGKILL)
            process.join()
        before = now
    assert table.totals()[OPEN] == [2]
    table.vacate(0)
    table.vacate(2)
    assert table.totals()[OPEN] == [0]
