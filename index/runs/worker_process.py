"""A worker process from inside: it receives files to read and sends results, within its memory limit."""

import gc
import multiprocessing
import os
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import msgspec

from index.metadata.labels import Labels
from index.runs.messages import failure_message, messages
from index.runs.reading import NO_MEMORY
from search.schema import Schema

_GC_THRESHOLD = 50_000  # new objects between two searches for reference cycles, which documents do not have


def run_worker(pipe: Connection, labels: Labels, schema: Schema, memory: int) -> None:
    """The main loop of the process: receive lists of tasks, send messages, until it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory(memory)
    gc.freeze()
    gc.set_threshold(_GC_THRESHOLD)
    encoder = msgspec.msgpack.Encoder()
    while True:
        for task in pipe.recv():
            try:
                for message in messages(task, labels, schema):
                    pipe.send_bytes(encoder.encode(message))
            except MemoryError:
                pipe.send_bytes(encoder.encode(failure_message(task.file, NO_MEMORY)))


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _limit_memory(size: int) -> None:
    """Limit the address space to `size` bytes more than is mapped now: the parent may have an index open."""
    try:
        mapped = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:  # not Linux
        mapped = 0
    resource.setrlimit(resource.RLIMIT_AS, (mapped + size, mapped + size))
