"""Spreadsheets: each sheet is read like a CSV file.

1. Cells are read as they are meant: days without a time, whole numbers without a point, values of formulas.
2. Sheets whose columns are not known are told.
3. What may do harm, is broken or locked is a ReadError; a missing package is named.
"""

import sys
from pathlib import Path

import pytest

from index.extracted import ReadError
from index.formats import ReadContext, format_of
from index.formats.records import spreadsheet
from tests.files import packed, read, source_file, understood, xlsx
from tests.index.formats.samples import SHEET


def test_1_cells(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import datetime  # noqa: PLC0415

    book = openpyxl.Workbook()
    book.active.append(["Title", "Date", "Shelf", "Text", "Ratio"])
    book.active.append(["A", datetime(1952, 3, 9), 3.0, "One\nTwo", 1.5])
    book.active.append([None, None, None, None, None])
    book.active.append([1852, datetime(1952, 3, 9, 10, 30), True, "Three", "=1+1"])
    book.save(tmp_path / "a.xlsx")
    first, second = understood(tmp_path / "a.xlsx")
    assert (first.title, first.body, dict(first.extra)) == ("A", "One\nTwo", {"Shelf": "3", "Ratio": "1.5"})
    assert first.date is not None
    assert (first.date.text, first.date.earliest_iso) == ("1952-03-09", "1952-03-09")
    assert (second.title, second.extra["Shelf"]) == ("1852", "true")


def test_2_sheets(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(
        xlsx(SHEET, [["Bird", "Colour"], ["Goose", "white"]], [["Inventory"], [], *SHEET])
    )
    file, context = source_file(tmp_path / "a.xlsx"), ReadContext()
    form = format_of(file)
    assert form is not None
    assert [one.number for one in form.read(file, context)] == [1, 2, 3, 4]
    assert len(context.remarks) == 1
    assert context.remarks[0].startswith(
        "The first row of its sheet 'Box 2' has the columns 'Bird', 'Colour'"
    )


def test_2_no_columns(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="'Bird', 'Colour'"):
        read(tmp_path / "a.xlsx", xlsx([["Bird", "Colour"], ["Goose", "white"]]))


@pytest.mark.parametrize(
    "rows",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<c r='xfd1048576'><v>1</v></c>",
        '<c r="D2147483648"><v>1</v></c>',
        '</row><row r="2147483648"><c><v>1</v></c>',
    ],
)
def test_3_a_sheet_that_spans_too_much(tmp_path: Path, rows: str) -> None:
    broken = packed(
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/worksheets/sheet1.xml": f'<worksheet><row r="1"><c r="A1"/>{rows}</row></worksheet>',
        }
    )
    with pytest.raises(ReadError, match=r"spans \d+,\d{3},\d{3},\d{3} cells"):
        read(tmp_path / "a.xlsx", broken)


@pytest.mark.parametrize(
    "row",
    [
        '<t:table-row t:number-rows-repeated="2000000000"><t:table-cell>A</t:table-cell></t:table-row>',
        '<t:table-row><t:table-cell/><t:table-cell t:number-columns-repeated="2000000000">A</t:table-cell>',
    ],
)
def test_3_cells_that_are_repeated_too_often(tmp_path: Path, row: str) -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with pytest.raises(ReadError, match=r"spans 2,000,000,00\d cells"):
        read(tmp_path / "a.ods", packed({"mimetype": kind, "content.xml": row}))


def test_3_empty_cells_do_not_count(tmp_path: Path) -> None:
    data = b'<t:table-row t:number-rows-repeated="1048576"><t:table-cell t:number-columns-repeated="16384"/>'
    assert spreadsheet._repeated(data) == 0


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.xls"])
@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_3_broken(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(ReadError):
        read(tmp_path / name, data)


def test_3_the_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(ReadError, match=r"opis\[xlsx\]"):
        read(tmp_path / "a.xlsx", xlsx(SHEET))
