"""MARC 21 as libraries exchange it, in binary (ISO 2709).

https://www.loc.gov/marc/specifications/specrecstruc.html. Texts in MARC-8 are decoded by
pymarc; its reader of records takes a wrong directory at its word, and parts fields in the middle of words.
"""

import re
from collections.abc import Iterator
from typing import IO

from index.extracted import BadRecord, Extracted, ReadError
from index.formats.catalogue.marc import DataField, MarcRecord, document
from index.formats.format import ReadContext
from index.sources.files import SourceFile

LEADER = re.compile(rb"\s*\d{5}[a-z ]{4}[a ]22\d{5}...4500", re.DOTALL)
"""How a file begins: https://www.loc.gov/marc/bibliographic/bdleader.html."""

MAX_RECORD_BYTES = 4 << 20
"""The most that is read of one record; the format itself ends at 99,999 bytes, which some exceed."""

_END, _FIELD_END, _SUBFIELD = b"\x1d", b"\x1e", b"\x1f"
_ENTRY = re.compile(rb"[0-9A-Za-z]{3}\d{9}")
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
    try:
        return document(file, number, _record(data))
    except ReadError as error:
        return BadRecord(number, str(error))


def _record(data: bytes) -> MarcRecord:
    """A record from its leader, its directory of 12 bytes a field, and its fields.

    Fields are told by the marks between them; the places in the directory only give their order, for they
    are wrong wherever a program changed the encoding. Raises ReadError if the two do not fit.
    """
    directory, *contents = data[24:].rstrip(_END).split(_FIELD_END)
    entries = [directory[at : at + 12] for at in range(0, len(directory), 12)]
    if contents and not contents[-1].strip():
        del contents[-1]
    if not entries or len(entries) != len(contents) or not all(map(_ENTRY.fullmatch, entries)):
        raise ReadError("The record is no MARC 21: its directory does not fit its fields.")
    control: list[tuple[str, str]] = []
    fields: list[DataField] = []
    for entry, content in zip(sorted(entries, key=lambda entry: entry[7:]), contents, strict=True):
        tag = entry[:3].decode("ascii")
        if tag < "010":
            control.append((tag, _decoded(content)))
            continue
        indicators, *subfields = content.split(_SUBFIELD)
        if len(indicators) != 2:
            raise ReadError(f"The record is no MARC 21: its field {tag} has no indicators.")
        pairs = ((_decoded(part[:1]), _decoded(part[1:])) for part in subfields if part)
        fields.append(DataField(tag, tuple(pairs)))
    return MarcRecord(data[:24].decode("ascii", "replace"), tuple(control), tuple(fields))


def _decoded(data: bytes) -> str:
    """UTF-8, as all should be that says so and much is that does not; else MARC-8."""
    try:
        return data.decode("utf-8") if b"\x1b" not in data else _marc8(data)
    except UnicodeDecodeError:
        return _marc8(data)


def _marc8(data: bytes) -> str:
    from pymarc.marc8 import marc8_to_unicode  # noqa: PLC0415 - large tables, which few need

    try:
        return marc8_to_unicode(data, hide_utf8_warnings=True)
    except (IndexError, UnicodeError, ValueError, KeyError):
        return data.decode("cp1252", "replace")
