"""What was answered once and is asked again, as long as the index is the same."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")


class Cache:
    """The most recently asked `size` values of one generation of an index; safe to share between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._generation = ""
        self._values: OrderedDict[Hashable, Any] = OrderedDict()

    def get(
        self,
        generation: str,
        key: Hashable,
        make: Callable[[], Value],
        worth: Callable[[Value], bool] = lambda _: True,
    ) -> Value:
        """The value of a key, made if it is not there, and kept if it is `worth` it.

        Two threads may make the same value at once. Of an older generation nothing is kept.
        """
        with self._lock:
            if generation == self._generation and key in self._values:
                self._values.move_to_end(key)
                found: Value = self._values[key]
                return found
        value = make()
        if worth(value):
            with self._lock:
                if generation != self._generation:
                    self._values.clear()
                    self._generation = generation
                self._values[key] = value
                while len(self._values) > self._size:
                    self._values.popitem(last=False)
        return value
