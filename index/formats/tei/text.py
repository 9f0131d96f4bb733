"""The text of a TEI element: its passages, the pages they begin on, and the notes at the end."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from index.extracted import Passage
from index.formats.support.elements import in_order, names
from index.formats.support.flow import Flow
from index.formats.support.stream import entity_text, name_of, name_of_parent, own_id
from search.document import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_FRAMES = names("tei", "frames")
_PARAGRAPHS = names("tei", "paragraphs") | _FRAMES
_NOTE_IS_PART = names("tei", "letter_parts") | _FRAMES
_LEFT_OUT = names("tei", "left_out")
_FOOT = names("tei", "foot")
_READINGS = in_order("tei", "readings")
_FIELDS = frozenset({"source", "summary"})
_SPACES = re.compile(r"\s+")
_LAYOUT = re.compile(r"(?<=[(\[“]) (?=\S)|(?<=\S) (?=[)\]”])|(?<=\w) (?=,)")  # spaces that indentation makes


def passages_of(element: "_Element", page: str = "", head: "_Element | None" = None) -> tuple[Passage, ...]:
    """The passages of a document, without its `head`; the first begins on `page`.

    Notes of its foot and margin stand at the end, below a heading; those that state a source or a
    summary are left out.
    """
    text = _Text(page, head)
    text.walk(element)
    passages, page = text.passages, text.flow.page
    if not text.notes:
        return passages
    notes: list[Passage] = [Passage("heading", "Notes", 2, page)]
    for mark, note, its_page in text.notes:
        more = _Text(its_page, head, text.notes)  # which may name notes of its own
        more.children(note)
        first, *others = more.passages or [Passage("paragraph", "", 0, its_page)]
        notes += [Passage(first.kind, f"[{mark}] {first.text}".strip(), first.level, first.page), *others]
    return (*passages, *notes)


def line_of(element: "_Element | None") -> str:
    """The text of an element on one line, without its notes."""
    return " ".join(" ".join(passage.text for passage in _inline(element)).split())


def lines_of(element: "_Element | None") -> list[str]:
    """The text of an element without its notes, by the lines it breaks."""
    return [line.strip() for passage in _inline(element) for line in passage.text.split("\n") if line.strip()]


def is_foot_note(note: "_Element") -> bool:
    """Whether a note belongs to a place in the text, rather than being a part of it."""
    part = name_of_parent(note) in _NOTE_IS_PART
    return bool(note.get("n") or note.get("place") in _FOOT or own_id(note)) or not part


def _inline(element: "_Element | None") -> Iterable[Passage]:
    if element is None:
        return ()
    text = _Text()
    text.children(element)
    return text.passages


class _Text:
    """One walk over an element; what it finds of notes is kept for later."""

    def __init__(
        self,
        page: str = "",
        head: "_Element | None" = None,
        notes: "list[tuple[str, _Element, str]] | None" = None,
    ) -> None:
        self.flow = Flow()
        self.flow.page = page
        self.notes: list[tuple[str, _Element, str]] = [] if notes is None else notes
        self._head = head
        self._sections = 0
        self._lists = 0
        self._quotes = 0
        self._marker = ""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What was gathered, without the spaces that the layout of the file left."""
        found = self.flow.passages
        return tuple(replace(passage, text=_LAYOUT.sub("", passage.text)) for passage in found)

    def walk(self, element: "_Element") -> None:
        """An element and what is inside it."""
        name = name_of(element)
        match name:
            case "":
                self.flow.text(entity_text(element))
            case "pb":
                self.flow.page = element.get("n") or self.flow.page
            case "lb":
                self.flow.text("" if element.get("break") == "no" else "\n")
            case "gap":
                self.flow.text("[…]")
            case "note":
                self._note(element)
            case "choice":
                for child in _readings(element):
                    self.children(child)
            case "cell":
                self.children(element)
                self.flow.end_cell()
            case "row":
                self.flow.begin_row()
                self.children(element)
                self.flow.end_row()
            case "list" | "quote" | "q" | "l" | "item" | "head" | "label" | "seg":
                self._by_place(element, name)
            case _ if name in _PARAGRAPHS:
                self._sections += name in _FRAMES
                self._block(element)
                self._sections -= name in _FRAMES
            case _ if name not in _LEFT_OUT:
                self.children(element)

    def children(self, element: "_Element") -> None:
        """What is inside an element."""
        self._pieces(element.text)
        for child in element:
            self.walk(child)
            self._pieces(child.tail)

    def _pieces(self, text: str | None) -> None:
        if text:
            self.flow.text(_SPACES.sub(" ", text))

    def _block(self, element: "_Element", kind: BlockKind | None = None, level: int = 0) -> None:
        marker = ""
        if kind == "list_item":
            marker, self._marker = self._marker, ""
        self.flow.begin(kind, level, marker)
        self.children(element)
        self.flow.end()

    def _by_place(self, element: "_Element", name: str) -> None:
        """Elements that are blocks in one place and words in another."""
        around = name_of_parent(element)
        match name:
            case "head":
                self._heading(element, around)
            case "label" if around == "list":
                self._marker = f"{line_of(element)} "
            case "item":
                self._marker = f"{element.get('n')} " if element.get("n") else self._marker
                self._block(element, "list_item", self._lists)
            case "l":
                self.children(element)
                self.flow.text("\n")
            case "list":
                self._lists += 1
                self._block(element)
                self._lists -= 1
            case "quote" | "q" if _is_block(element, around):
                self._quotes += 1
                self._block(element, "quote", self._quotes)
                self._quotes -= 1
            case "seg" | "label" if around in {"opener", "closer"} | _FRAMES:
                self._block(element)
            case _:
                self.children(element)

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
            self.notes.append((note.get("n") or "*", note, self.flow.page))
        else:
            self._block(note)


def _is_block(element: "_Element", around: str) -> bool:
    inside = any(name_of(child) in {"p", "lg", "list", "table"} for child in element)
    return inside or element.get("rend") in {"blockquote", "block"} or around in _FRAMES


def _readings(choice: "_Element") -> Iterable["_Element"]:
    children = [child for child in choice if name_of(child)]
    return next(([child] for name in _READINGS for child in children if name_of(child) == name), children[:1])
