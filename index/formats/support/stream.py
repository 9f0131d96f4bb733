"""XML as a stream of elements: a volume of any length in little memory, and nothing that it may trick.

No entity is resolved, no document type loaded, nothing fetched; depth and lengths are libxml2's bounds.
"""

import gzip
import html
import re
import zlib
from collections.abc import Iterator
from html.entities import html5
from typing import IO, TYPE_CHECKING, Literal, cast

from index.extracted import ReadError
from index.formats.support.tree import STRICT, local_name, why_broken
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element, _ListErrorLog

MAX_UNPACKED_BYTES = 512 << 20
"""The most that is read of one file, after decompression."""

_CHUNK = 1 << 16
_ENTITY = re.compile(r"'(\w+)'")
_MOST_ERRORS = 20_000
_MOST_REMARKS = 5
Event = Literal["start", "end"]
_GZIP = b"\x1f\x8b"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def events(file: SourceFile, remarks: list[str] | None = None) -> Iterator[tuple[Event, "_Element"]]:
    """Where each element begins and ends. Raises ReadError where the file is broken, and OSError.

    Who reads them drops what is done with; else all of the file stays in memory. XML is broken by what its
    recommendation calls fatal (https://www.w3.org/TR/xml/#dt-fatal). Other errors do no harm to a text: an
    id that is no name or stands twice, a prefix that nobody declared; nor does an entity that HTML knows.
    The first of them are `remarks`.
    """
    from lxml import etree  # noqa: PLC0415

    try:
        with file.path.open("rb") as stream:
            packed = stream.read(2) == _GZIP
            stream.seek(0)
            source = _Bounded(cast("IO[bytes]", gzip.GzipFile(fileobj=stream) if packed else stream))
            parser = etree.XMLPullParser(events=("start", "end"), recover=True, **STRICT)
            said = 0
            while chunk := source.read(_CHUNK):
                parser.feed(chunk)
                said = _check(parser.feed_error_log, said, remarks)
                yield from cast("Iterator[tuple[Event, _Element]]", parser.read_events())
            parser.close()
            _check(parser.feed_error_log, said, remarks)
    except etree.LxmlError as error:
        raise ReadError(why_broken(error)) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ReadError(f"The gzip file is broken: {str(error).rstrip('.')}.") from error


def _check(log: "_ListErrorLog", said: int, remarks: list[str] | None) -> int:
    """The number of errors up to here. Raises ReadError for a fatal one, and where they are too many."""
    from lxml.etree import ErrorLevels, ErrorTypes  # noqa: PLC0415

    for error in list(log)[said:]:
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
    """Whether an error is about an entity by whose name HTML knows a character."""
    match = _ENTITY.search(message)
    return match is not None and f"{match[1]};" in html5


def root_of(file: SourceFile) -> "_Element":
    """The root element, before anything inside it. Raises ReadError and OSError like `events`."""
    return next(events(file))[1]


def drop(element: "_Element") -> None:
    """Give up an element that has ended, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def name_of(element: "_Element") -> str:
    """The name of an element without its namespace, in lower case; nothing for an entity."""
    return local_name(element.tag).lower()


def name_of_parent(element: "_Element") -> str:
    """The name of the element around an element; nothing for the root."""
    parent = element.getparent()
    return "" if parent is None else name_of(parent)


def own_id(element: "_Element") -> str:
    """The id that an element states."""
    return element.get(f"{_XML}id") or element.get("id") or ""


def language_of(element: "_Element | None") -> str:
    """The code of the language that an element states to be in."""
    return "" if element is None else element.get(f"{_XML}lang") or element.get("lang") or ""


def entity_text(element: "_Element") -> str:
    """What an entity stands for if its name says so in HTML; else the reference as it is written."""
    return html.unescape(element.text or "")


class _Bounded:
    """A file that ends with an error where it would grow without end."""

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
