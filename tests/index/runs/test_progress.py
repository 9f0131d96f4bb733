"""What a terminal shows while a run goes on.

1. Nothing in a pipe.
2. How far the run is by bytes, how fast, and how long the rest takes; each time on one line.
3. At the end the line is gone.
"""

import io
import os

import pytest

from index.runs.progress import ProgressLine


class Screen(io.StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        return self.getvalue().split("\r\x1b[K")[1:]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which can be set."""
    now = [100.0]
    monkeypatch.setattr("index.runs.progress.time.monotonic", lambda: now[0])
    monkeypatch.setattr("index.runs.progress.shutil.get_terminal_size", lambda: os.terminal_size((90, 24)))
    return now


def test_1_nothing_in_a_pipe(clock: list[float]) -> None:
    stream = io.StringIO()
    line = ProgressLine(stream)
    line.looked_at()
    line.begins(100)
    line.indexed(50)
    line.writes()
    line.done()
    assert stream.getvalue() == ""


def test_2_how_far_how_fast_how_long(clock: list[float]) -> None:
    screen = Screen()
    line = ProgressLine(screen)
    line.looked_at()
    line.begins(1000)
    clock[0] += 1
    line.indexed(100)
    clock[0] += 9
    for at in (250, 240, 0):  # a worker may be behind another
        line.indexed(at)
    clock[0] += 10
    line.finished(500)
    clock[0] += 380
    line.finished(100)
    line.writes()
    line.done()
    assert screen.lines == [
        "Looking through 1 file …",
        "[##..................]  10%  1 document",
        "[#####...............]  25%  2 documents, 0.2 a second, 30 s left",
        "[##########..........]  50%  4 documents, 0.2 a second, 20 s left",
        "[############........]  60%  4 documents, 0.0 a second, 4 min left",
        "4 documents read; writing the index …",
        "",
    ]


def test_2_a_narrow_terminal(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.runs.progress.shutil.get_terminal_size", lambda: os.terminal_size((20, 24)))
    screen = Screen()
    ProgressLine(screen).looked_at()
    assert [len(line) for line in screen.lines] == [19]
