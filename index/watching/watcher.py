"""Goes on for years: looks at the sources, and has a run made when it is due. Nothing that fails ends it.

Only a signal to stop does, and a lack of memory for going on.
"""

import time
from collections.abc import Callable, Sequence
from typing import NoReturn, Protocol

from index.runs.report import IndexReport
from index.sources.files import root_of
from index.watching.events import Listener, Looked, Recovered, RunDone, RunFailed
from index.watching.rhythm import Waiting, pause
from index.watching.sources import WatchedSources
from search.commit_data.health_report import SourceProblem
from search.errors import RemovalRefused
from search.settings import Watch


class Runs(Protocol):
    """What a watcher has done for it."""

    @property
    def rhythm(self) -> Watch:
        """How often to look, and how long changes wait."""

    def refresh(self) -> bool:
        """Read the settings anew if they have changed; whether they have."""

    def run(self, sources: Sequence[str]) -> IndexReport:
        """Bring the index up to date with these sources."""


class Watcher:
    """Watches sources. Each event is told to `tell`; `clock` counts seconds, and never backwards."""

    def __init__(
        self,
        sources: WatchedSources,
        runs: Runs,
        tell: Listener,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._sources, self._runs, self._tell = sources, runs, tell
        self._clock, self._sleep = clock, sleep
        self._waiting = Waiting()
        self._is_first = True
        self._looked = 0.0  # when it looked last
        self._failures = 0  # runs that failed, in a row
        self._reason = ""  # of the last of them
        self._failed: frozenset[SourceProblem] = frozenset()
        self._again: float | None = None  # when files that failed for the first time are tried again

    def go_on(self) -> NoReturn:
        """Watch until an exception ends it that is no Exception, such as KeyboardInterrupt."""
        while True:
            began = self._clock()
            self.step()
            self._sleep(pause(self._runs.rhythm.seconds, self._looked - began))

    def step(self) -> None:
        """Look once, and make a run if one is due."""
        is_told = self._runs.refresh() or (self._again is not None and self._clock() >= self._again)
        if is_told:
            self._sources.forget()
            self._again = None
        has_changed = self._sources.look() or is_told
        self._looked = self._clock()
        self._tell(Looked(self._sources.present))
        if has_changed:
            self._waiting = self._waiting.changed(self._looked)
        is_due = self._is_first or self._is_due()
        self._is_first = False
        if is_due and self._sources.have_changed:
            self._run()

    def _is_due(self) -> bool:
        rhythm = self._runs.rhythm
        due = self._waiting.due(rhythm.quiet_seconds, rhythm.longest_seconds)
        return due is not None and self._looked >= due

    def _run(self) -> None:
        """Make a run; without the sources that it is refused for, if it is."""
        began = self._clock()
        while sources := self._sources.to_run:
            try:
                report = self._runs.run(sources)
            except RemovalRefused as error:
                if not self._refuse(sources, error):
                    self._note_failure(error)
                    return
            except Exception as error:  # whatever it is, the next run may succeed
                self._note_failure(error)
                return
            else:
                self._note_success(report, began)
                return
        self._rest(began)

    def _rest(self, began: float) -> None:
        self._waiting = self._waiting.done(began, self._clock(), self._runs.rhythm.longest_seconds)

    def _refuse(self, sources: Sequence[str], error: RemovalRefused) -> bool:
        """Leave out the source that a run was refused for; False if a link leads elsewhere now."""
        refused = [source for source in sources if root_of(source) == error.root]
        for source in refused:
            self._sources.refuse(source, str(error))
        return bool(refused)

    def _note_failure(self, error: Exception) -> None:
        before, self._reason = self._reason, f"{type(error).__name__}: {error}"
        self._failures += 1
        self._tell(RunFailed(error, is_new=self._reason != before))
        self._waiting = self._waiting.failed(self._clock(), self._failures)

    def _note_success(self, report: IndexReport, began: float) -> None:
        self._rest(began)
        self._sources.read()
        if self._failures:
            self._tell(Recovered(self._failures))
            self._failures, self._reason = 0, ""
        fresh = tuple(problem for problem in report.failed if problem not in self._failed)
        self._failed = frozenset(report.failed)
        if fresh:
            self._again = self._clock() + self._runs.rhythm.longest_seconds
        self._tell(RunDone(report, fresh))
