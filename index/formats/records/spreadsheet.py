"""Records in spreadsheets: Excel and OpenDocument, each sheet a table whose first row names the columns."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from index.extracted import BadRecord, Extracted, ReadError
from index.formats.format import ReadContext
from index.formats.records.table import LOOKED_AT, Row, column_names, header_in, no_header, records
from index.formats.support.archive import Archive, opened
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MISSING = "Spreadsheets are read by the package python-calamine, which is missing: pip install 'opis[xlsx]'."
MAX_CELLS = 20_000_000
"""The most cells that a sheet may span; a sheet is held whole, with the empty cells between its corners."""

_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\b[^>]*?\sr\s*=\s*["']([A-Za-z]{0,10})(\d{1,20})""")
"""The place of a cell, or the number of a row."""
_PART = re.compile(rb"<(?:\w+:)?(?:covered-)?table-(row|cell)\b([^>]*)>")
_REPEATED = re.compile(rb"""-repeated\s*=\s*["'](\d{1,20})""")
_OLE = b"\xd0\xcf\x11\xe0"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def is_spreadsheet(archive: Archive) -> bool:
    """Whether a ZIP file is a spreadsheet of Excel or OpenDocument."""
    return "xl/workbook.xml" in archive or archive.read_if_there("mimetype").startswith(_ODS)


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The records of all sheets, numbered through; a sheet whose columns are not known gets a remark.

    Raises ReadError if no sheet names its columns, or the file cannot be read.
    """
    _check_size(file)
    refused: list[ReadError] = []
    number = 0
    for sheet in _sheets(file):
        rows = sheet.iter_rows()
        first = [row for row in islice(rows, LOOKED_AT) if column_names(row)]
        header = header_in(first)
        if header is not None:
            names = column_names(first[header])
            for row in _rows([*first[header + 1 :]], rows):
                number += 1
                yield from records(file, context, names, [row], number - 1)
        elif first:
            refused.append(no_header(first[0], f"The first row of its sheet {sheet.name!r}"))
    if refused and not number:
        raise refused[0]
    context.remarks.extend(map(str, refused))


def _rows(first: Iterable[Sequence[Any]], rest: Iterable[Sequence[Any]]) -> Iterator[Row]:
    for source in (first, rest):
        for row in source:
            cells = [_value(cell) for cell in row]
            if any(cell not in {"", None} for cell in cells):
                yield Row(cells)


def _value(cell: Any) -> Any:
    """The value of a cell. A span of time, which no record has, is shown as it is."""
    return str(cell) if isinstance(cell, datetime.timedelta) else cell


def _sheets(file: SourceFile) -> Iterator["CalamineSheet"]:
    try:
        import python_calamine  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ReadError(MISSING) from error
    try:
        workbook = python_calamine.load_workbook(str(file.path))
        for name in workbook.sheet_names:
            yield workbook.get_sheet_by_name(name)
    except python_calamine.PasswordError as error:
        raise ReadError("It is password-protected.") from error
    except python_calamine.CalamineError as error:
        raise ReadError(f"The file is broken or cut short: {str(error).rstrip('.')}.") from error


def _check_size(file: SourceFile) -> None:
    """Raise ReadError for a ZIP bomb, and for a sheet that spans too many cells.

    Each part is unpacked once within the limits of `index.formats.support.archive`.
    """
    with file.path.open("rb") as stream:
        if stream.read(len(_OLE)) == _OLE:  # .xls of before 2007, which is not packed
            return
    with opened(file) as archive:
        for name in archive.names():
            data = archive.read(name)
            spanned = 0
            if name.startswith("xl/worksheets/"):
                spanned = _spanned(data)
            elif name == "content.xml":
                spanned = _repeated(data)
            if spanned > MAX_CELLS:
                raise ReadError(f"A sheet of it spans {spanned:,} cells, more than {MAX_CELLS:,}.")


def _spanned(sheet: bytes) -> int:
    """The cells between the corners of a sheet of Excel."""
    columns, rows = set[bytes](), 0
    for match in _PLACE.finditer(sheet):
        columns.add(match[1].upper())
        rows = max(rows, int(match[2]))
    return max((_number(column) for column in columns if column), default=1) * rows


def _repeated(sheets: bytes) -> int:
    """The cells of OpenDocument sheets up to the last filled one of each row, repeated ones too."""
    total = rows = columns = filled = 0
    for match in _PART.finditer(sheets):
        repeated = _REPEATED.search(match[2])
        times = int(repeated[1]) if repeated else 1
        if match[1] == b"row":
            total += rows * filled
            rows, columns, filled = times, 0, 0
        else:
            columns += times
            if not match[2].endswith(b"/") or b"value" in match[2]:
                filled = columns
    return total + rows * filled


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
