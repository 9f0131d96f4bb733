"""Word documents (DOCX): headings by their style's outline level, lists, tables, notes at the end."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from index.extracted import Extracted, ReadError, Values
from index.formats.format import ReadContext
from index.formats.support import properties
from index.formats.support.archive import Archive, inside, opened
from index.formats.support.passage_builder import PassageBuilder
from index.formats.support.tree import local_name, parse_xml, steps
from index.metadata.labels import Labels
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = {"Fallback", "moveFrom", "del", "instrText", "sdtPr", "separator", "continuationSeparator"}
_SPACES = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HEADING_NAME = re.compile(r"heading (\d)|(title)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,2}")
_MAX_BASES = 20  # styles in the chain that one is based on


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted]:
    """The document of a Word file. Raises ReadError if it is broken, locked, or unsafe to open."""
    with opened(file) as archive:
        yield _document(archive, file, context.labels)


def _document(archive: Archive, file: SourceFile, labels: Labels) -> Extracted:
    main = _main_part(archive)
    folder = main.rpartition("/")[0]
    walker = _Walker(_levels(archive.read_if_there(f"{folder}/styles.xml")))
    walker.walk(parse_xml(archive.read(main), "Its text"))
    for notes in ("footnotes", "endnotes"):
        if data := archive.read_if_there(f"{folder}/{notes}.xml"):
            walker.notes(parse_xml(data, f"Its {notes}"))
    passages = walker.builder.passages
    stated = core_properties(archive, file)
    title = str(stated["title"])
    fields = stated | {"authors": properties.creators([str(stated["authors"])], title, passages, labels)}
    return properties.with_properties(passages, fields, labels)


def is_docx(archive: Archive) -> bool:
    """Whether a ZIP archive is a Word document."""
    types = archive.read_if_there("[Content_Types].xml")
    return b"wordprocessingml" in types or "word/document.xml" in archive


def _main_part(archive: Archive) -> str:
    """The name of the part with the text, which is nearly always `word/document.xml`."""
    if data := archive.read_if_there("_rels/.rels"):
        for relation in parse_xml(data, "Its table of parts"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return inside("", relation.get("Target", "").lstrip("/"))
    if "word/document.xml" not in archive:
        raise ReadError("It is no Word document: it has no text in it.")
    return "word/document.xml"


def core_properties(archive: Archive, file: SourceFile) -> dict[str, Values]:
    """The fields in the core properties; the time of saving is not the date of the document."""
    data = archive.read_if_there("docProps/core.xml")
    root = parse_xml(data, "Its list of properties") if data else None
    found: dict[str, str] = {} if root is None else {local_name(one.tag): one.text or "" for one in root}
    return {
        "title": properties.title(found.get("title"), file),
        "authors": properties.one_line(found.get("creator")),
        "subjects": properties.keywords([found.get("keywords")]),
        "summary": properties.one_line(found.get("subject")),
        "language": properties.language(found.get("language")),
    }


def _levels(data: bytes) -> dict[str, int]:
    """Style id -> heading level, 0 for none: by outline level, by name, or by the style it is based on."""
    styles = parse_xml(data, "Its list of styles") if data else ()
    own: dict[str, int] = {}
    bases: dict[str, str] = {}
    for style in styles:
        name = _attribute(style, "styleId")
        name_match = _HEADING_NAME.fullmatch(_attribute(_find(style, "name"), "val"))
        outline = _attribute(_find(_find(style, "pPr"), "outlineLvl"), "val")
        if _NUMBER.fullmatch(outline):
            own[name] = int(outline) + 1
        elif name_match:
            own[name] = int(name_match[1] or 1)
        bases[name] = _attribute(_find(style, "basedOn"), "val")
    return {name: _inherited(name, own, bases) for name in bases}


def _inherited(name: str, own: Mapping[str, int], bases: Mapping[str, str]) -> int:
    for _ in range(_MAX_BASES):
        if name in own:
            return own[name] if own[name] <= 6 else 0
        name = bases.get(name, "")
    return 0


class _Walker:
    """A walk over the elements of a part, which builds passages."""

    def __init__(self, levels: Mapping[str, int]) -> None:
        self.builder = PassageBuilder()
        self._levels = levels

    def walk(self, root: "_Element") -> None:
        """Add the passages of an element."""
        for begins, name, element in steps(root, _DROPPED):
            if begins:
                self._start(name, element)
            elif name == "p":
                self.builder.end()
            elif name == "r" and _is_raised(element):
                self.builder.end_raised()
            elif name == "tc":
                self.builder.end_cell()
            elif name == "tr":
                self.builder.end_row()

    def notes(self, root: "_Element") -> None:
        """Add the notes of a part, each with its number."""
        for note in root:
            if _attribute(note, "type") in {"", "normal"}:
                self.builder.begin("list_item", 1, f"{_attribute(note, 'id')}. ")
                self.walk(note)
                self.builder.end()

    def _start(self, name: str, element: "_Element") -> None:
        if name == "t":
            self.builder.text(element.text or "")
        elif name in _SPACES and local_name(_tag_above(element)) != "tabs":
            self.builder.text(_SPACES[name])
        elif name == "tr":
            self.builder.begin_row()
        elif name == "r" and _is_raised(element):
            self.builder.begin_raised()
        elif name == "p":
            self._begin_paragraph(_find(element, "pPr"))

    def _begin_paragraph(self, style: "_Element | None") -> None:
        outline = _attribute(_find(style, "outlineLvl"), "val")
        level = self._levels.get(_attribute(_find(style, "pStyle"), "val"), 0)
        if _NUMBER.fullmatch(outline):
            level = int(outline) + 1 if int(outline) < 6 else 0
        numbered = _find(style, "numPr")
        depth = _attribute(_find(numbered, "ilvl"), "val")
        if level:
            self.builder.begin("heading", level)
        elif numbered is not None and _attribute(_find(numbered, "numId"), "val") != "0":
            self.builder.begin("list_item", int(depth) + 1 if _NUMBER.fullmatch(depth) else 1)
        else:
            self.builder.begin()


def _is_raised(run: "_Element") -> bool:
    return _attribute(_find(_find(run, "rPr"), "vertAlign"), "val") == "superscript"


def _tag_above(element: "_Element") -> object:
    parent = element.getparent()
    return None if parent is None else parent.tag


def _find(element: "_Element | None", name: str) -> "_Element | None":
    inside = () if element is None else element
    return next((one for one in inside if local_name(one.tag) == name), None)


def _attribute(element: "_Element | None", name: str) -> str:
    """An attribute by its local name: the two editions of the format have different namespaces."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if local_name(key) == name), "")
