"""Books (EPUB): the chapters in reading order as one document, with the metadata of the package."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.extracted import Extracted, Passage, ReadError, Values
from index.formats.format import ReadContext
from index.formats.support import properties
from index.formats.support.archive import Archive, inside, opened
from index.formats.support.markup import parse_html, passages_of
from index.formats.support.tree import local_name, parse_xml, text_of
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_TAG = re.compile(r"<[^<>]*>")


def read(file: SourceFile, _context: ReadContext) -> Iterable[Extracted]:
    """The book of an EPUB file. Raises ReadError if it is broken, locked, or unsafe to open."""
    with opened(file) as archive:
        yield _document(archive)


def is_epub(archive: Archive) -> bool:
    """Whether a ZIP archive is a book: by its media type, else by its container."""
    media_type = archive.read_if_there("mimetype").strip()
    return media_type == b"application/epub+zip" or (_CONTAINER in archive and not media_type)


def _document(archive: Archive) -> Extracted:
    package_name = _package(archive)
    package = parse_xml(archive.read(package_name), "Its list of contents")
    passages: list[Passage] = []
    for name in _chapters(package, package_name.rpartition("/")[0], archive):
        passages += _chapter(archive.read(name))
    fields = {name: value for name, value in _metadata(package).items() if value}
    publisher = _first(package, "publisher")
    return Extracted(tuple(passages), fields, {"publisher": publisher} if publisher else {}, header=False)


def _package(archive: Archive) -> str:
    """The name of the package document, which lists all other parts."""
    for element in parse_xml(archive.read(_CONTAINER), "Its container").iter():
        if local_name(element.tag) == "rootfile":
            return inside("", unquote(element.get("full-path", "")))
    raise ReadError("It is no book: its container names no contents.")


def _chapters(package: "_Element", folder: str, archive: Archive) -> list[str]:
    """The names of the chapters in reading order, without the table of contents and missing files."""
    items = {one.get("id"): one for one in package.iter() if local_name(one.tag) == "item"}
    spine = [items.get(one.get("idref")) for one in package.iter() if local_name(one.tag) == "itemref"]
    names = (
        inside(folder, unquote(item.get("href", "").partition("#")[0]))
        for item in spine
        if item is not None
        and item.get("media-type", "") in _PAGES
        and "nav" not in item.get("properties", "").split()
    )
    chapters = [name for name in dict.fromkeys(names) if name in archive]
    if locked := archive.read_if_there(_ENCRYPTION):
        files = [one for one in parse_xml(locked).iter() if local_name(one.tag) == "CipherReference"]
        if {unquote(one.get("URI", "")) for one in files}.intersection(chapters):
            raise ReadError("It is encrypted (DRM).")
    return chapters


def _chapter(data: bytes) -> tuple[Passage, ...]:
    root = parse_html(data, strict_xml=True)
    if root is None:
        return ()
    body = root.find("body")
    return passages_of(root if body is None else body)


def _metadata(package: "_Element") -> dict[str, Values]:
    dates = [one for one in _all(package, "date") if _attribute(one, "event") in {"", "publication"}]
    writers = [one for one in _all(package, "creator") if _attribute(one, "role") in {"", "aut"}]
    return {
        "title": _first(package, "title"),
        "authors": properties.people(map(text_of, writers)),
        "date": properties.day(text_of(dates[0]) if dates else ""),
        "subjects": properties.keywords(map(text_of, _all(package, "subject"))),
        "summary": properties.one_line(_TAG.sub(" ", _first(package, "description"))),
        "language": properties.language(_first(package, "language")),
    }


def _all(package: "_Element", name: str) -> list["_Element"]:
    return [one for one in package.iter() if local_name(one.tag) == name]


def _first(package: "_Element", name: str) -> str:
    return properties.one_line(text_of(next(iter(_all(package, name)), None)))


def _attribute(element: "_Element", name: str) -> str:
    return next((str(value) for key, value in element.items() if local_name(key) == name), "")
