"""Tables: the row that names the columns, and the records below it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.extracted import BadRecord, Extracted, ReadError
from index.formats.format import ReadContext
from index.formats.records.document import Origin, document
from index.record_fields import fields_named_by
from index.sources.files import SourceFile

LOOKED_AT = 10
"""Rows among which the one that names the columns is looked for."""

_TEXT_FIELDS = {"title", "body", "summary"}
_SHOWN = 12  # columns in a message
_LONGEST_NAME = 40  # characters of a column's name in a message
_LIKELY_NAMES = 2  # columns that a row further down must name


@dataclass(frozen=True, slots=True)
class Row:
    """A row, or the reason why it cannot be read.

    `at` is the number of bytes of the file read so far, `encoding` that of the row if it was guessed.
    """

    cells: Sequence[Any] = ()
    error: str = ""
    at: int = 0
    encoding: str = ""


def header_in(rows: Sequence[Sequence[Any]]) -> int | None:
    """Which row names the columns: the first that names a title or a text; None if none does.

    A row below the first must name one more column, for it might be a record.
    """
    for number, row in enumerate(rows[:LOOKED_AT]):
        named = fields_named_by(column_names(row))
        if not _TEXT_FIELDS.isdisjoint(named.values()) and (not number or len(named) >= _LIKELY_NAMES):
            return number
    return None


def column_names(row: Iterable[Any]) -> list[str]:
    """The names of the columns, without those behind the last that has one."""
    names = ["" if cell is None else " ".join(str(cell).split()) for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def no_header(first: Sequence[Any], what: str = "Its first row") -> ReadError:
    """The error of a table whose columns are not known."""
    names = [f"{name[:_LONGEST_NAME]!r}" for name in column_names(first)]
    shown = ", ".join([*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])]) or "no names"
    return ReadError(
        f"{what} has the columns {shown}; one that names a title or a text is needed, such as title, body, "
        "text or description."
    )


def records(
    file: SourceFile, context: ReadContext, names: Sequence[str], rows: Iterable[Row], before: int = 0
) -> Iterator[Extracted | BadRecord]:
    """The records below the row that names the columns, numbered from 1 behind those `before`.

    Empty rows are not counted. Cells behind the last column must be empty, else it is not clear which cell
    belongs to which column.
    """
    number = before
    for row in rows:
        if not row.error and not any(_says(cell) for cell in row.cells):
            continue
        number += 1
        if not context.shard.holds(number):
            continue
        if row.error:
            yield BadRecord(number, row.error)
        elif any(_says(cell) for cell in row.cells[len(names) :]):
            yield BadRecord(
                number,
                f"The row has {len(row.cells)} cells, but the first row names {len(names)} columns.",
            )
        else:
            origin = Origin(number, row.at, row.encoding)
            yield document(file, origin, list(zip(names, row.cells, strict=False)))


def _says(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""
