"""What is logged of a watcher, and how: as the log of a service, or as lines for a person at a terminal."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from index.runs.report import on_one_line
from index.watching.entries import MOST_FAILURES, FailureEntry, RunEntry
from index.watching.events import (
    Event,
    Recovered,
    RunDone,
    RunFailed,
    SettingsRead,
    SourceAway,
    SourceBack,
    SourceRefused,
)
from search.errors import IndexLocked, SearchError
from search.log.service_log import ENTRIES, service_log
from search.settings import Settings

_log = logging.getLogger("index.watching")


def log_event(event: Event) -> None:
    """Log an event, if it is one to be logged."""
    match event:
        case RunDone():
            now = time.time()
            ENTRIES.info(RunEntry(now, event.report))
            for problem in event.new_failures[:MOST_FAILURES]:
                ENTRIES.info(FailureEntry(now, problem))
            if (more := len(event.new_failures) - MOST_FAILURES) > 0:
                _log.warning("%s more files failed; opis-index --list failed lists all.", f"{more:,}")
        case RunFailed(is_new=True, error=SearchError() as error):
            _log.log(logging.WARNING if isinstance(error, IndexLocked) else logging.ERROR, "%s", event)
        case RunFailed(is_new=True):
            _log.error("%s: %s", type(event.error).__name__, event, exc_info=event.error)
        case SourceAway() | SourceRefused():
            _log.warning("%s", event)
        case SettingsRead():
            _log.log(logging.WARNING if event.trouble else logging.INFO, "%s", event)
        case SourceBack() | Recovered():
            _log.info("%s", event)
        case _:
            pass


def note(message: str) -> None:
    """Log a message that is no event of a watcher, such as that it begins."""
    _log.info("%s", message)


def warn(message: str) -> None:
    """Log a message that somebody has to read."""
    _log.warning("%s", message)


@contextmanager
def watch_log(settings: Settings, *, for_person: bool) -> Iterator[None]:
    """A block in which what is logged becomes the lines of a service, or lines `for_person`, on stderr."""
    level = _log.level
    _log.setLevel(min(logging.INFO, _log.getEffectiveLevel()))
    try:
        with _terminal() if for_person else service_log(settings, is_to_fork=True):
            yield
    finally:
        _log.setLevel(level)


def is_for_person(log: str | None) -> bool:
    """Whether a person reads what is written to stderr: a terminal, without a format on the command line."""
    try:
        return log is None and sys.stderr.isatty()
    except (AttributeError, ValueError):  # closed
        return False


@contextmanager
def _terminal(write: Callable[[str], None] = lambda line: click.echo(line, err=True)) -> Iterator[None]:
    handler = _TerminalHandler(write)
    loggers = (_log, ENTRIES)
    level = ENTRIES.level
    ENTRIES.setLevel(logging.INFO)
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        ENTRIES.setLevel(level)
        for logger in loggers:
            logger.propagate = True
            logger.removeHandler(handler)


class _TerminalHandler(logging.Handler):
    """Writes each record on one line, behind the time of day."""

    def __init__(self, write: Callable[[str], None]) -> None:
        super().__init__()
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        stamp = time.strftime("%H:%M:%S", time.localtime(record.created))
        try:
            self._write(f"{stamp} {on_one_line(record.getMessage())}")
        except OSError:  # the terminal has gone
            self.handleError(record)
