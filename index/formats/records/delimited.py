"""Records in text with delimiters: CSV and its kin (RFC 4180), with commas, semicolons, tabs or bars."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from index.extracted import BadRecord, Extracted, ReadError
from index.formats.format import ReadContext
from index.formats.records import lines as line_stream
from index.formats.records.lines import lines
from index.formats.records.table import LOOKED_AT, Row, column_names, header_in, no_header, records
from index.record_fields import fields_named_by
from index.sources.files import SourceFile
from index.sources.read_task import Shard

DELIMITERS = ",;\t|"

_SAMPLE = 1 << 16  # characters by which the delimiter is told
_SAMPLE_ROWS = 20
_SEARCHED = 1 << 20  # characters of the lines that are tried as one row behind a broken one


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The records of a file: its first row names the columns, record 1 is the row below it.

    Raises ReadError if no row names a title or a text, or the file is broken.
    """
    csv.field_size_limit(line_stream.MAX_RECORD_BYTES)
    source = _Lines(file)
    sample = list(source.sample())
    if not sample:
        return
    delimiter = _delimiter(sample)
    rows = _rows(source, delimiter)
    first: list[Row] = []
    for row in islice(rows, LOOKED_AT):
        first.append(row)
        if header_in([one.cells for one in first]) is not None:
            break
    else:
        if first and first[0].error:
            raise ReadError(f"Its first row cannot be read: {first[0].error}")
        raise no_header(next((row.cells for row in first if any(row.cells)), ()))
    if above := [" ".join(filter(None, row.cells)) for row in first[:-1] if any(row.cells)]:
        context.remarks.append(f"What stands above the names of its columns is not read: {'; '.join(above)}.")
    names = column_names(first[-1].cells)
    source.width = len(names)
    yield from records(file, context, names, rows)


def _delimiter(sample: Sequence[str]) -> str:
    """The delimiter with which most columns have names that are known, else that which makes most columns."""

    def merits(delimiter: str) -> tuple[int, int, int]:
        try:
            rows = list(islice(csv.reader(sample, delimiter=delimiter), _SAMPLE_ROWS))
        except csv.Error:
            rows = list(islice(csv.reader(sample, delimiter=delimiter, quoting=csv.QUOTE_NONE), _SAMPLE_ROWS))
        rows = [row for row in rows if any(row)]
        header = header_in(rows)
        names = column_names(rows[header or 0]) if rows else []
        known = 0 if header is None else len(fields_named_by(names))
        return known, sum(len(row) == len(names) for row in rows) if len(names) > 1 else 0, len(names)

    return max(DELIMITERS, key=merits)


def _rows(source: "_Lines", delimiter: str) -> Iterator[Row]:
    """The rows of a file. A row that is broken ends with its first line: what follows is read as rows again.

    A quote that is never closed would hide all that follows. Behind a broken row, the next one is the first
    that has all columns.
    """
    while True:
        source.begin()
        try:
            cells = next(csv.reader(source, delimiter=delimiter, strict=True), None)
            if cells and len(source.taken) > 1 and 0 < source.width < len(cells):
                raise _BadLine("a quote is not closed")  # before that of another broken row
        except (csv.Error, _BadLine) as error:
            taken = source.taken
            if cells := _unquoted(taken, delimiter, source.width):
                source.give_back(taken[1:])
                yield Row(cells, at=source.at, encoding=source.encoding)
                continue
            yield Row(error=f"The row cannot be read: {error}.", at=source.at)
            source.give_back(taken[1:])
            if len(taken) > 1:
                _skip_to_row(source, delimiter)
            continue
        if cells is None:
            return
        yield Row(cells, at=source.at, encoding=source.encoding)


def _unquoted(taken: Sequence[str], delimiter: str, width: int) -> list[str] | None:
    """The cells of a broken row on one line, or with tabs, whose quotes are meant as characters."""
    if not taken or not width or (len(taken) > 1 and delimiter != "\t"):
        return None
    cells = next(csv.reader(taken[:1], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    return cells if len(cells) == width else None


def _skip_to_row(source: "_Lines", delimiter: str) -> None:
    """Leave out lines until one begins a row with as many cells as there are columns."""
    while True:
        source.begin(_SEARCHED)
        try:
            cells = next(csv.reader(source, delimiter=delimiter, strict=True), None)
        except (csv.Error, _BadLine):
            cells = []
        taken = source.taken
        found = cells is None or len(cells) == source.width
        source.give_back(taken if found else taken[1:])
        if found or not taken:
            return


class _BadLine(Exception):
    """A line is not text, or a row has too many of them."""


class _Lines:
    """The lines of a file as an iterator for the csv module. Lines that were taken can be given back."""

    def __init__(self, file: SourceFile) -> None:
        self._lines = lines(file, Shard())
        self._pending: deque[str | ReadError] = deque()
        self._limit = self._length = 0
        self.taken: list[str] = []
        self.at = 0
        self.encoding = ""
        """That of the file, if it was guessed for any of the lines read so far."""
        self.width = 0
        """The number of columns; 0 until it is known."""

    def sample(self) -> Iterator[str]:
        """The first lines, which stay to be read."""
        kept: list[str | ReadError] = []
        length = 0
        while length < _SAMPLE and (line := self._next()) is not None:
            kept.append(line)
            length += len(line) if isinstance(line, str) else 0
        self._pending.extendleft(reversed(kept))
        yield from (line for line in kept if isinstance(line, str))

    def begin(self, limit: int | None = None) -> None:
        """Begin a row, which must not be longer than `limit`."""
        self.taken, self._length = [], 0
        self._limit = line_stream.MAX_RECORD_BYTES if limit is None else limit

    def give_back(self, taken: Sequence[str]) -> None:
        """Let lines be read again."""
        self._pending.extendleft(reversed(taken))

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._next()
        if line is None:
            raise StopIteration
        if isinstance(line, ReadError):
            if self.taken:  # it is a record of its own
                self._pending.appendleft(line)
            raise _BadLine(str(line).rstrip("."))
        self.taken.append(line)
        self._length += len(line)
        if self._length > self._limit:
            raise _BadLine("a quote is not closed")
        return line

    def _next(self) -> str | ReadError | None:
        if self._pending:
            return self._pending.popleft()
        line = next(self._lines, None)
        if line is None:
            return None
        self.at = line.at
        self.encoding = line.encoding or self.encoding
        if isinstance(line.text, ReadError):
            return line.text
        text = line.text.replace("\r\n", "\n").replace("\r", "\n")
        first, *more = text.removesuffix("\n").split("\n")
        self._pending.extendleft(f"{one}\n" for one in reversed(more))
        return f"{first}\n"
