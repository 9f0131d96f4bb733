"""Which reader reads a file? One module a format; `READERS` is the only list of them."""

from collections.abc import Callable, Iterable

from index.extracted import BadRecord, Extracted
from index.formats import markdown, records, text
from index.source import SourceFile

Reader = Callable[[SourceFile], Iterable[Extracted | BadRecord]]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".jsonl": records.read_json,
    ".ndjson": records.read_json,
    ".csv": records.read_csv,
    ".jsonl.gz": records.read_json,
    ".ndjson.gz": records.read_json,
    ".csv.gz": records.read_csv,
}
"""Suffix in lower case -> reader. A reader raises ReadError or OSError for a file it cannot read."""

VERSION = 1
"""Raised when a reader gives another result for the same file: files are then read again."""


def reader_of(file: SourceFile) -> Reader | None:
    """The reader of a file's format, or None if it is not read."""
    return READERS.get(file.suffix)
