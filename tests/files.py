"""Small files of the formats that are read, built by hand, and what readers make of them."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from index.extracted import BadRecord, Extracted
from index.formats import ReadContext, format_of
from index.metadata.labels import Labels
from index.metadata.understand import understand
from index.sources.files import SourceFile, walk
from search.document import Document

Members = Mapping[str, str | bytes]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "meta", "manifest")
)
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def source_file(path: Path) -> SourceFile:
    """A file as a SOURCE of its own."""
    (file,) = walk(str(path))
    return file


def extracted(file: SourceFile, labels: Labels | None = None) -> list[Extracted | BadRecord]:
    """What the reader for a file's content makes of it."""
    form = format_of(file)
    assert form is not None
    return list(form.documents(file, ReadContext(labels or Labels())))


def read(path: Path, data: bytes | None = None, labels: Labels | None = None) -> list[Extracted | BadRecord]:
    """As `extracted`, of a file that is written with `data` first."""
    if data is not None:
        path.write_bytes(data)
    return extracted(source_file(path), labels)


def only(path: Path, data: bytes | None = None, labels: Labels | None = None) -> Extracted:
    """The one document of a file."""
    (found,) = read(path, data, labels)
    assert isinstance(found, Extracted)
    return found


def understood(path: Path, labels: Labels | None = None) -> list[Document]:
    """The documents of a file, as they are indexed."""
    file, labels = source_file(path), labels or Labels()
    found = (one for one in extracted(file, labels) if isinstance(one, Extracted))
    return [understand(one, file, labels).document for one in found]


def passages(found: Extracted) -> list[tuple[str, str, int]]:
    """Kind, text and level of each passage."""
    return [(passage.kind, passage.text, passage.level) for passage in found.passages]


def packed(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(body: str, more: Members | None = None, properties: str = "") -> bytes:
    """A Word document; `properties` are elements of its core properties."""
    core = (
        "<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'{DC} xmlns:dcterms="http://purl.org/dc/terms/">{properties}</cp:coreProperties>'
    )
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "docProps/core.xml": core,
        }
        | dict(more or {})
    )


def word_paragraph(text: str, style: str = "") -> str:
    """A paragraph of a Word document."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, meta: str = "", more: Members | None = None, styles: str = "") -> bytes:
    """An OpenDocument text."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {OFFICE}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "meta.xml": f"<office:document-meta {OFFICE} {DC}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
        }
        | dict(more or {})
    )


def epub(chapters: Mapping[str, str], metadata: str = "", more: Members | None = None) -> bytes:
    """A book; the chapters by their file names, in reading order."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": f'<package xmlns="http://www.idpf.org/2007/opf" '
            f'xmlns:opf="http://www.idpf.org/2007/opf" {DC}><metadata>{metadata}</metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        }
        | {
            f"OEBPS/{name}": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
            f"<title/><script src='x'/></head><body>{content}</body></html>"
            for name, content in chapters.items()
        }
        | dict(more or {})
    )


Placed = tuple[float, float, float, str]  # left, bottom, size, text


def pdf(pages: list[list[Placed]], info: str = "", labels: str = "") -> bytes:
    """A PDF with these lines on its pages."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    catalog = f"<< /Type /Catalog /Pages 2 0 R {f'/PageLabels << /Nums [{labels}] >>' if labels else ''} >>"
    objects = [
        catalog,
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for n, lines in enumerate(pages):
        content = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {left} {bottom} Tm ({text}) Tj ET\n"
            for left, bottom, size, text in lines
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}endstream")
    objects.append(f"<< {info} >>")
    return _numbered(objects)


def _numbered(objects: list[str]) -> bytes:
    data = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return (data + end + trailer).encode("cp1252")


def xlsx(*sheets: list[list[str | float]]) -> bytes:
    """A spreadsheet with these rows on its sheets."""
    names = [f"Box {number}" for number, _ in enumerate(sheets, 1)]
    spread = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{spread}" xmlns:r="{relations}"><sheets>'
            + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
            + "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="r{n}" Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n, _ in enumerate(names, 1)
            )
            + "</Relationships>",
        }
        | {
            f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{spread}"><sheetData>{_sheet_rows(rows)}'
            "</sheetData></worksheet>"
            for n, rows in enumerate(sheets, 1)
        }
    )


def _sheet_rows(rows: list[list[str | float]]) -> str:
    return "".join(
        f'<row r="{n}">'
        + "".join(_sheet_cell(f"{chr(65 + m)}{n}", cell) for m, cell in enumerate(row))
        + "</row>"
        for n, row in enumerate(rows, 1)
    )


def _sheet_cell(place: str, cell: str | float) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>' if cell else ""
    return f'<c r="{place}"><v>{cell}</v></c>'
