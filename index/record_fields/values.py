"""The values of records as text, whatever their types: numbers, dates, lists, and objects within objects."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?")


def values_in(text: str, *separators: str) -> tuple[str, ...]:
    """The distinct values in a text between any of the separators, each on one line."""
    if not text:
        return ()
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return distinct(text.split(separators[0]))


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that say something, each on one line and once."""
    return tuple(dict.fromkeys([line for text in texts if (line := " ".join(text.split()))]))


def scalar_text(value: Any) -> str:
    """A value that is no list or object: whole numbers without a point, days without a time of day."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime.datetime():
            return without_midnight(value.isoformat(" "))
        case datetime.date() | datetime.time():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
    return str(value)


def without_midnight(text: str) -> str:
    """A date that programs wrote with a time of day of 0:00, without it."""
    match = _MIDNIGHT.fullmatch(text.strip())
    return match[1] if match else text


def has_time_of_day(text: str) -> bool:
    """Whether a date has a time of day, as programs note when they stored something."""
    return _TIME.match(text) is not None and without_midnight(text) is text


def readable(value: Any) -> str:
    """A value of any depth as text: `number: 3; type: boxes`."""
    if isinstance(value, str):  # as most are
        return value.strip()
    texts: list[str] = []
    pending: list[tuple[str, Any]] = [("", value)]
    while pending:
        label, one = pending.pop()
        if isinstance(one, Mapping):
            pending += reversed([(str(key), inner) for key, inner in one.items()])
        elif isinstance(one, list | tuple):
            pending += [(label, inner) for inner in reversed(one)]
        elif text := scalar_text(one).strip():
            texts.append(f"{label}: {text}" if label else text)
    return "; ".join(texts)
