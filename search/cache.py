"""An LRU cache of what was computed from one generation of an index."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


class GenerationCache:
    """The `size` most recently used values of the latest generation seen; safe to share between threads.

    cachetools.LRUCache would replace the ordered dictionary alone: locking, dropping an older
    generation, and leaving out large values would remain.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._generation = ""
        self._values: OrderedDict[Hashable, Any] = OrderedDict()

    def get(
        self,
        generation: str,
        key: Hashable,
        compute: Callable[[], Value],
        should_keep: Callable[[Value], bool] = lambda _: True,
    ) -> Value:
        """The value of a key: the cached one, else a computed one, which is cached if `should_keep` says so.

        Two threads may compute the same value at once. Values of an older generation are dropped.
        """
        with self._lock:
            if generation == self._generation and key in self._values:
                self._values.move_to_end(key)
                cached: Value = self._values[key]
                return cached
        value = compute()
        if should_keep(value):
            with self._lock:
                if generation != self._generation:
                    self._values.clear()
                    self._generation = generation
                self._values[key] = value
                while len(self._values) > self._size:
                    self._values.popitem(last=False)
        return value
