"""When is a run due?

1. Every change is in a run, `longest` seconds after it at the latest, or as soon as the run before lets it.
2. A burst is one run; a stream is a run each `longest` seconds.
3. A run that failed is tried again, later each time, and never later than in ten minutes.
4. Looking takes no more than a tenth of the time.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.watching.rhythm import FIRST_RETRY, LAST_RETRY, LOOKING_SHARE, Waiting, pause, retry_after

GAPS = st.lists(st.sampled_from([0.0, 0.5, 1.0, 4.0, 30.0, 300.0]), min_size=1, max_size=60)
QUIET, LONGEST, LOOKS = 5.0, 60.0, 2.0


def runs(changes: list[float], takes: float = 0.0) -> list[tuple[float, float]]:
    """When runs begin, and the time of the last change that each has seen, if all looks are LOOKS apart."""
    waiting, now, found, pending = Waiting(), 0.0, [], sorted(changes)
    while pending or waiting.first is not None:
        now += LOOKS
        arrived = [change for change in pending if change <= now]
        pending = pending[len(arrived) :]
        if arrived:
            waiting = waiting.changed(now)
        due = waiting.due(QUIET, LONGEST)
        if due is not None and due <= now:
            found.append((now, now))
            waiting = waiting.done(now, now + takes, LONGEST)
            now += takes
    return found


@given(GAPS, st.sampled_from([0.0, 1.0, 20.0, 500.0]))
def test_1_every_change_is_in_a_run_in_time(gaps: list[float], takes: float) -> None:
    changes = [sum(gaps[:number]) for number in range(1, len(gaps) + 1)]
    found = runs(changes, takes)
    late = LOOKS + max(LONGEST, takes + min(takes, LONGEST)) + LOOKS
    for change in changes:
        assert any(change <= seen and began - change <= late for began, seen in found)


@given(GAPS)
def test_2_there_are_few_runs(gaps: list[float]) -> None:
    changes = [sum(gaps[:number]) for number in range(1, len(gaps) + 1)]
    pauses = sum(gap >= QUIET - LOOKS for gap in gaps)
    assert 1 <= len(runs(changes)) <= 1 + pauses + (changes[-1] - changes[0]) / LONGEST


def test_2_a_stream_and_a_burst() -> None:
    assert len(runs([float(second) for second in range(300)])) == 5
    assert len(runs([number / 1000 for number in range(10_000)])) == 1


def test_nothing_is_due_where_nothing_waits() -> None:
    assert Waiting().due(QUIET, LONGEST) is None
    assert Waiting().changed(3.0).done(8.0, 9.0, LONGEST).due(QUIET, LONGEST) is None


def test_after_a_long_run_the_machine_rests_for_as_long() -> None:
    waiting = Waiting().changed(0.0).done(10.0, 40.0, LONGEST).changed(41.0)
    assert waiting.due(QUIET, LONGEST) == 70.0
    assert Waiting().done(0.0, 10_000.0, LONGEST).changed(10_000.0).due(QUIET, LONGEST) == 10_000.0 + LONGEST


def test_3_what_failed_is_tried_again_less_and_less_often() -> None:
    seconds = [retry_after(failures) for failures in range(1, 100)]
    assert seconds[:3] == [FIRST_RETRY, 2 * FIRST_RETRY, 4 * FIRST_RETRY]
    assert seconds == sorted(seconds)
    assert seconds[-1] == LAST_RETRY
    assert Waiting().changed(1.0).failed(100.0, 2).due(QUIET, LONGEST) == 100.0 + 2 * FIRST_RETRY


@pytest.mark.parametrize("looking", [0.0, 0.1, 3.0, 600.0])
def test_4_looking_is_a_small_share_of_the_time(looking: float) -> None:
    seconds = pause(LOOKS, looking)
    assert seconds >= LOOKS
    assert looking / (looking + seconds) <= LOOKING_SHARE + 1e-9
