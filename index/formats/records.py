"""Records in JSON Lines and CSV, plain or gzipped, read as a stream, one record at a time."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import msgspec

from index.encoding import decode, marked_encoding
from index.extracted import BadRecord, Extracted, ReadError
from index.formats.format import ReadContext
from index.formats.text import plain
from index.record_fields import parse_record
from index.sources.files import SourceFile
from index.sources.read_task import Shard

MAX_RECORD_BYTES = 64 << 20
"""The longest line that is read, in bytes after decompression."""

_GZIP = b"\x1f\x8b"
_TOO_LONG = f"The record is longer than {MAX_RECORD_BYTES >> 20} MB."


def read_json(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The records of a JSON Lines file; a line that is not a JSON object is a BadRecord."""
    for number, at, line in _lines(file, context.shard):
        if isinstance(line, ReadError):
            yield BadRecord(number, str(line))
        elif line.strip():
            yield _json_record(number, at, line)


def read_csv(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The records of a CSV file: its first row names the fields, record 1 is the row below it."""
    csv.field_size_limit(MAX_RECORD_BYTES)
    lines = _Lines(file)
    rows = csv.reader(lines, strict=True)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
    except (csv.Error, _BadLine) as error:
        raise ReadError(f"Its first row cannot be read: {error}.") from error
    if not header and not file.path.stat().st_size:
        return
    if "title" not in header and "body" not in header:
        raise ReadError("Its first row names no field title or body.")
    number = 0
    while True:
        try:
            row = next(rows, None)
        except (csv.Error, _BadLine) as error:
            number += 1
            yield BadRecord(number, f"The row cannot be read: {error}.")
            continue
        if row is None:
            return
        if not any(row):
            continue
        number += 1
        if not context.shard.holds(number):
            continue
        if len(row) > len(header):
            yield BadRecord(
                number, f"The row has {len(row)} cells, but the first row names {len(header)} fields."
            )
        else:
            yield _record(number, lines.at, dict(zip(header, row, strict=False)))


def _json_record(number: int, at: int, line: str) -> Extracted | BadRecord:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        return BadRecord(number, f"The line is not JSON: {error}.")
    if not isinstance(record, dict):
        return BadRecord(number, "The line is not a JSON object.")
    return _record(number, at, record)


def _record(number: int, at: int, record: dict[str, Any]) -> Extracted:
    found = parse_record(record)
    body = str(found.fields.get("body", ""))
    fields = {name: value for name, value in found.fields.items() if name != "body"}
    return Extracted(plain(body.replace("\r\n", "\n")), fields, found.extra, number, header=False, at=at)


class _BadLine(Exception):
    """A line of a CSV file is not text, or too long."""


class _Lines:
    """The lines of a file as an iterator for the csv module, which may go on after one that raises."""

    def __init__(self, file: SourceFile) -> None:
        self._lines = _lines(file, Shard())
        self.at = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        _, self.at, line = next(self._lines)
        if isinstance(line, ReadError):
            raise _BadLine(str(line).rstrip("."))
        return line


def _lines(file: SourceFile, shard: Shard) -> Iterator[tuple[int, int, str | ReadError]]:
    """(number from 1, bytes of the file read so far, line) for each line of a shard.

    In place of a line that is not text, or too long, stands the error.
    """
    with _opened(file) as (raw, stream):
        mark = marked_encoding(stream.peek(4)[:4])
        if mark and mark != "utf-8-sig":
            text = io.TextIOWrapper(stream, encoding=mark, newline="")
            for number, decoded in enumerate(iter(lambda: text.readline(MAX_RECORD_BYTES), ""), 1):
                if shard.holds(number):
                    yield number, raw.tell(), decoded
            return
        number = 0
        while line := stream.readline(MAX_RECORD_BYTES + 1):
            number += 1
            if len(line) > MAX_RECORD_BYTES:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_RECORD_BYTES)
                if shard.holds(number):
                    yield number, raw.tell(), ReadError(_TOO_LONG)
            elif shard.holds(number):
                yield number, raw.tell(), _decoded(line)


def _decoded(line: bytes) -> str | ReadError:
    try:
        return decode(line)
    except ReadError as error:
        return error


@contextmanager
def _opened(file: SourceFile) -> Iterator[tuple[IO[bytes], gzip.GzipFile | io.BufferedReader]]:
    """The file on disk, for its position, and the decompressed stream of it."""
    try:
        with file.path.open("rb") as raw:
            packed = raw.read(2) == _GZIP or file.suffix.endswith(".gz")
            raw.seek(0)
            yield raw, gzip.GzipFile(fileobj=raw) if packed else raw
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ReadError(f"The gzip file is broken: {error}.") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"Its text is not {error.encoding}: {error.reason}.") from error
