"""`opis-index --watch`: a watcher with its settings, its log and its listeners, until a signal ends it."""

from collections.abc import Sequence
from contextlib import nullcontext, suppress
from typing import NoReturn, Protocol

from index.runs.report import IndexReport
from index.watching.events import Event, RunDone
from index.watching.log import is_for_person, log_event, note, warn, watch_log
from index.watching.metrics import WatchMetrics, answering_with
from index.watching.settings_file import Given, SettingsFile
from index.watching.sources import WatchedSources
from index.watching.status import tell_status
from index.watching.watcher import Watcher
from search.engines import open_engine
from search.errors import EngineError, OutputFailed
from search.listening.notify import notify
from search.settings import Settings, Watch


class MakeRun(Protocol):
    """Makes a run, as `opis-index` does without `--watch`."""

    def __call__(self, sources: Sequence[str], settings: Settings, *, is_first: bool) -> IndexReport:
        """The report of the run; only the first one may create an index. Raises SearchError."""


class Show(Protocol):
    """Shows the report of a run that has ended."""

    def __call__(self, report: IndexReport, settings: Settings, *, is_first: bool) -> None:
        """Show it; the first one to a person, who then needs no line in the log. May raise OutputFailed."""


def watch(
    sources: Sequence[str],
    file: str | None,
    given: Given,
    make_run: MakeRun,
    show: Show,
) -> NoReturn:
    """Watch the sources; `show` is told each report, and the settings of its run.

    `given` are the settings of the command line, in place of those of the `file`. Raises SettingsError where
    the settings, the address of the index or that of the metrics cannot be used, KeyboardInterrupt when it
    is told to stop.
    """
    metrics = WatchMetrics()
    has_run, for_person = False, is_for_person(given["log"])

    def tell(event: Event) -> None:
        nonlocal has_run
        metrics(event)
        tell_status(event)
        if has_run or not (for_person and isinstance(event, RunDone)):
            log_event(event)
        if isinstance(event, RunDone):
            try:
                show(event.report, settings_file.settings, is_first=not has_run)
            except OutputFailed as error:
                warn(f"{error} No further report is written there.")
            has_run = True

    settings_file = SettingsFile(file, tell, given)
    settings = settings_file.settings
    with suppress(EngineError):  # which may be over by the first run
        open_engine(settings.index, settings.schema, create=True).close()
    with (
        answering_with(metrics, settings.watch.metrics) if settings.watch.metrics else nullcontext() as url,
        watch_log(settings, for_person=for_person),
    ):
        several = f"{len(sources):,} sources" if len(sources) > 1 else f"the source {sources[0]!r}"
        note(f"Watching {several}, to keep {settings.index} up to date.")
        if url:
            note(f"Metrics on {url}")
        notify("READY=1", f"STATUS=Watching {several}.")
        try:
            Watcher(WatchedSources(sources, tell), _Runs(settings_file, make_run), tell).go_on()
        except KeyboardInterrupt:
            notify("STOPPING=1")
            note("Stopped. The index is as the last completed run left it.")
            raise


class _Runs:
    """Runs under the settings as they are then."""

    def __init__(self, settings_file: SettingsFile, make_run: MakeRun) -> None:
        self._settings_file, self._make_run = settings_file, make_run
        self._is_first = True

    @property
    def rhythm(self) -> Watch:
        return self._settings_file.settings.watch

    def refresh(self) -> bool:
        return self._settings_file.refresh()

    def run(self, sources: Sequence[str]) -> IndexReport:
        report = self._make_run(sources, self._settings_file.settings, is_first=self._is_first)
        self._is_first = False
        return report
