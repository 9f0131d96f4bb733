"""What the searches of one answer have in common is computed once.

An answer asks its engine many questions: the search itself, the same for fewer words, each word alone,
other spellings. They share words, and some are asked twice.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Value = TypeVar("Value")

_MISSING = object()
_computed: ContextVar[dict[Hashable, Any] | None] = ContextVar("computed", default=None)


@contextmanager
def one_answer() -> Iterator[None]:
    """A block at whose end `once` forgets; one inside another is part of it."""
    if _computed.get() is not None:
        yield
        return
    token = _computed.set({})
    try:
        yield
    finally:
        _computed.reset(token)


def once(key: Hashable, compute: Callable[[], Value]) -> Value:
    """The value of a key, computed once in each `one_answer`, and outside of one at each call.

    A key names the commit that its value is computed from, such as by its reader.
    """
    computed = _computed.get()
    if computed is None:
        return compute()
    value = computed.get(key, _MISSING)
    if value is _MISSING:
        value = computed[key] = compute()
    return cast("Value", value)
