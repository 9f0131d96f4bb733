"""Values inside values: what an object says, where it says so, and what is left of it when that is taken."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from index.record_fields.keys import folded
from index.record_fields.mapping import table
from index.record_fields.values import scalar_text

Path = tuple[int | str, ...]
"""Where a value stands in a record: the number of its column, then keys of objects and numbers in lists."""

_DEEPEST = 20  # objects and lists within others in which a value is looked for
_LABELS = tuple(map(folded, table("generic")["labels"]))
_NAMES = tuple(tuple(map(folded, parts)) for parts in table("generic")["names"])


def items(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """The items of a list and of lists in it; any other value is its own item."""
    if not isinstance(value, list | tuple):
        yield path, value
        return
    pending = [(path, value)]
    while pending:
        at, one = pending.pop()
        if not isinstance(one, list | tuple):
            yield at, one
        elif len(at) - len(path) < _DEEPEST:
            pending += [((*at, number), inner) for number, inner in reversed(list(enumerate(one)))]


def shown(value: Any, path: Path) -> tuple[str, tuple[Path, ...]]:
    """What an item says, and where: an object its label, or the name of a person in parts; else nothing."""
    if isinstance(value, str):
        return value, (path,)
    if not isinstance(value, Mapping):
        return scalar_text(value), (path,)
    keys = {folded(str(key)): key for key in value}
    for parts in _NAMES:
        if all(isinstance(value.get(keys.get(part)), str) for part in parts):
            return " ".join(value[keys[part]] for part in parts), tuple((*path, keys[part]) for part in parts)
    for key in (keys[label] for label in _LABELS if label in keys and len(path) < _DEEPEST):
        for at, item in items(value[key], (*path, key)):
            text, used = shown(item, at)
            if text.strip():
                return text, used
    return "", ()


def rest_of(value: Any, path: Path, used: Set[Path], touched: Set[Path], ignored: Set[str]) -> Any:
    """A value without what is used of it; `touched` are the paths at which something inside is used.

    Of an object of which a part is used, the keys `ignored` are left out as well.
    """
    if path in used:
        return None
    if path not in touched:
        return value
    if isinstance(value, Mapping):
        return {
            key: rest_of(inner, (*path, key), used, touched, ignored)
            for key, inner in value.items()
            if folded(str(key)) not in ignored
        }
    return [rest_of(inner, (*path, number), used, touched, ignored) for number, inner in enumerate(value)]
