"""A walk over TEI elements, which builds passages by the classes of elements in `elements.toml`."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.extracted import Passage
from index.formats.support.elements import in_order, names
from index.formats.support.passage_builder import PassageBuilder
from index.formats.support.stream import entity_text, name_of, name_of_parent, own_id
from index.formats.support.whole_words import whole_words
from index.formats.tei.marks import (
    HYPHENS,
    doubled_letters,
    is_note_reference,
    is_raised,
    without_indentation,
)
from search.document import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_FRAMES = names("tei", "frames")
_HOLDERS = names("tei", "holders") | _FRAMES
_PARAGRAPHS = names("tei", "paragraphs") | _FRAMES
_LINES = names("tei", "lines")
_INLINE = names("tei", "inline")
_BREAKS = names("tei", "breaks")
_ALTERNATIVES = names("tei", "alternatives")
_READINGS = in_order("tei", "readings")
_NOTE_IS_PART = names("tei", "letter_parts") | _FRAMES
_LEFT_OUT = names("tei", "left_out") | names("tei", "registers")
_FOOT = names("tei", "foot")
_FIELDS = frozenset({"source", "summary"})
_SPACES = re.compile(r"\s+")
_BY_PLACE = frozenset({"list", "quote", "q", "item", "head", "label", "seg", "cell", "row"})


class Walk:
    """One walk; footnotes and marginal notes are collected in `notes` as (mark, element, page)."""

    def __init__(
        self,
        page: str = "",
        head: "_Element | None" = None,
        notes: "list[tuple[str, _Element, str]] | None" = None,
    ) -> None:
        self.builder = PassageBuilder()
        self.builder.page = page
        self.notes: list[tuple[str, _Element, str]] = [] if notes is None else notes
        self._head = head
        self._sections = 0
        self._lists = 0
        self._quotes = 0
        self._marker = ""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages, without the spaces that come from the layout of the file."""
        return tuple(one.with_text(without_indentation(one.text)) for one in self.builder.passages)

    def element(self, element: "_Element") -> None:
        """Walk over an element and its content."""
        name = name_of(element)
        if name == "":
            self._words(entity_text(element))
        elif name in _BREAKS:
            self._break(element, name)
        elif name == "gap":
            self._words("[…]")
        elif name in {"c", "g"} and (letters := doubled_letters(element)):
            self._words(letters)
        elif name == "space":
            self.builder.text(" ")
        elif name == "note":
            self._note(element)
        elif name in _ALTERNATIVES:
            for child in _readings(element):
                self.children(child)
        elif name in _BY_PLACE:
            self._by_place(element, name)
        elif name in _LINES:
            self.builder.begin_line()
            self.children(element)
            self.builder.begin_line()
        elif name in _PARAGRAPHS:
            self._sections += name in _FRAMES
            self._block(element)
            self._sections -= name in _FRAMES
        elif name not in _LEFT_OUT:
            self._other(element, name)

    def children(self, element: "_Element") -> None:
        """Walk over the content of an element."""
        self._words(element.text)
        for child in element:
            self.element(child)
            self._words(child.tail)

    def _words(self, text: str | None) -> None:
        if text:
            self.builder.text(_SPACES.sub(" ", text))

    def _other(self, element: "_Element", name: str) -> None:
        """Add an element as inline text, or as a block if it stands alone between blocks."""
        if name not in _INLINE and name_of_parent(element) in _HOLDERS and _stands_alone(element):
            return self._block(element)
        if is_note_reference(element, self.builder.tail):
            self.builder.text(" ")
        if is_raised(element):
            self.builder.begin_raised()
            self.children(element)
            return self.builder.end_raised()
        if name in _INLINE or not (len(element) or element.text):
            return self.children(element)
        self.builder.begin_words()
        self.children(element)
        self.builder.end_words()
        return None

    def _break(self, element: "_Element", name: str) -> None:
        if name == "pb":
            self.builder.page = element.get("n") or self.builder.page
        if element.get("break") == "no":
            self.builder.join()
        elif name == "lb" or self.builder.tail.endswith(HYPHENS):
            self.builder.text("\n")
        elif self.builder.tail[-1:].isalnum() and (element.tail or "")[:1].isalnum():
            self.builder.text(" ")

    def _block(self, element: "_Element", kind: BlockKind | None = None, level: int = 0) -> None:
        marker = ""
        if kind == "list_item":
            marker, self._marker = self._marker, ""
        self.builder.begin(kind, level, marker)
        self.children(element)
        self.builder.end()

    def _by_place(self, element: "_Element", name: str) -> None:
        """Add an element whose treatment depends on its parent."""
        around = name_of_parent(element)
        match name:
            case "head":
                self._heading(element, around)
            case "row":
                self.builder.begin_row()
                self.children(element)
                self.builder.end_row()
            case "cell" if around == "row":
                self.children(element)
                self.builder.end_cell()
            case "cell":
                self._block(element)
            case "label" if around == "list":
                self._unused_marker()
                self._marker = f"{line_of(element)} "
            case "item":
                self._marker = self._marker or (f"{element.get('n')} " if element.get("n") else "")
                self._block(element, "list_item", self._lists)
            case "list":
                self._lists += 1
                self._block(element)
                self._unused_marker()
                self._lists -= 1
            case "quote" | "q" if _is_block(element, around):
                self._quotes += 1
                self._block(element, "quote", self._quotes)
                self._quotes -= 1
            case "seg" | "label" if around in {"opener", "closer"} | _HOLDERS and _stands_alone(element):
                self._block(element)
            case _:
                self._other(element, name)

    def _unused_marker(self) -> None:
        """Add a label without an item as an item of its own."""
        if marker := self._marker.strip():
            self._marker = ""
            self.builder.begin("list_item", self._lists)
            self._words(marker)
            self.builder.end()

    def _heading(self, element: "_Element", around: str) -> None:
        if element is self._head:
            for note in element.iter("{*}note"):
                self._note(note)
        elif around in _FRAMES:
            self._block(element, "heading", min(6, max(2, self._sections)))
        else:
            self._block(element)

    def _note(self, note: "_Element") -> None:
        if note.get("type") in _FIELDS:
            return
        if is_foot_note(note):
            self.notes.append((note.get("n") or "*", note, self.builder.page))
        else:
            self._block(note)


def line_of(element: "_Element | None") -> str:
    """The text of an element on one line, without its notes."""
    if element is None:
        return ""
    walk = Walk()
    walk.children(element)
    return " ".join(" ".join(passage.text for passage in whole_words(walk.passages)).split())


def is_foot_note(note: "_Element") -> bool:
    """Whether a note is attached to a place in the text, rather than a part of the text."""
    part = name_of_parent(note) in _NOTE_IS_PART
    return bool(note.get("n") or note.get("place") in _FOOT or own_id(note)) or not part


def _stands_alone(element: "_Element") -> bool:
    """Whether there is only whitespace between an element and its siblings."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return not ((text or "").strip() or (element.tail or "").strip())


def _is_block(element: "_Element", around: str) -> bool:
    inside = any(name_of(child) in {"p", "lg", "list", "table"} for child in element)
    return inside or element.get("rend") in {"blockquote", "block"} or around in _FRAMES


def _readings(choice: "_Element") -> Iterable["_Element"]:
    children = [child for child in choice if name_of(child)]
    return next(
        ([child] for name in _READINGS for child in children if name_of(child) == name),
        children[:1] or [choice],
    )
