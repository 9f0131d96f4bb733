"""Which reader reads a file? One module a format; `READERS` is the only list of them.

The name of a file says what it should be; where its content shows that it is something else, that counts.
"""

from collections.abc import Callable, Iterable

from index.extracted import BadRecord, Extracted
from index.formats import docx, epub, html, mail, markdown, odt, records, rtf, text, xml
from index.formats.pdf import reader as pdf
from index.formats.support.sniff import BROKEN_ZIP, OLD_OFFICE, Content, sniff
from index.sources.files import SourceFile

Reader = Callable[[SourceFile], Iterable[Extracted | BadRecord]]

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".dotx": docx.read,
    ".odt": odt.read,
    ".ott": odt.read,
    ".epub": epub.read,
    ".rtf": rtf.read,
    ".xml": xml.read,
    ".xml.gz": xml.read,
    ".tei": xml.read,
    ".tei.gz": xml.read,
    ".eml": mail.read,
    ".mbox": mail.read_mbox,
    ".jsonl": records.read_json,
    ".ndjson": records.read_json,
    ".csv": records.read_csv,
    ".jsonl.gz": records.read_json,
    ".ndjson.gz": records.read_json,
    ".csv.gz": records.read_csv,
}
"""Suffix in lower case -> reader. A reader raises ReadError or OSError for a file it cannot read."""

VERSION = 2
"""Raised when a reader gives another result for the same file: files are then read again."""

_PACKAGES = {".docx", ".dotx", ".odt", ".ott", ".epub"}
_BROKEN_PACKAGES = {BROKEN_ZIP, OLD_OFFICE}  # of which their readers say what is wrong
COLLECTIONS = (xml.read, records.read_json, records.read_csv, mail.read_mbox)
"""Those whose files may hold any number of documents."""
_NO_TEXT = {*_PACKAGES, ".pdf", ".rtf"}  # formats that text cannot be of


def reader_of(file: SourceFile) -> Reader | None:
    """The reader for what is in a file, or None if its format is not read."""
    found = _found(file)
    return None if isinstance(found, str) else found


def why_not_read(file: SourceFile) -> str:
    """The reason why a file has no reader."""
    found = _found(file)
    return found if isinstance(found, str) else ""


def _found(file: SourceFile) -> Reader | str:
    """The reader, or the reason why there is none."""
    named = READERS.get(file.suffix)
    try:
        content = sniff(file)
    except OSError:  # which is for whoever reads it to find out
        content = Content()
    if shown := READERS.get(_shown(file, content)):
        return shown
    if named is None:
        return _unknown(file)
    if content.kind and not (file.suffix in _PACKAGES and content.kind in _BROKEN_PACKAGES):
        return f"It is {content.kind}, which is not read."
    if content.empty and named not in COLLECTIONS:  # a document that is its name alone
        return text.read
    return text.read if content.text and file.suffix in _NO_TEXT else named


def _shown(file: SourceFile, content: Content) -> str:
    """The suffix that the file should have by its content; nothing if that does not tell."""
    packed = content.suffix == ".gz" and not file.suffix.endswith(".gz")
    return f"{file.suffix}.gz" if packed else file.suffix if content.suffix == ".gz" else content.suffix


def _unknown(file: SourceFile) -> str:
    return f"The format {file.suffix} is not read." if file.suffix else "A file without a suffix is not read."
