"""XML as a stream of elements, so that a volume of any length is read in little memory.

Untrusted files are safe to read: no entity is resolved, no document type loaded, nothing fetched; depth and
lengths are bounded by libxml2.
"""

import codecs
import gzip
import html
import re
import zlib
from collections.abc import Iterator
from html.entities import html5
from typing import IO, TYPE_CHECKING, Literal, cast

from index.encoding import decode_text, marked_encoding
from index.extracted import ReadError
from index.formats.support.tree import STRICT, local_name, why_broken
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element, _ListErrorLog

MAX_UNPACKED_BYTES = 512 << 20
"""The most that is read of one file, after decompression."""

_CHUNK = 1 << 16
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)")
_UTF8 = re.compile(rb"utf-?8", re.IGNORECASE)
_ENTITY = re.compile(r"'(\w+)'")
_MOST_ERRORS = 20_000
_MOST_REMARKS = 5
Event = Literal["start", "end"]
_GZIP = b"\x1f\x8b"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def events(file: SourceFile, remarks: list[str] | None = None) -> Iterator[tuple[Event, "_Element"]]:
    """The start and end of each element. Raises ReadError where the file is broken, and OSError.

    The caller must `drop` elements that it has read, or the whole file stays in memory. A file is broken by
    what the XML recommendation calls a fatal error (https://www.w3.org/TR/xml/#dt-fatal). Other errors leave
    the text intact: invalid or duplicate ids, undeclared prefixes, undeclared entities that HTML defines.
    The first of these are added to `remarks`. A file that is not in UTF-8, and declares no other encoding, is
    read in the one that its beginning shows.
    """
    from lxml import etree  # noqa: PLC0415

    try:
        with file.path.open("rb") as stream:
            packed = stream.read(2) == _GZIP
            stream.seek(0)
            source = _Bounded(cast("IO[bytes]", gzip.GzipFile(fileobj=stream) if packed else stream))
            chunk = source.read(_CHUNK)
            encoding = _undeclared_encoding(chunk, remarks)
            parser = etree.XMLPullParser(events=("start", "end"), recover=True, **STRICT)
            # libxml2 knows fewer encodings than Python
            decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
            checked = 0
            while chunk:
                parser.feed(decoder.decode(chunk) if decoder else chunk)
                checked = _check(parser.feed_error_log, checked, remarks)
                yield from cast("Iterator[tuple[Event, _Element]]", parser.read_events())
                chunk = source.read(_CHUNK)
            parser.close()
            _check(parser.feed_error_log, checked, remarks)
    except etree.LxmlError as error:
        raise ReadError(why_broken(error)) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ReadError(f"The gzip file is broken: {str(error).rstrip('.')}.") from error


def _undeclared_encoding(head: bytes, remarks: list[str] | None) -> str | None:
    """The encoding of XML that is wrongly in none or in UTF-8, by its beginning; None if that may be true."""
    declared = _DECLARED.match(head)
    if marked_encoding(head) or (declared and not _UTF8.fullmatch(declared[1])) or b"\0" in head[:4]:
        return None
    found = decode_text(head[: max(head.rfind(b">"), 0) + 1]).guessed
    if found and remarks is not None:
        remarks.append(f"It is not in UTF-8, and declares no other encoding; it was read as {found}.")
    return found or None


def _check(log: "_ListErrorLog", checked: int, remarks: list[str] | None) -> int:
    """The number of errors so far. Raises ReadError for a fatal error, and for too many errors."""
    from lxml.etree import ErrorLevels, ErrorTypes  # noqa: PLC0415

    for error in list(log)[checked:]:
        where = f"{error.message}, line {error.line}, column {error.column}"
        known = error.type == ErrorTypes.ERR_UNDECLARED_ENTITY and _named(error.message)
        if error.level == ErrorLevels.FATAL and not known:
            raise ReadError(why_broken(where))
        if remarks is not None and error.level != ErrorLevels.WARNING and len(remarks) < _MOST_REMARKS:
            remarks.append(f"Its XML has an error, which was passed over: {where}.")
    if len(log) > _MOST_ERRORS:
        raise ReadError(f"Its XML has more than {_MOST_ERRORS:,} errors.")
    return len(log)


def _named(message: str) -> bool:
    """Whether an error is about an undeclared entity that HTML defines."""
    match = _ENTITY.search(message)
    return match is not None and f"{match[1]};" in html5


def root_of(file: SourceFile) -> "_Element":
    """The root element, without its content. Raises ReadError and OSError like `events`."""
    return next(events(file))[1]


def drop(element: "_Element") -> None:
    """Free the memory of an element that has ended, and of its preceding siblings."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def name_of(element: "_Element") -> str:
    """The name of an element without its namespace, in lower case; "" for an entity."""
    return local_name(element.tag).lower()


def name_of_parent(element: "_Element") -> str:
    """The name of an element's parent; "" for the root."""
    parent = element.getparent()
    return "" if parent is None else name_of(parent)


def own_id(element: "_Element") -> str:
    """The `xml:id` or `id` of an element, or ""."""
    return element.get(f"{_XML}id") or element.get("id") or ""


def language_of(element: "_Element | None") -> str:
    """The language code in `xml:lang` or `lang` of an element, or ""."""
    return "" if element is None else element.get(f"{_XML}lang") or element.get("lang") or ""


def entity_text(element: "_Element") -> str:
    """The character of an entity that HTML defines; else the reference as it is written."""
    return html.unescape(element.text or "")


class _Bounded:
    """A stream that raises ReadError beyond MAX_UNPACKED_BYTES."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = MAX_UNPACKED_BYTES

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(
                f"It is larger than {MAX_UNPACKED_BYTES >> 20} MB, the most that is read of an XML file."
            )
        return data
