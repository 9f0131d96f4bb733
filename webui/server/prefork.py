"""Pre-forking server: several worker processes accept on the same sockets, and are replaced when they die.

Workers inherit the read end of a pipe whose write end only the parent holds. The pipe closes when the
parent ends, even by SIGKILL, and a worker that sees it closed stops as on SIGTERM.
"""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection, Pipe, wait
from socket import socket
from typing import Any

from search.errors import EngineError, SearchError, SettingsError
from search.metrics.table import Table
from search.settings import Server
from webui.metrics.declared import REPLACED
from webui.server.signals import STOPPING, Stop, caught_signals, stop_requested

Work = Callable[[Callable[[int], None], Stop], None]
"""What a worker runs until the Stop says that it is to stop.

It is given a function to call with the number of documents as soon as it accepts requests.
"""

_Run = Callable[[int, Connection, tuple[Connection, Connection]], None]  # what a worker runs, by its place

_RESTART_DELAY = 0.5  # seconds before a dead worker is replaced, to bound the rate of failing starts
_EXIT_SECONDS = 5.0  # in which a worker has closed its index, when it has finished its requests

_log = logging.getLogger(__name__)


def run_workers(
    settings: Server,
    work: Work,
    announce: Callable[[int], None],
    sockets: Sequence[socket] = (),
    table: Table | None = None,
    parent: int | None = None,
) -> None:
    """Keep `processes` workers running until SIGTERM or SIGINT, then wait until all have finished.

    They also stop when the pipe `parent` is closed. The `sockets` are those on which the workers accept; this
    process closes them before it waits, so that nobody's connection waits with it. A worker that takes longer
    than `drain_seconds` to finish is ended. `announce` is called once, with the number of documents that a
    worker reports. A worker that dies is replaced, and its successor takes its place in the `table` of
    metrics, one from 1 up. If none is left and none can start, the error of one of them is raised, or
    EngineError if they died without reporting one. Raises SettingsError on systems without fork.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        raise SettingsError("This system can serve with one process only; leave out --processes.")
    with caught_signals(STOPPING) as signals, suppress(_Stopped):
        stops: list[socket | int] = [signals] if parent is None else [signals, parent]
        pool = _Pool(partial(_run_worker, work, settings.drain_seconds, table), table, stops)
        try:
            announce(pool.fill(settings.processes))
            while True:
                pool.wait_for_exit()
                time.sleep(_RESTART_DELAY)
                pool.fill(settings.processes)
        finally:
            for sock in sockets:
                sock.close()
            pool.stop()


class _Stopped(Exception):
    """The workers are to stop."""


def _wait(waited_for: Sequence[Any], stops: Sequence[socket | int]) -> None:
    """Return when one of those waited for is ready. Raises _Stopped when one of the stops is."""
    if any(ready in stops for ready in wait([*stops, *waited_for])):
        raise _Stopped


class _Pool:
    """The workers that were started and have not been replaced, until one of the stops is ready."""

    def __init__(self, run: _Run, table: Table | None, stops: Sequence[socket | int]) -> None:
        self._run, self._table, self._stops = run, table, stops
        self._parent_pipe = Pipe(duplex=False)
        self._workers: list[_Worker] = []

    def fill(self, count: int) -> int:
        """Start the workers that are missing and wait until they accept requests.

        Returns the number of documents that one of the new workers reports. Raises a worker's SearchError
        if none is left; a worker that fails while others run is started again at the next call.
        Raises _Stopped.
        """
        for worker in [worker for worker in self._workers if not worker.is_alive()]:
            self._workers.remove(worker)
            _log.warning("Process %d ended; another takes its place.", worker.pid)
            REPLACED.add()
            if self._table:
                self._table.vacate(worker.place)
        running = len(self._workers)
        free = sorted(set(range(1, count + 1)) - {worker.place for worker in self._workers})
        self._workers += [_Worker(self._run, place, self._parent_pipe) for place in free]
        reports = [worker.report(self._stops) for worker in self._workers[running:]]
        documents = [report for report in reports if isinstance(report, int)]
        errors = [report for report in reports if isinstance(report, SearchError)]
        if errors and not documents and not any(worker.is_alive() for worker in self._workers[:running]):
            raise errors[0]
        return documents[0] if documents else 0

    def wait_for_exit(self) -> None:
        """Return when a worker has ended. Raises _Stopped."""
        _wait([worker.sentinel for worker in self._workers], self._stops)

    def stop(self) -> None:
        """Stop all workers and wait until they have finished the requests under way."""
        self._parent_pipe[1].close()
        for worker in self._workers:
            worker.join()


class _Worker:
    """A worker process, and the pipe on which it reports that it is ready, or why not."""

    def __init__(self, run: _Run, place: int, parent_pipe: tuple[Connection, Connection]) -> None:
        self.place = place
        self._reports, sender = Pipe(duplex=False)
        context = multiprocessing.get_context("fork")
        process = context.Process(target=run, args=(place, sender, parent_pipe))
        process.start()
        sender.close()  # before the next fork, or that worker would hold it open
        self.pid, self.sentinel = process.pid, process.sentinel
        self.is_alive, self.join = process.is_alive, process.join

    def report(self, stops: Sequence[socket | int]) -> int | SearchError:
        """Wait for the number of documents, or for the error that the worker ended with. Raises _Stopped."""
        _wait([self._reports], stops)
        try:
            report: int | SearchError = self._reports.recv()
        except EOFError:
            report = EngineError(
                "The processes that were to serve the index ended at once; "
                "is there memory for each? Try fewer with --processes"
            )
        self._reports.close()
        return report


def _run_worker(
    work: Work,
    drain_seconds: float,
    table: Table | None,
    place: int,
    reports: Connection,
    parent_pipe: tuple[Connection, Connection],
) -> None:
    """The main function of a worker process."""
    read_end, write_end = parent_pipe
    write_end.close()
    if table:
        table.take(place)
    signal.set_wakeup_fd(-1)  # which is the parent's
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its workers on Ctrl-C

    def report(outcome: int | SearchError) -> None:
        reports.send(outcome)
        reports.close()

    try:
        with stop_requested() as stop:
            threading.Thread(target=_exit_with_parent, args=(read_end, drain_seconds), daemon=True).start()
            work(report, stop)
    except SearchError as error:
        if reports.closed:
            raise
        report(error)


def _exit_with_parent(read_end: Connection, drain_seconds: float) -> None:
    """Stop this process when its parent has ended, and end it if it has not stopped in time."""
    wait([read_end])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(drain_seconds + _EXIT_SECONDS)
    os._exit(1)
