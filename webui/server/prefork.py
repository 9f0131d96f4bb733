"""One server of several processes: they are started, replaced when they die, and end with their parent.

They end by a lifeline, a pipe whose other end only the parent holds: it closes when the parent ends, also
when that is killed, and whoever finds it closed stops as if told to.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe, wait
from typing import NoReturn

import click

from search.errors import EngineError, SearchError, SettingsError

Work = Callable[[Callable[[int], None]], None]
"""What a process does until it is told to stop; given what to call, with a number to tell, once it is up."""

_PAUSE = 0.5  # seconds before a process that died is replaced, so that one that cannot live is no storm
_PATIENCE = 15.0  # seconds to finish what is under way


def stop_when_told() -> None:
    """Have SIGTERM and SIGINT raise SystemExit in this process, once: what is then finished is left alone."""
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, _stop)


def _stop(*_: object) -> NoReturn:
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, signal.SIG_IGN)
    raise SystemExit(0)


def keep_working(count: int, work: Work, announce: Callable[[int], None]) -> NoReturn:
    """Keep `count` processes at work until SIGTERM or SIGINT, then wait until each has finished.

    `announce` is called once, with what the first of them told. One that dies is replaced; when none is
    left and none comes up, the error that kept one from it is raised, EngineError if it told none.
    Raises SettingsError where processes cannot be forked.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        raise SettingsError("This system can serve with one process only; leave out --processes.")
    stop_when_told()
    team = _Team(work)
    try:
        announce(team.fill(count))
        while True:
            team.wait()
            time.sleep(_PAUSE)
            team.fill(count)
    finally:
        team.end()


class _Team:
    """The processes that are up, or believed to be."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lifeline = Pipe(duplex=False)
        self._processes: list[_Process] = []

    def fill(self, count: int) -> int:
        """Start what is missing and wait until it is up: what one of them told.

        Raises a SearchError if none is up, then. One that fails beside others is tried again next time.
        """
        for process in [process for process in self._processes if not process.lives()]:
            self._processes.remove(process)
            click.echo(f"Process {process.pid} ended; another takes its place.", err=True)
        alive = len(self._processes)
        self._processes += [_Process(self._work, self._lifeline) for _ in range(count - alive)]
        news = [process.news() for process in self._processes[alive:]]
        told = [number for number in news if isinstance(number, int)]
        errors = [error for error in news if isinstance(error, SearchError)]
        if errors and not told and not any(process.lives() for process in self._processes[:alive]):
            raise errors[0]
        return told[0] if told else 0

    def wait(self) -> None:
        """Return when a process has ended."""
        wait([process.sentinel for process in self._processes])

    def end(self) -> None:
        """Have all finish what is under way, and wait for them."""
        self._lifeline[1].close()
        for process in self._processes:
            process.join()


class _Process:
    """A process at work, and the pipe by which it tells that it is up, or why not."""

    def __init__(self, work: Work, lifeline: tuple[Connection, Connection]) -> None:
        self._ear, mouth = Pipe(duplex=False)
        context = multiprocessing.get_context("fork")
        process = context.Process(target=_live, args=(work, mouth, lifeline))
        process.start()
        mouth.close()  # before the next fork: that it closes is to mean that this process ended
        self.pid, self.sentinel = process.pid, process.sentinel
        self.lives, self.join = process.is_alive, process.join

    def news(self) -> int | SearchError:
        """What it tells once it is up, or the error it ended with."""
        try:
            told: int | SearchError = self._ear.recv()
        except EOFError:
            told = EngineError(
                "The processes that were to serve the index ended at once; "
                "is there memory for each? Try fewer with --processes"
            )
        self._ear.close()
        return told


def _live(work: Work, mouth: Connection, lifeline: tuple[Connection, Connection]) -> None:
    """What a process does from its fork to its end."""
    ours, parents = lifeline
    parents.close()
    stop_when_told()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all, and the parent tells it on
    threading.Thread(target=_end_with, args=(ours,), daemon=True).start()

    def tell(news: int | SearchError) -> None:
        mouth.send(news)
        mouth.close()

    try:
        work(tell)
    except SearchError as error:
        if mouth.closed:
            raise
        tell(error)


def _end_with(lifeline: Connection) -> None:
    """Stop this process when its parent has ended, at last by force."""
    wait([lifeline])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os._exit(1)
