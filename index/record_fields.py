"""The keys of a record (JSON, CSV, front matter, sidecar) as fields under the names of `Document`."""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from index.extracted import Values

_TEXTS = {"id", "title", "date", "summary", "body", "collection", "language", "type", "place", "citation"}
_LISTS = {"authors", "recipients", "subjects"}
_OTHER_NAMES = {"keywords": "subjects", "url": "source_url"}
_SEPARATORS = {"keywords": ","}


@dataclass(frozen=True, slots=True)
class RecordFields:
    """The fields of a record, and its other keys with their values as text."""

    fields: Mapping[str, Values] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)


def parse_record(record: Mapping[str, Any], more: Set[str] = frozenset()) -> RecordFields:
    """Sort the keys of a record into fields and extra values; keys in `more` are fields as well.

    A list may be given as one string, separated by `;` (keywords: `,`).
    """
    fields: dict[str, Values] = {}
    extra: dict[str, str] = {}
    for key, value in record.items():
        name = _OTHER_NAMES.get(key, key)
        if name in _LISTS:
            values = _several(value, _SEPARATORS.get(key, ";"))
            fields[name] = tuple(dict.fromkeys((*fields.get(name, ()), *values)))
        elif name in _TEXTS or name in more or name == "source_url":
            fields[name] = _text(value).strip()
        elif text := _text(value).strip():
            extra[str(key)] = text
    return RecordFields(fields, extra)


def values_in(text: str, *separators: str) -> tuple[str, ...]:
    """The distinct values in a text between any of the separators, each on one line."""
    for separator in separators[1:]:
        text = text.replace(separator, separators[0])
    return _distinct(text.split(separators[0]))


def _several(value: Any, separator: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return values_in(value, separator)
    return _distinct(map(_text, value if isinstance(value, list) else [value]))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (" ".join(text.split()) for text in texts))))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case list():
            return "; ".join(text for text in map(_text, value) if text)
        case dict():
            return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
