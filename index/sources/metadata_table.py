"""`metadata.csv`: one row for each file it describes, which the column `file` names."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.encoding import decode
from index.extracted import ReadError

TABLE = "metadata.csv"
"""The table's file name, in lower case."""


@dataclass(frozen=True, slots=True)
class MetadataRow:
    """A row of the table: its number (1 below the header), the file it describes, its cells by column."""

    number: int
    file: str
    cells: Mapping[str, str]


def read_rows(data: bytes) -> Iterator[MetadataRow]:
    """The rows in order. Raises ReadError if any of them cannot be read, since it might withhold a file."""
    csv.field_size_limit(max(csv.field_size_limit(), len(data) + 1))  # one for the whole process
    text = decode(data)
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        if "file" not in header:
            raise ReadError("Its first row names no column file; call it otherwise if it holds records.")
        if len(set(header)) < len(header):
            raise ReadError("Its first row names a column twice.")
        for number, row in enumerate(rows, 1):
            if any(map(str.strip, row)):
                yield _row(number, row, header)
    except csv.Error as error:
        raise ReadError(f"Line {rows.line_num} is no CSV: {error}.") from error


def _row(number: int, row: list[str], header: list[str]) -> MetadataRow:
    if len(row) > len(header):
        raise ReadError(f"Row {number} has {len(row)} cells, but the first row names {len(header)} columns.")
    cells = dict(zip(header, row, strict=False))
    file = cells.pop("file", "").strip()
    if not file:
        raise ReadError(f"Row {number} names no file.")
    return MetadataRow(number, file, cells)
