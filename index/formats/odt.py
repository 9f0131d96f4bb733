"""OpenDocument texts (ODT): headings, lists, tables, notes at the end."""

import re
from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING

from index.extracted import Extracted, ReadError, Values
from index.formats.format import ReadContext
from index.formats.support import properties
from index.formats.support.archive import Archive, opened
from index.formats.support.passage_builder import PassageBuilder
from index.formats.support.tree import local_name, parse_xml, steps, text_of
from index.metadata.labels import Labels
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = {
    "tracked-changes", "annotation", "annotation-end", "note", "sequence-decls", "variable-decls",
    "user-field-decls", "forms", "binary-data", "desc", "title", "table-of-content-source", "object",
}  # fmt: skip
_MEDIA_TYPES = {
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
}
_NUMBER = re.compile(r"[0-9]{1,2}")
_RAISED = re.compile(r"super\b|[1-9]\d*%")
_TITLE_STYLES = {"Title": 1, "Subtitle": 2}


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted]:
    """The document of an ODT file. Raises ReadError if it is broken, locked, or unsafe to open."""
    with opened(file) as archive:
        yield _document(archive, file, context.labels)


def is_odt(archive: Archive) -> bool:
    """Whether a ZIP archive is an OpenDocument text or a template for one."""
    return archive.read_if_there("mimetype").strip() in _MEDIA_TYPES


def _document(archive: Archive, file: SourceFile, labels: Labels) -> Extracted:
    if b"encryption-data" in archive.read_if_there("META-INF/manifest.xml"):
        raise ReadError("It is password-protected.")
    root = parse_xml(archive.read("content.xml"), "Its text")
    styles = {
        _attribute(style, "name"): _attribute(style, "parent-style-name")
        for style in root.iter()
        if local_name(style.tag) == "style"
    }
    raised = {_attribute(style, "name") for style in root.iter() if _raises(style)}
    text = next((one for one in root.iter() if local_name(one.tag) == "text" and len(one)), None)
    walker = _Walker(styles, raised)
    if text is not None:
        walker.walk(text)
        walker.walk_notes()
    passages = walker.builder.passages
    meta = _Meta(archive.read_if_there("meta.xml"))
    title = properties.title(meta.first("title"), file)
    creator = meta.first("initial-creator") or meta.first("creator")
    fields: dict[str, Values] = {
        "title": title,
        "authors": properties.creators([creator], title, passages, labels),
        "subjects": properties.keywords(meta.all("keyword")),
        "summary": properties.one_line(meta.first("subject")),
        "language": properties.language(meta.first("language")),
    }
    return properties.with_properties(passages, fields, labels)


class _Meta:
    """The properties of a document by name; the time of saving is not the date of the document."""

    def __init__(self, data: bytes) -> None:
        self._found: dict[str, list[str]] = {}
        for one in parse_xml(data, "Its list of properties").iter() if data else ():
            self._found.setdefault(local_name(one.tag), []).append(one.text or "")

    def all(self, name: str) -> list[str]:
        """All values of a property."""
        return self._found.get(name, [])

    def first(self, name: str) -> str:
        """The first value of a property, or ""."""
        return next(iter(self.all(name)), "")


class _Walker:
    """A walk over the text, and then over its notes, which builds passages."""

    def __init__(self, styles: Mapping[str, str], raised: Set[str]) -> None:
        self.builder = PassageBuilder()
        self._raised = raised  # names of styles
        self._styles = styles
        self._lists = 0
        self._notes: list[_Element] = []

    def walk(self, root: "_Element") -> None:
        """Add the passages of an element."""
        for begins, name, element in steps(root, _DROPPED):
            if begins:
                self._start(name, element)
            else:
                self._end(name, element, inside=element is not root)

    def walk_notes(self) -> None:
        """Add the notes, each with its mark."""
        for note in self._notes:
            parts = {local_name(part.tag): part for part in note}
            self.builder.begin("list_item", 1, f"{text_of(parts.get('note-citation')).strip()}. ")
            if "note-body" in parts:
                self.walk(parts["note-body"])
            self.builder.end()

    def _start(self, name: str, element: "_Element") -> None:
        match name:
            case "h" | "p":
                level = self._level(name, element)
                if level:
                    self.builder.begin("heading", level)
                else:
                    self.builder.begin()
            case "list":
                self._lists += 1
            case "list-item":
                self.builder.begin("list_item", self._lists)
            case "table-row":
                self.builder.begin_row()
            case "s":
                count = _attribute(element, "c")
                spaces = int(count) if _NUMBER.fullmatch(count) else 1
                self.builder.text(" " * spaces)
            case "span" if self._is_raised(element):
                self.builder.begin_raised()
            case "tab":
                self.builder.text(" ")
            case "line-break":
                self.builder.text("\n")
        if name and element.text and _holds_text(element):
            self.builder.text(element.text)

    def _end(self, name: str, element: "_Element", *, inside: bool) -> None:
        match name:
            case "note" if inside:
                self._notes.append(element)
            case "h" | "p" | "list-item":
                self.builder.end()
            case "span" if self._is_raised(element):
                self.builder.end_raised()
            case "list":
                self._lists -= 1
            case "table-cell" | "covered-table-cell":
                self.builder.end_cell()
            case "table-row":
                self.builder.end_row()
        parent = element.getparent()
        if inside and element.tail and parent is not None and _holds_text(parent):
            self.builder.text(element.tail)

    def _is_raised(self, span: "_Element") -> bool:
        return _attribute(span, "style-name") in self._raised

    def _level(self, name: str, element: "_Element") -> int:
        """The level of a heading; 0 for a paragraph."""
        if name == "h":
            outline = _attribute(element, "outline-level")
            return min(max(int(outline), 1), 6) if _NUMBER.fullmatch(outline) else 1
        style = _attribute(element, "style-name")
        return _TITLE_STYLES.get(style) or _TITLE_STYLES.get(self._styles.get(style, ""), 0)


def _raises(style: "_Element") -> bool:
    """Whether a style sets text above the line."""
    if local_name(style.tag) != "style":
        return False
    return any(_RAISED.match(_attribute(one, "text-position")) is not None for one in style)


def _holds_text(element: "_Element") -> bool:
    """Whether text in an element is the document's; in other elements it is indentation of the XML."""
    return local_name(element.tag) not in {
        "text", "list", "list-item", "list-header", "section", "table", "table-row", "table-cell",
        "note-body", "table-header-rows", "table-rows", "text-box", "frame", "index-body", "table-of-content",
    }  # fmt: skip


def _attribute(element: "_Element", name: str) -> str:
    return next((str(value) for key, value in element.items() if local_name(key) == name), "")
