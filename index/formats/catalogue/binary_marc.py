"""MARC 21 as libraries exchange it, in binary (ISO 2709): records are split here and decoded by pymarc."""

import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from index.extracted import BadRecord, Extracted, ReadError
from index.formats.catalogue.marc import DataField, MarcRecord, document
from index.formats.format import ReadContext
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from pymarc import Record

LEADER = re.compile(rb"\s*\d{5}[a-z ]{4}[a ]22\d{5}...4500", re.DOTALL)
"""How a file begins: https://www.loc.gov/marc/bibliographic/bdleader.html."""

MAX_RECORD_BYTES = 4 << 20
"""The most that is read of one record; the format itself ends at 99,999 bytes, which some exceed."""

_END = b"\x1d"
_CHUNK = 1 << 16


def read(file: SourceFile, context: ReadContext) -> Iterator[Extracted | BadRecord]:
    """The records of a file, in order; one that cannot be decoded is a BadRecord.

    Raises ReadError behind the last whole record if the file is cut short.
    """
    with file.path.open("rb") as stream:
        for number, data in enumerate(_records(stream), 1):
            if context.shard.holds(number):
                yield _document(file, number, data)


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    """The records between the marks of their ends, so that a damaged one does not hide those behind it."""
    kept = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = chunk.split(_END)
        for piece in whole:
            yield (kept + piece).lstrip() + _END
            kept = b""
        kept += rest
        if len(kept) > MAX_RECORD_BYTES:
            raise ReadError(f"A record of it is larger than {MAX_RECORD_BYTES >> 20} MB.")
    if kept.strip(b" \t\r\n\x1a\0"):
        raise ReadError("It is cut short: its last record has no end.")


def _document(file: SourceFile, number: int, data: bytes) -> Extracted | BadRecord:
    import pymarc  # noqa: PLC0415 - only who has such files waits for it

    try:
        found = pymarc.Record(data, to_unicode=True, hide_utf8_warnings=True, utf8_handling="replace")
        return document(file, number, _record(found))
    except Exception as error:  # of any kind: it raises what it meets
        return BadRecord(
            number, f"The record is no MARC 21: {str(error).rstrip('.') or type(error).__name__}."
        )


def _record(found: "Record") -> MarcRecord:
    control = tuple((one.tag, one.data or "") for one in found.fields if one.control_field)
    data = tuple(
        DataField(one.tag, tuple((part.code, part.value) for part in one.subfields))
        for one in found.fields
        if not one.control_field
    )
    return MarcRecord(str(found.leader), control, data)
