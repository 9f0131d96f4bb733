"""A line of the log, as text or as JSON.

Whatever a value holds, a line is one line of printable characters, and shorter than the 4,096 bytes that a
process writes to a pipe undivided (PIPE_BUF of Linux): lines of several processes do not mix.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal

Format = Literal["text", "json"]

Value = str | int | float | None

_WIDTHS = {"message": 900, "traceback": 2400, "client": 100, "level": 20, "logger": 100, "generation": 100}
_WIDTH = 900  # bytes of any other text, in quotation marks
_PLAIN = re.compile(r"[!#-\[\]-~]+")  # visible ASCII without quotation mark and backslash
_SURROGATE = re.compile("[\ud800-\udfff]")


class LogEntry(ABC):
    """What the log has a line of its own kind for."""

    __slots__ = ()

    @abstractmethod
    def line(self, form: Format, *, with_query: bool = False) -> bytes:
        """Its line; `with_query`, the text that was searched for is in it."""


def message_line(
    time: float, level: str, message: str, more: Mapping[str, str | None], form: Format
) -> bytes:
    """The line of a message; `more` may have `logger` and `traceback`, of which the end is kept."""
    if form == "json":
        return event_line(time, "message", {"level": level, "message": message}, more, form)
    return event_line(time, level, {"message": message}, more, form)


def event_line(
    time: float, event: str, always: Mapping[str, Value], known: Mapping[str, Value], form: Format
) -> bytes:
    """The line of an event: its values that every line of its kind has, and those that are `known`.

    `time` is in POSIX seconds. In a line of text the former stand without their names, in their order.
    """
    stamp = datetime.fromtimestamp(time, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
    more = [(name, value) for name, value in known.items() if value is not None]
    if form == "json":
        pairs = [("time", stamp), ("event", event), *always.items(), *more]
        text = "{" + ",".join([f'"{name}":{_json(name, value)}' for name, value in pairs]) + "}\n"
    else:
        words = [stamp, event, *[_word(name, value) for name, value in always.items()]]
        text = " ".join(words + [f"{name}={_word(name, value)}" for name, value in more]) + "\n"
    return text.encode()


def _json(name: str, value: Value) -> str:
    if value is None:
        return "null"
    return _quoted(name, value) if isinstance(value, str) else str(value)


def _word(name: str, value: Value) -> str:
    if value is None:
        return "-"
    if not isinstance(value, str):
        return str(value)
    is_plain = (
        len(value) <= _WIDTHS.get(name, _WIDTH)
        and value != "-"
        and name != "message"
        and _PLAIN.fullmatch(value)
    )
    return value if is_plain else _quoted(name, value)


def _quoted(name: str, value: str) -> str:
    """A JSON string of limited length, in which all characters that are not printable are escaped."""
    most = _WIDTHS.get(name, _WIDTH)
    whole, kept = value, min(len(value), most)
    while True:
        if kept < len(whole):
            value = "…" + whole[len(whole) - kept :] if name == "traceback" else whole[:kept] + "…"
        quoted = _escaped(value)
        if len(quoted.encode()) <= most:
            return quoted
        kept = kept * 3 // 4


def _escaped(value: str) -> str:
    if value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    quoted = json.dumps(_SURROGATE.sub("\ufffd", value), ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in quoted)
