"""A worker process from inside: fenced off, it receives tasks and sends messages, within its limits."""

import gc
import logging
import multiprocessing
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, NoReturn

import msgspec

from index.workers.fence import fence_off, start_no_process
from index.workers.job import Job
from index.workers.limits import NO_MEMORY, WorkerLimits, limit_process, limit_processor_time
from index.workers.signals import ignore_signals

_GC_THRESHOLD = 50_000  # new objects between two searches for reference cycles, which documents do not have

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a worker may take and see: its limits, the paths that it can read, and a folder to write in."""

    limits: WorkerLimits
    readable: tuple[str, ...] = ()
    writable: str = ""


def run_worker(pipe: Connection, job: Job[Any, Any], confinement: Confinement) -> None:
    """The main loop of the process: receive lists of tasks, send messages, until it is killed."""
    ignore_signals()
    limits, parent = confinement.limits, multiprocessing.parent_process()
    limit_process(limits)
    kept = [pipe.fileno(), *([parent.sentinel] if parent else [])]
    fences = fence_off(confinement.readable, kept, confinement.writable)
    tempfile.tempdir = confinement.writable or None
    _log.debug("worker %d: %d MB, fences: %s", os.getpid(), limits.memory >> 20, ", ".join(fences) or "none")
    Thread(target=_end_with_parent, daemon=True).start()
    start_no_process()
    gc.freeze()
    gc.set_threshold(_GC_THRESHOLD)
    with suppress(EOFError, BrokenPipeError):  # the run has ended
        _carry_out(pipe, job, limits)


def _carry_out(pipe: Connection, job: Job[Any, Any], limits: WorkerLimits) -> NoReturn:
    """Carry out what comes through the pipe.

    Raises EOFError or BrokenPipeError when its other end is closed.
    """
    encoder = msgspec.msgpack.Encoder()
    while True:
        for task in pipe.recv():
            seconds = limits.seconds_for(job.size(task))
            try:
                limit_processor_time(seconds)
                for message in job.run(task):
                    pipe.send_bytes(encoder.encode(message))
                    limit_processor_time(seconds)
            except MemoryError:
                pipe.send_bytes(encoder.encode(job.give_up(task, NO_MEMORY, 0.0)))


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
