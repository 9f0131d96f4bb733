"""Recognises the format of a file by its first bytes, whatever its name is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.encoding import guess_utf16, marked_encoding
from index.extracted import ReadError
from index.formats.format import Format
from index.formats.records.json_records import unread_json
from index.formats.support.archive import opened
from index.formats.unread_xml import unread_kind
from index.sources.files import SourceFile

OLD_OFFICE = "an old binary document of Microsoft Office"
BROKEN_ZIP = "a broken ZIP archive"

_HEAD = 4096  # bytes at the beginning of a file that are read
_LAST_CHARACTER = re.compile(rb"[\xc0-\xff][\x80-\xbf]{0,3}\Z")  # which the end of the head may have cut
_CONTROLS = re.compile(rb"[\0-\x07\x0e-\x19\x1c-\x1f]")
_NOT_READ = (
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
    (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\x28\xb5\x2f\xfd", "a packed archive"),
    (rb"\x7fELF|MZ(?=.{62}).*\0|\xca\xfe\xba\xbe|[\xcf\xce]\xfa\xed\xfe|\0asm", "a program"),
)  # fmt: skip
_ANY_NOT_READ = re.compile(b"|".join(b"(?:%b)" % magic for magic, _ in _NOT_READ), re.DOTALL)


@dataclass(frozen=True, slots=True)
class Content:
    """What the first bytes of a file show.

    `format` is the format that they show; `kind` names a kind of file that is not read; `gzip` files have
    the format that their suffix names. `text` says that the file may be of any format without a magic
    number, and `empty` that it has no bytes.
    """

    format: Format | None = None
    kind: str = ""
    gzip: bool = False
    text: bool = False
    empty: bool = False


def sniff(file: SourceFile, formats: Iterable[Format], beginning: bytes | None = None) -> Content:
    """Compare the beginning of a file with the formats, for which it is read unless it is given.

    Raises OSError if it cannot be opened.
    """
    if beginning is None:
        with file.path.open("rb") as stream:
            beginning = stream.read(_HEAD)
    head = beginning[:_HEAD]
    if not head:
        return Content(text=True, empty=True)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(file, formats)
    if head.startswith(b"\x1f\x8b"):
        return Content(kind="a gzip archive", gzip=True)
    for form in formats:
        if form.magic and (form.magic.match(head) or _has_late_magic(file, form, form.magic, head)):
            return Content(form)
    if _ANY_NOT_READ.match(head):
        return Content(kind=next(kind for magic, kind in _NOT_READ if re.match(magic, head, re.DOTALL)))
    return _text(head, file.suffix, formats)


def _has_late_magic(file: SourceFile, form: Format, magic: re.Pattern[bytes], head: bytes) -> bool:
    """Whether the magic number stands further down, where the format allows it and the suffix names it."""
    if not form.magic_within or file.suffix not in form.suffixes:
        return False
    return magic.search(head[: form.magic_within]) is not None


def _zipped(file: SourceFile, formats: Iterable[Format]) -> Content:
    """The format of a ZIP archive. One that is named as a document is not read as a folder of files."""
    packages = [form for form in formats if form.is_package]
    is_document = any(file.suffix in form.suffixes and not form.unpack for form in packages)
    try:
        with opened(file) as archive:
            for form in (form for form in packages if not (form.unpack and is_document)):
                if form.is_package and form.is_package(archive):
                    return Content(form)
    except ReadError:
        return Content(kind=BROKEN_ZIP)
    return Content(kind="a ZIP archive of another kind")


def _text(head: bytes, suffix: str, formats: Iterable[Format]) -> Content:
    """Text formats that show what they are by their first element or lines."""
    lines = _beginning(head)
    if lines is None:
        return Content(text=bool(marked_encoding(head)))
    text = " ".join(lines.removeprefix("\ufeff").split())
    is_xml = suffix in {".xml", ".xml.gz"} or text.startswith("<?xml")
    if is_xml and (kind := unread_kind(text)):
        return Content(kind=kind, text=True)
    if suffix in {".json", ".json.gz"} and (kind := unread_json(text)):
        return Content(kind=kind, text=True)
    shown = (
        form
        for form in formats
        if (form.root and form.root.match(text)) or (form.begins and form.begins(lines))
    )
    return Content(next(shown, None), text=True)


def _beginning(head: bytes) -> str | None:
    """The text of a head, in which only ASCII matters; None if it is no text."""
    marked = marked_encoding(head)
    if not marked and b"\0" in head:
        marked = guess_utf16(head[: len(head) & ~1])
    if not marked and _CONTROLS.search(head):
        return None
    whole = head[: len(head) & ~3] if marked and marked != "utf-8-sig" else _LAST_CHARACTER.sub(b"", head)
    try:
        return whole.decode(marked or "utf-8")
    except UnicodeDecodeError:
        return None if marked else head.decode("latin-1")
