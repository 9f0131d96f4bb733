"""Has anything changed? Files are looked at every few seconds, which works on every disk and system."""

import os
import time
from collections.abc import Callable, Iterator, Sequence

from index.sources.files import walk
from search.errors import SettingsError

INTERVAL = 2.0
"""Seconds between two looks; a change counts when the next look finds nothing new."""

State = dict[str, tuple[int, int]]


def changes(sources: Sequence[str], sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Yields whenever files of the sources have changed, come or gone, and have come to rest."""
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
    """Size and time of each file; a source that is gone for now has none."""
    state: State = {}
    for source in sources:
        try:
            for file in walk(source):
                found = os.lstat(file.path)
                state[f"{file.root}/{file.name}"] = found.st_size, found.st_mtime_ns
        except (OSError, SettingsError):
            state[source] = 0, 0
    return state
