"""PDF: its text, page by page; scanned images are not recognised (no OCR)."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from index.extracted import Extracted, ReadError, Values
from index.formats.format import ReadContext
from index.formats.pdf import layout
from index.formats.support import properties
from index.formats.support.content import clean
from index.formats.support.whole_words import raised_text
from index.metadata.labels import Labels
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage  # type: ignore[import-untyped]

MAX_FILE_BYTES = 512 << 20
MAX_CHARACTERS = 50_000_000
"""The longest text that is read of one file."""

_LONGEST_LABEL = 20
_BROKEN_WORD = "\ufffe"  # PDFium's character for a hyphen at the end of a line
_LINE = re.compile(rf"[^\r\n{_BROKEN_WORD}]+{_BROKEN_WORD}?")
_FIGURES = re.compile(r"(?<=[^\W\d_]|[.,;:!?)\]”’\"])\d{1,3}(?![^\W_])")
_RAISED_SIZE = 0.85  # of the size of the letters before
_RAISED_BY = 0.1  # of the height of the line
_REASONS = {
    3: "It is no PDF, or broken, or cut short.",
    4: "It is password-protected.",
    5: "It is locked in a way that is not known.",
}


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted]:
    """The document of a PDF, without text if it is only images. Raises ReadError if it cannot be opened."""
    import pypdfium2  # noqa: PLC0415

    if file.path.stat().st_size > MAX_FILE_BYTES:
        raise ReadError(f"It is larger than {MAX_FILE_BYTES >> 20} MB, the most that is read of a PDF.")
    try:
        document = pypdfium2.PdfDocument(file.path)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        raise ReadError(_REASONS.get(code or 3, f"It cannot be opened: {error}")) from error
    try:
        yield _document(document, file, context.labels)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"It is broken: {str(error).rstrip('.')}.") from error
    finally:
        document.close()


def _document(document: "PdfDocument", file: SourceFile, labels: Labels) -> Extracted:
    passages = layout.passages(tuple(_pages(document)))
    info = document.get_metadata_dict()
    title = properties.title(info.get("Title"), file)
    fields: dict[str, Values] = {
        "title": title,
        "authors": properties.creators([info.get("Author")], title, passages, labels),
        "subjects": properties.keywords([info.get("Keywords")]),
        "summary": properties.one_line(info.get("Subject")),
    }
    return properties.with_properties(passages, fields, labels)


def _pages(document: "PdfDocument") -> Iterator[layout.Page]:
    total = 0
    for number in range(len(document)):
        label = properties.one_line(document.get_page_label(number))
        page = document[number]
        try:
            text = page.get_textpage()
            try:
                lines = tuple(_lines(text))
            finally:
                text.close()
        finally:
            page.close()
        total += sum(len(line.text) for line in lines)
        if total > MAX_CHARACTERS:
            raise ReadError(f"It has more than {MAX_CHARACTERS // 1_000_000} million characters.")
        yield layout.Page(label if 0 < len(label) <= _LONGEST_LABEL else str(number + 1), lines)


def _lines(page: "PdfTextPage") -> Iterator[layout.Line]:
    """The lines of a page; position and height are those of the first and last character."""
    text = page.get_text_range()
    for match in _LINE.finditer(text):
        content = clean(_with_raised(page, match).replace(_BROKEN_WORD, "-")).replace("\t", " ").strip()
        if not content:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        left, bottom, _, top = _box(page, start)
        _, _, right, _ = _box(page, match.start() + len(match[0].rstrip()) - 1)
        yield layout.Line(content, left, right, bottom, top - bottom)


def _with_raised(page: "PdfTextPage", line: re.Match[str]) -> str:
    """The text of a line, with figures that are set smaller than the letter before as raised characters."""

    def raised(figures: re.Match[str]) -> str:
        at = line.start() + figures.start()
        smaller = _font_size(page, at) < _RAISED_SIZE * _font_size(page, at - 1)
        return raised_text(figures[0], "") if smaller and _is_above(page, at) else figures[0]

    return _FIGURES.sub(raised, line[0])


def _font_size(page: "PdfTextPage", at: int) -> float:
    from pypdfium2 import raw  # noqa: PLC0415

    return float(raw.FPDFText_GetFontSize(page, raw.FPDFText_GetCharIndexFromTextIndex(page, at)))


def _is_above(page: "PdfTextPage", at: int) -> bool:
    """Whether a character stands higher than the one before it."""
    return _box(page, at)[1] > _box(page, at - 1)[1] + _RAISED_BY * (
        _box(page, at - 1)[3] - _box(page, at - 1)[1]
    )


def _box(page: "PdfTextPage", at: int) -> tuple[float, float, float, float]:
    """The box of a character in points: left, bottom, right, top, with the height of the line."""
    from pypdfium2 import PdfiumError, raw  # noqa: PLC0415

    try:
        left, bottom, right, top = page.get_charbox(
            raw.FPDFText_GetCharIndexFromTextIndex(page, at), loose=True
        )
    except PdfiumError:  # a character without a position
        return 0.0, 0.0, 0.0, 0.0
    return left, bottom, right, top
