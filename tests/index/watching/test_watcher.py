"""A watcher, on an index in memory and by a clock of the test's.

1. It runs at once, then when changes have come to rest; and not while nothing changes.
2. A source that is away or refused is said once, as is its return; the others are indexed meanwhile.
3. No exception of a run ends it; it is said once, and tried again less and less often.
4. A file that fails is told once, and tried again once.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.indexer import Indexer
from index.runs.report import IndexReport
from index.watching.events import (
    Event,
    Looked,
    Recovered,
    RunDone,
    RunFailed,
    SourceAway,
    SourceBack,
    SourceRefused,
)
from index.watching.sources import WatchedSources
from index.watching.watcher import Watcher
from search.engines.memory import MemoryEngine
from search.errors import IndexLocked, RemovalRefused
from search.schema import Schema
from search.settings import Watch


class Watched:
    """A watcher of folders, and what it told."""

    def __init__(self, *folders: Path) -> None:
        self.engine = MemoryEngine(Schema())
        self._indexer = Indexer(self.engine, Schema())
        self.now = 0.0
        self.events: list[Event] = []
        self.errors: list[Exception] = []  # of the next runs
        self.rhythm = Watch()
        sources = WatchedSources([str(folder) for folder in folders], self.events.append)
        self.watcher = Watcher(sources, self, self.events.append, lambda: self.now)

    def refresh(self) -> bool:
        return False

    def run(self, sources: Sequence[str]) -> IndexReport:
        if self.errors:
            raise self.errors.pop(0)
        return self._indexer.run(sources)

    def go_on(self, seconds: float) -> list[str]:
        """The names of the events within so many seconds, but for looks."""
        before, until = len(self.events), self.now + seconds
        while self.now < until:
            self.watcher.step()
            self.now += self.rhythm.seconds
        return [type(event).__name__ for event in self.events[before:] if not isinstance(event, Looked)]

    def last(self, kind: type[Event]) -> Event:
        return [event for event in self.events if isinstance(event, kind)][-1]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.txt").write_text("Other.")
    return other


@pytest.fixture
def watched(folder: Path, other: Path) -> Watched:
    (folder / "a.txt").write_text("Text.")
    (folder / "b.txt").write_text("More text.")
    return Watched(folder, other)


def documents(watched: Watched) -> int:
    return watched.engine.info().documents


def test_1_runs_when_something_changes(watched: Watched, folder: Path) -> None:
    assert watched.go_on(1) == ["RunDone"]
    assert watched.go_on(3600) == []
    (folder / "c.txt").write_text("New.")
    assert watched.go_on(5) == []
    assert watched.go_on(20) == ["RunDone"]
    assert documents(watched) == 4


def test_1_a_stream_is_a_run_each_longest_seconds(watched: Watched, folder: Path) -> None:
    watched.go_on(60)
    names: list[str] = []
    for number in range(150):
        (folder / f"n{number}.txt").write_text(f"New {number}.")
        names += watched.go_on(2)
    names += watched.go_on(200)
    assert names == ["RunDone"] * 3
    assert documents(watched) == 153


def vanish(folder: Path, how: str) -> None:
    folder.rename(folder.with_name("away"))
    if how == "another file":
        folder.write_text("A text.")
    elif how == "emptied":
        folder.mkdir()


@pytest.mark.parametrize("how", ["gone", "another file", "emptied"])
def test_2_a_source_that_goes_and_comes_back(watched: Watched, folder: Path, other: Path, how: str) -> None:
    watched.go_on(60)
    vanish(folder, how)
    said = SourceRefused if how == "emptied" else SourceAway
    names = watched.go_on(600)
    assert [name for name in names if name != "RunDone"] == [said.__name__]
    assert watched.last(Looked) == Looked({str(folder): False, str(other): True})
    assert documents(watched) == 3
    (other / "p.txt").write_text("Goes on.")
    assert watched.go_on(60) == ["RunDone"]
    assert documents(watched) == 4
    if folder.is_file():
        folder.unlink()
    elif folder.exists():
        folder.rmdir()
    folder.with_name("away").rename(folder)
    (folder / "c.txt").write_text("New.")
    assert watched.go_on(60) == ["SourceBack", "RunDone"]
    assert documents(watched) == 5
    assert watched.go_on(600) == []


def test_2_a_source_that_is_not_there_at_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    watched = Watched(folder)
    assert watched.go_on(100) == ["SourceAway"]
    folder.mkdir()
    (folder / "a.txt").write_text("Text.")
    assert watched.go_on(60) == ["SourceBack", "RunDone"]
    assert documents(watched) == 1


def test_2_a_folder_that_is_a_file_at_the_start(watched: Watched, folder: Path) -> None:
    watched.go_on(60)
    vanish(folder, "another file")
    again = Watched(folder)
    again.engine = watched.engine
    again._indexer = watched._indexer
    assert again.go_on(60) == ["SourceRefused"]
    assert documents(again) == 3


def test_3_nothing_that_fails_ends_it(watched: Watched) -> None:
    locked = "Another process is writing to it."
    watched.errors = [IndexLocked(locked), IndexLocked(locked), MemoryError(), RuntimeError("?")]
    assert watched.go_on(600) == [*["RunFailed"] * 4, "Recovered", "RunDone"]
    failed = [event.is_new for event in watched.events if isinstance(event, RunFailed)]
    assert failed == [True, False, True, True]
    assert watched.last(Recovered) == Recovered(4)
    assert documents(watched) == 3


def test_3_a_refusal_of_no_source_is_tried_again_later(watched: Watched) -> None:
    """As where a link leads elsewhere since the run began."""
    watched.errors = [RemovalRefused("Most would be removed.", "/elsewhere")] * 2
    assert watched.go_on(600) == ["RunFailed", "RunFailed", "Recovered", "RunDone"]


@pytest.mark.slow
def test_3_it_is_tried_less_and_less_often(watched: Watched) -> None:
    watched.errors = [IndexLocked("It is locked.")] * 1000
    assert watched.go_on(86_400).count("RunFailed") < 24 * 6 + 10


def test_4_a_file_that_fails(watched: Watched, folder: Path) -> None:
    watched.go_on(60)
    (folder / "bad.txt").write_bytes(b"\0")
    assert watched.go_on(600) == ["RunDone", "RunDone"]
    told = [len(event.new_failures) for event in watched.events if isinstance(event, RunDone)]
    assert told == [0, 1, 0]


def test_a_name_is_watched_once(folder: Path) -> None:
    (folder / "a.txt").write_text("Text.")
    watched = Watched(folder, folder)
    assert watched.go_on(60) == ["RunDone"]
    assert not any(isinstance(event, SourceBack) for event in watched.events)
