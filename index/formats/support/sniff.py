"""What is in a file, whatever its name says? Its first bytes tell."""

import re
from dataclasses import dataclass

from index.encoding import decode, marked_encoding
from index.extracted import ReadError
from index.formats.support.archive import Archive, opened
from index.sources.files import SourceFile

_HEAD = 4096  # bytes that are looked at
_PDF_WITHIN = 1024  # bytes: some programs put something in front
_PROLOG = r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*|<\?[^>]*>\s*)*"
_HTML = re.compile(rf"{_PROLOG}<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_DOCTYPE = r"(?:<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)?"
_XML = re.compile(rf"{_PROLOG}{_DOCTYPE}{_PROLOG}<(?:\w+:)?(?:TEI|teiCorpus|ead)\b", re.DOTALL)
_DATA = re.compile(
    rf"{_PROLOG}{_DOCTYPE}{_PROLOG}<(?:\w+:)?(?:(?P<image>svg)|(?P<program>stylesheet|transform|schema|grammar"
    r"|project|plist|configuration|package|manifest|beans|assembly)"
    r"|(?P<data>workbook|kml|gpx|osm|collada|graphml|rdf))\b",
    re.DOTALL | re.IGNORECASE,
)
_DATA_KINDS = {"image": "an SVG image", "program": "XML for programs", "data": "XML with data, not text"}
_LAST_CHARACTER = re.compile(rb"[\xc0-\xff][\x80-\xbf]{0,3}\Z")  # which may have been cut
_MIMETYPES = {
    b"application/epub+zip": ".epub",
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.text-template": ".odt",
}
OLD_OFFICE = "an old binary document of Microsoft Office"
BROKEN_ZIP = "a broken ZIP archive"
_FOREIGN = (
    (rb"\x89PNG\r\n\x1a\n", "a PNG image"),
    (rb"\xff\xd8\xff", "a JPEG image"),
    (rb"GIF8[79]a", "a GIF image"),
    (rb"II\*\0|MM\0[*+]|II\+\0", "a TIFF image"),
    (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 image"),
    (rb"AT&TFORM", "a DjVu document"),
    (rb"RIFF....WEBP", "a WebP image"),
    (rb"RIFF....(?:WAVE|AVI )|FORM....AIF|ID3[\x02-\x04]|fLaC\0|OggS\0"
     rb"|\xff[\xfb\xf3\xf2][^\0]", "a sound or video file"),
    (rb"\0[\0-\x0f]..ftyp|\x1a\x45\xdf\xa3|\x00\x00\x01[\xb3\xba]|FLV\x01",
     "a video, or an image in a video's format"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (rb"\xffWPC", "a WordPerfect document"),
    (rb"SQLite format 3\0", "an SQLite database"),
    (rb"\x00\x01\x00\x00Standard (?:Jet|ACE) DB", "an Access database"),
    (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|BZh[1-9]1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd", "a packed archive"),
    (rb".{257}ustar(?:\0|  \0)", "a tar archive"),
    (rb"\x7fELF|MZ(?=.{62}).*\0|\xca\xfe\xba\xbe|[\xcf\xce]\xfa\xed\xfe|\0asm", "a program"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What the first bytes of a file show.

    `suffix` is of the format that they are of; `kind` names one that is not read; `text` says that they
    may be text. Of a format that nothing tells, such as Markdown, there is only that. `empty`: it has none.
    """

    suffix: str = ""
    kind: str = ""
    text: bool = False
    empty: bool = False


def sniff(file: SourceFile) -> Content:
    """Look into a file. Raises OSError if it cannot be opened."""
    with file.path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return Content(text=True, empty=True)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(file)
    if head.startswith(b"\x1f\x8b"):
        return Content(".gz", "a gzip archive")
    if head.startswith(b"%PDF-") or (file.suffix == ".pdf" and b"%PDF-" in head[:_PDF_WITHIN]):
        return Content(".pdf")
    if head.lstrip().startswith(b"{\\rtf"):
        return Content(".rtf")
    for magic, kind in _FOREIGN:
        if re.match(magic, head, re.DOTALL):
            return Content(kind=kind)
    return _text(head, file.suffix)


def _zipped(file: SourceFile) -> Content:
    try:
        with opened(file) as archive:
            suffix = _package(archive)
    except ReadError:
        return Content(kind=BROKEN_ZIP)
    return Content(suffix) if suffix else Content(kind="a ZIP archive of another kind")


def _package(archive: Archive) -> str:
    kind = archive.read_if_there("mimetype").strip() if "mimetype" in archive else b""
    if kind in _MIMETYPES:
        return _MIMETYPES[kind]
    if "META-INF/container.xml" in archive and not kind:
        return ".epub"
    types = archive.read_if_there("[Content_Types].xml")
    return ".docx" if b"wordprocessingml" in types or "word/document.xml" in archive else ""


def _text(head: bytes, suffix: str) -> Content:
    """The formats of text that show what they are."""
    whole = _LAST_CHARACTER.sub(b"", head) if len(head) == _HEAD and not marked_encoding(head) else head
    try:
        text = " ".join(decode(whole).removeprefix("\ufeff").split())
    except ReadError:
        return Content(text=bool(marked_encoding(head)))
    is_xml = suffix in {".xml", ".xml.gz"} or text.startswith("<?xml")
    if is_xml and (match := _DATA.match(text)):
        return Content(kind=_DATA_KINDS[match.lastgroup or ""], text=True)
    shown = ".html" if _HTML.match(text) else ".xml" if _XML.match(text) else ""
    return Content(shown, text=True)
