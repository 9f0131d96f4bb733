"""Polls the files of the sources for changes.

Polling works where notifications of the system do not: on network disks, whose server sends none, and for a
folder that is unmounted or removed for a while and comes back.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence

from index.sources.files import walk
from search.errors import SettingsError

INTERVAL = 2.0
"""Seconds between two polls; a change is reported when the next poll finds nothing new."""

State = dict[str, tuple[int, int]]


def changes(sources: Sequence[str], sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Yield each time that files were changed, added or removed and the sources have come to rest."""
    known = _state(sources)
    while True:
        sleep(INTERVAL)
        seen = _state(sources)
        if seen == known:
            continue
        while (later := _rest(sources, sleep)) != seen:
            seen = later
        known = seen
        yield


def _rest(sources: Sequence[str], sleep: Callable[[float], None]) -> State:
    sleep(INTERVAL)
    return _state(sources)


def _state(sources: Sequence[str]) -> State:
    """Path of each file -> its size in bytes and its modification time in ns; (0, 0) for a missing source."""
    state: State = {}
    for source in sources:
        try:
            for file in walk(source):
                found = os.lstat(file.path)
                state[f"{file.root}/{file.name}"] = found.st_size, found.st_mtime_ns
        except (OSError, SettingsError):
            state[source] = 0, 0
    return state
