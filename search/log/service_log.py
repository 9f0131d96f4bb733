"""The log of a service: all that goes through Python's logging, entries as well, becomes lines on stderr."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import time

from search.log.lines import Format, LogEntry, message_line
from search.log.writer import LineWriter, Write, log_descriptor, write_at_once
from search.settings import Settings

ENTRIES = logging.getLogger("search.log.entries")
"""Of which each message is a LogEntry."""

_DEBUGGED = ("index", "search", "webui")  # to which --debug adds a handler


@contextmanager
def service_log(settings: Settings, *, is_to_fork: bool = False) -> Iterator[None]:
    """A block in which the log is written as the settings say, in place of a parent process's.

    A process that `is_to_fork` others gets no thread for it, and loses what cannot be written at once. Where
    it is off, no entry is logged, and messages are written as Python does without being told.
    """
    descriptor = log_descriptor()
    if settings.log == "off" or descriptor is None:
        with _no_entries():
            yield
        return
    form = settings.log
    if is_to_fork:
        with _logging_to(_Handler(partial(write_at_once, descriptor), form, settings.log_queries)):
            yield
        return
    writer = LineWriter(descriptor, lambda lost: _lost_line(lost, form))
    try:
        with _logging_to(_Handler(writer.write, form, settings.log_queries)):
            yield
    finally:
        writer.close()


@contextmanager
def _no_entries() -> Iterator[None]:
    ENTRIES.disabled = True
    try:
        yield
    finally:
        ENTRIES.disabled = False


@contextmanager
def _logging_to(handler: logging.Handler) -> Iterator[None]:
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    root.handlers[:] = [handler]
    for name in _DEBUGGED:
        logging.getLogger(name).handlers.clear()
    ENTRIES.setLevel(logging.INFO)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers[:] = before


def _lost_line(lost: int, form: Format) -> bytes:
    return message_line(time(), "warning", f"{lost:,} lines of the log could not be written.", {}, form)


class _Handler(logging.Handler):
    def __init__(self, write: Write, form: Format, with_queries: bool) -> None:
        super().__init__()
        self._write, self._form, self._with_queries = write, form, with_queries

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._write(self._line(record))
        except Exception:  # nobody's request fails because of the log
            self.handleError(record)

    def _line(self, record: logging.LogRecord) -> bytes:
        if isinstance(record.msg, LogEntry):
            return record.msg.line(self._form, with_query=self._with_queries)
        more = {"logger": record.name, "traceback": _traceback(record)}
        return message_line(record.created, record.levelname.lower(), _message(record), more, self._form)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # a library's message that does not fit its arguments
        return str(record.msg)


def _traceback(record: logging.LogRecord) -> str | None:
    return "".join(traceback.format_exception(*record.exc_info)).rstrip() if record.exc_info else None
