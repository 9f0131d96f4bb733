"""The formats that are read, and which of them a file is of.

To add a format, write a module with its reader and add a line to FORMATS.
"""

import re

from index.formats import docx, epub, html, mail, markdown, odt, records, rtf, text, xml
from index.formats.catalogue import binary_marc
from index.formats.containers import tar_archive, zip_archive
from index.formats.format import Format, no_documents
from index.formats.ocr import mets
from index.formats.ocr import reader as ocr
from index.formats.pdf import reader as pdf
from index.formats.sniff import BROKEN_ZIP, OLD_OFFICE, Content, sniff
from index.sources.files import SourceFile

VERSION = 9
"""To be raised when a reader gives another result for the same file: files are then read again."""

TEXT = Format("plain text", (".txt", ".text", ".asc", ".log", ".rst"), text.read, is_transcript=True)

FORMATS = (
    TEXT,
    Format("Markdown", (".md", ".markdown"), markdown.read, is_transcript=True),
    Format("HTML", (".html", ".htm", ".xhtml"), html.read, root=html.ROOT, is_transcript=True),
    Format(
        "PDF",
        (".pdf",),
        pdf.read,
        magic=re.compile(rb"%PDF-"),
        magic_within=1024,
        text_ratio=0.05,
        is_scan=True,
    ),
    Format("EPUB", (".epub",), epub.read, is_package=epub.is_epub, text_ratio=0.3),
    Format(
        "OpenDocument", (".odt", ".ott"), odt.read, is_package=odt.is_odt, text_ratio=0.1, is_transcript=True
    ),
    Format(
        "Word", (".docx", ".dotx"), docx.read, is_package=docx.is_docx, text_ratio=0.1, is_transcript=True
    ),
    Format("Rich Text", (".rtf",), rtf.read, magic=re.compile(rb"\s*\{\\rtf"), is_transcript=True),
    Format("XML", (".xml", ".tei"), xml.read, root=xml.ROOT, gzip=True, many=True, is_transcript=True),
    Format("ALTO", (".alto",), ocr.read, root=ocr.ALTO, text_ratio=0.1, pages="ALTO pages"),
    Format("PAGE", (".page",), ocr.read, root=ocr.PAGE, text_ratio=0.1, pages="PAGE pages"),
    Format("METS", (".mets",), ocr.read_mets, root=ocr.METS, lists=mets.paths),
    Format("MARC", (".mrc", ".marc"), binary_marc.read, magic=binary_marc.LEADER, many=True),
    Format("mail message", (".eml",), mail.read, begins=mail.is_message, text_ratio=0.5),
    Format("mailbox", (".mbox",), mail.read_mbox, begins=mail.is_mailbox, many=True, text_ratio=0.5),
    Format("JSON", (".jsonl", ".ndjson", ".json"), records.read_json, gzip=True, many=True),
    Format("CSV", (".csv", ".tsv", ".tab"), records.read_csv, gzip=True, many=True),
    Format(
        "spreadsheet",
        (".xlsx", ".xlsm", ".xls", ".ods"),
        records.read_spreadsheet,
        is_package=records.is_spreadsheet,
        many=True,
    ),
    Format("ZIP", (".zip",), no_documents, is_package=zip_archive.is_folder, unpack=zip_archive.members),
    Format(
        "tar",
        tar_archive.SUFFIXES,
        no_documents,
        gzip=True,
        magic=tar_archive.MAGIC,
        unpack=tar_archive.members,
    ),
)
"""The formats in the order in which a ZIP archive or text is compared with them."""

BY_NAME = {form.name: form for form in FORMATS}
BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.all_suffixes}

IMAGES = frozenset(
    (".jpg", ".jpeg", ".tif", ".tiff", ".png", ".gif", ".webp", ".jp2", ".bmp", ".heic", ".djvu", ".djv")
)
"""Suffixes of images, which may be scans of a document that is another file."""

_OF_PROGRAMS = frozenset((
    ".bat", ".c", ".cfg", ".conf", ".cpp", ".css", ".go", ".h", ".ini", ".java", ".js", ".less", ".map",
    ".mjs", ".php", ".pl", ".ps1", ".py", ".rb", ".rs", ".scss", ".sh", ".sql", ".toml", ".ts", ".vbs",
    ".yaml", ".yml",
))  # fmt: skip
"""Suffixes of text that is part of a program or of a web page that was saved, and no document."""

_SUFFIX = re.compile(r"\.(?=\w*[^\W\d_])[\w+~-]{1,10}(?:\.gz)?")
"""A suffix that may be one of a format: in `Letter to Mr. Smith` or `Diary 12.05.1871` is none."""

_LOCK = "~$"

_GZIP_RATIO = 4  # bytes of text in a byte of a compressed file
_REPORTED_BY_READER = {BROKEN_ZIP, OLD_OFFICE}  # the readers of packages tell what is wrong with these


_OCR = "it is a picture; make it a PDF with text by ocrmypdf"
_WITH_LIBREOFFICE = "convert it to .docx with LibreOffice: soffice --convert-to docx FILE"
_CONVERTED_BY = {
    ".doc": _WITH_LIBREOFFICE,
    ".wpd": _WITH_LIBREOFFICE,
    ".wps": _WITH_LIBREOFFICE,
    ".pages": "export it as Word from Pages, or convert it with LibreOffice: soffice --convert-to docx FILE",
    ".msg": "convert it to .eml with msgconvert, of libemail-outlook-message-perl",
    ".pst": "take the mails out of it with readpst -e, of pst-utils",
    ".warc": "take the pages out of it with warcio extract, or with warcat",
    ".tif": _OCR,
    ".tiff": _OCR,
    ".jpg": _OCR,
    ".jpeg": _OCR,
    ".png": _OCR,
    ".djvu": "take the text out of it with djvutxt, of djvulibre",
}
"""What makes files of formats that are not read into such as are."""


def format_of(file: SourceFile, beginning: bytes | None = None) -> Format | None:
    """The format of a file by its content, else by its suffix; None if it is not read.

    The `beginning` of the content may be given, so that the file is not opened for it.
    """
    found = _recognised(file, beginning)
    return found if isinstance(found, Format) else None


def why_not_read(file: SourceFile) -> str:
    """The reason why the format of a file is not read; "" if it is."""
    found = _recognised(file)
    return found if isinstance(found, str) else ""


def expected_text(file: SourceFile) -> int:
    """The number of bytes of text to expect in a file, estimated from its size and suffix alone."""
    if file.suffix.endswith(".gz"):
        return file.size() * _GZIP_RATIO
    named = BY_SUFFIX.get(file.suffix, TEXT)
    return int(file.size() * named.text_ratio)


def _not_read(suffix: str, content: Content) -> str:
    """Why a suffix is not read, and what to convert such files with."""
    if not suffix:
        return "It is empty." if content.empty else "A file without a suffix is read only if it is text."
    cure = _CONVERTED_BY.get(suffix.removesuffix(".gz"), "")
    if not cure and content.text and not content.empty and suffix not in _OF_PROGRAMS:
        cure = "it is text, and is read if it is called .txt"
    return f"The format {suffix} is not read{f'; {cure}' if cure else ''}."


def _recognised(file: SourceFile, beginning: bytes | None = None) -> Format | str:
    """The format of a file, or the reason why it is not read."""
    named = BY_SUFFIX.get(file.suffix)
    if file.path.name.startswith(_LOCK):
        return "It is the lock of a document that is open in an office program."
    try:
        content = sniff(file, FORMATS, beginning)
    except OSError:  # which the reader will raise again
        content = Content()
    if content.format:
        return content.format
    if content.gzip and (packed := BY_SUFFIX.get(f"{file.suffix.removesuffix('.gz')}.gz")):
        return packed
    if named is None:
        suffix = file.suffix if _SUFFIX.fullmatch(file.suffix) else ""
        is_text = content.text and not (content.kind or content.empty)
        return TEXT if is_text and not suffix else _not_read(suffix, content)
    if content.kind and not (named.is_package and content.kind in _REPORTED_BY_READER):
        return f"It is {content.kind}, which is not read."
    if content.empty and not named.many:  # a document that has a name and no text
        return TEXT
    return TEXT if content.text and not named.is_text else named
