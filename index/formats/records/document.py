"""One record as a document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from index.extracted import BadRecord, Extracted
from index.formats.support.content import clean
from index.formats.text import plain
from index.metadata import ids
from index.record_fields import parse_record
from index.sources.files import SourceFile


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record is from: its number from 1, the bytes of the file read so far, its guessed encoding."""

    number: int
    at: int = 0
    encoding: str = ""


def document(
    file: SourceFile, origin: Origin, record: Mapping[str, Any] | Iterable[tuple[str, Any]]
) -> Extracted | BadRecord:
    """The document of a record; whatever is wrong with the record is a BadRecord.

    The number that it has in the program that it is from makes its id, together with the name of the file.
    """
    try:
        found = parse_record(record)
        body = clean(str(found.fields.get("body", "")))
        fields = {name: value for name, value in found.fields.items() if name not in {"body", "record_id"}}
        if "id" not in fields and (own := found.fields.get("record_id")):
            fields["id"] = f"{ids.file_slug(file.name)}-{own}"
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        why = str(error).rstrip(".") or type(error).__name__
        return BadRecord(origin.number, f"The record cannot be read: {why}.")
    return Extracted(
        plain(body),
        fields,
        found.extra,
        origin.number,
        header=False,
        at=origin.at,
        encoding=origin.encoding,
    )
