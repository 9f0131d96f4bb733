"""CSV (RFC 4180): one row a document, for spreadsheets and statistics; the text of documents is left out.

UTF-8 with a byte order mark, by which Excel knows the encoding; lines end with CR LF.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from search.document import ArchivalDate, Document
from search.export.format import ExportContext, ExportFormat
from search.export.spreadsheet import cell

SEPARATOR = "; "
"""What stands between the values of a list."""

_ROWS = 100  # that are written at once


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the header, and its text for a document; None for no text."""

    name: str
    text: Callable[[Document], str | None]


def _of_date(text: Callable[[ArchivalDate], str | None]) -> Callable[[Document], str | None]:
    return lambda document: text(document.date) if document.date else None


def _extra(document: Document) -> str:
    return SEPARATOR.join(f"{key}: {value}" for key, value in document.extra.items())


COLUMNS = (
    Column("id", lambda document: document.id),
    Column("title", lambda document: document.title),
    Column("date", _of_date(lambda date: date.text)),
    Column("date_earliest", _of_date(lambda date: date.earliest_iso)),
    Column("date_latest", _of_date(lambda date: date.latest_iso)),
    Column("date_certainty", _of_date(lambda date: date.certainty)),
    Column("authors", lambda document: SEPARATOR.join(document.authors)),
    Column("recipients", lambda document: SEPARATOR.join(document.recipients)),
    Column("type", lambda document: document.type),
    Column("place", lambda document: document.place),
    Column("subjects", lambda document: SEPARATOR.join(document.subjects)),
    Column("language", lambda document: document.language),
    Column("text_language", lambda document: document.text_language),
    Column("summary", lambda document: document.summary),
    Column("collection", lambda document: document.collection),
    Column("classification", lambda document: document.classification),
    Column("reference", lambda document: document.reference.text if document.reference else None),
    Column("citation", lambda document: document.citation),
    Column("credits", lambda document: document.credits),
    Column("source_url", lambda document: document.source_url),
    Column("source", lambda document: document.source),
    Column("folder", lambda document: document.folder),
    Column("files", lambda document: SEPARATOR.join(document.files)),
    Column("parent", lambda document: document.parent),
    Column("extra", _extra),
    Column("indexed", lambda document: document.indexed_at),
)
"""The columns, in their order."""
PERMALINK = "url"
"""The column that follows them, which holds the permalink of the document."""


def table(header: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """A CSV file of texts, numbers and truth values, piece by piece; what is None is an empty cell.

    `search.export.spreadsheet` keeps formulas out of its cells.
    """
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    written.write("\ufeff")
    writer.writerow(header)
    for number, row in enumerate(rows, 1):
        writer.writerow([cell(_text(value)) for value in row])
        if not number % _ROWS:
            yield _taken(written)
    yield _taken(written)


def _text(value: object) -> str:
    """A value as JSON has it, texts without their quotation marks; null is empty."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _taken(written: StringIO) -> bytes:
    """What was written since it was last taken."""
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text.encode("utf-8", "replace")


def _pieces(documents: Iterable[Document], context: ExportContext) -> Iterator[bytes]:
    texts = [column.text for column in COLUMNS]
    rows = ([*[text(document) for text in texts], context.permalink(document.id)] for document in documents)
    return table([*(column.name for column in COLUMNS), PERMALINK], rows)


CSV = ExportFormat("csv", "CSV", "csv", _pieces)
