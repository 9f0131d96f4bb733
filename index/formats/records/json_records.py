"""Records in JSON: one a line (JSON Lines), a list, or an object that holds one list of them."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from index.extracted import BadRecord, Extracted, ReadError
from index.formats.format import ReadContext
from index.formats.records.document import Origin, document
from index.formats.records.json_values import JsonText, json_texts
from index.formats.records.lines import Line, TextDecoder, lines, opened, sample, wide_encoding
from index.record_fields import fields_named_by
from index.sources.files import SourceFile

_LIST = re.compile(r"\s*\[\s*[{\]]|\s*\[\s*\n")
_TEXT_FIELDS = {"title", "body", "summary"}
_LIST_NAMES = ("records", "items", "documents", "docs", "results", "entries", "data", "hits", "@graph")
_GOES_ON = ("{", "[", ",", ":")  # the end of a line in the middle of a value
_DEEPEST = 4  # objects within objects in which a list of records is looked for
_SHOWN_KEYS = 6


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The records of a file; one that is not a JSON object is a BadRecord.

    Raises ReadError if the file has no records, or is broken.
    """
    if _has_lines(_beginning(file)):
        yield from _read_lines(file, context)
    else:
        yield from _read_values(file, context)


def unread_json(head: str) -> str:
    """What a JSON file is that holds no records, by its beginning; "" if it may hold some."""
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return (
            "" if not start[1:].strip() or start[1:].lstrip()[0] in "{]" else "JSON, a list without records"
        )
    if not start.startswith("{"):
        return "JSON without records" if _decoded_or_none(start) is not None else ""
    value = _decoded_or_none(start)
    if isinstance(value, dict):
        return "" if _is_record(value) or records_in(value) is not None else _kind(value)
    keys = re.findall(r'"([^"\\]{1,60})"\s*:', start)
    return (
        ""
        if set(fields_named_by(keys).values()) & _TEXT_FIELDS or re.search(r"\[\s*\{", start)
        else _kind(keys)
    )


def records_in(value: Mapping[str, Any]) -> list[Any] | None:
    """The one list of records in an object; None if it has none, or several that are as likely."""
    found: list[tuple[str, list[Any]]] = []
    pending = [(value, 0)]
    while pending:
        one, depth = pending.pop()
        for key, inner in one.items():
            if isinstance(inner, dict) and depth < _DEEPEST:
                pending.append((inner, depth + 1))
            elif isinstance(inner, list) and inner and isinstance(inner[0], dict) and _is_record(inner[0]):
                found.append((key.lower(), inner))
    named = [one for one in found if one[0] in _LIST_NAMES]
    likely = found if len(found) == 1 else named
    return likely[0][1] if len(likely) == 1 else _records_by_key(value) or None


def _records_by_key(value: Mapping[str, Any]) -> list[Any]:
    """The records of an object that has each under its id, and nothing else."""
    if all(isinstance(one, dict) and _is_record(one) for one in value.values()):
        return [{"id": key, **one} for key, one in value.items()]
    return []


def _beginning(file: SourceFile) -> str:
    head = sample(file)
    return head.decode(wide_encoding(head) or "utf-8", "replace").removeprefix("\ufeff")


def _has_lines(sample: str) -> bool:
    """Whether each line is a record: by the first line, or, if that is odd, by any of the others."""
    found = [line.strip() for line in sample.split("\n") if line.strip()]
    if not found or _LIST.match(sample):
        return not found
    if len(found) == 1:
        value = _decoded_or_none(found[0])
        return not isinstance(value, dict) or _is_record(value) or records_in(value) is None
    objects = [isinstance(_decoded_or_none(line), dict) for line in found if line.startswith("{")]
    if found[0].endswith(_GOES_ON):  # one value on many lines, some of which may look like records
        return 2 * sum(objects) > len(found)
    return any(objects)


def _read_lines(file: SourceFile, context: ReadContext) -> Iterator[Extracted | BadRecord]:
    for line in lines(file, context.shard):
        if isinstance(line.text, ReadError):
            yield BadRecord(line.number, str(line.text))
        elif line.text.strip():
            try:
                value = _decoded(line.text)
            except ValueError as error:
                value = error
            yield _record(file, line, value)


def _read_values(file: SourceFile, context: ReadContext) -> Iterator[Extracted | BadRecord]:
    """The items of a list, or objects one after the other; an object may hold the list."""
    head = sample(file)
    decoder = TextDecoder(head)
    number = 0
    with opened(file) as (raw, stream):
        for text in json_texts(_in_utf8(stream, wide_encoding(head))):
            encoding, values = _values(text, decoder)
            for value in values:
                number += 1
                if context.shard.holds(number):
                    yield _record(file, Line(number, raw.tell(), "", encoding), value)


def _values(text: JsonText, decoder: TextDecoder) -> tuple[str, list[Any]]:
    """The encoding of a value if it was guessed, and the record or records that it is, or an error.

    Raises ReadError for an object that holds no records.
    """
    try:
        found = decoder.decode(text.data)
        value = _decoded(found.text)
    except (ValueError, ReadError) as error:
        return "", [error]
    if text.in_list or not isinstance(value, dict) or _is_record(value):
        return found.guessed, [value]
    records = records_in(value)
    if records is None:
        raise ReadError(f"It is {_kind(value)}.")
    return found.guessed, records


def _record(file: SourceFile, line: Line, value: Any) -> Extracted | BadRecord:
    """The document of a value, or the failure that it, or the error in its place, is."""
    if isinstance(value, Exception):
        return BadRecord(line.number, f"It is not JSON: {str(value).rstrip('.')}.")
    if not isinstance(value, dict):
        return BadRecord(line.number, "It is not a JSON object.")
    return document(file, Origin(line.number, line.at, line.encoding), value)


def _in_utf8(stream: io.BufferedReader, wide: str | None) -> Callable[[int], bytes]:
    """How to read a stream: as it is, or in UTF-8 if it is in UTF-16 or UTF-32."""
    if not wide:
        return stream.read
    text = io.TextIOWrapper(stream, encoding=wide)
    return lambda size: text.read(size).removeprefix("\ufeff").encode("utf-8", "surrogatepass")


def _decoded(text: str) -> Any:
    """The value of a JSON text. Raises ValueError for anything else, and for lists nested too deep."""
    try:
        return msgspec.json.decode(text.removeprefix("\ufeff"))
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise ValueError(str(error).rstrip(".")) from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _decoded_or_none(text: str) -> Any:
    try:
        return _decoded(text)
    except ValueError:
        return None


def _is_record(value: Mapping[str, Any]) -> bool:
    """Whether an object states a title or a text."""
    return not _TEXT_FIELDS.isdisjoint(fields_named_by(list(value)).values())


def _kind(keys: Iterable[str]) -> str:
    shown = [key[:30] for key, _ in zip(keys, range(_SHOWN_KEYS), strict=False)]
    return f"JSON without records (with the keys {', '.join(shown)})" if shown else "JSON without records"
