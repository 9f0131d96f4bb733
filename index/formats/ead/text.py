"""The text of notes in a finding aid: scope, history, conditions, with their headings and lists."""

import re
from typing import TYPE_CHECKING

from index.extracted import Passage
from index.formats.support.elements import names
from index.formats.support.passage_builder import PassageBuilder
from index.formats.support.stream import entity_text, name_of, name_of_parent
from search.document import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = names("ead", "blocks")
_LINES = names("ead", "lines")
_CAPTIONED = names("ead", "captioned")
_INLINE = names("ead", "inline")
_ROWS = names("ead", "rows")
_CELLS = names("ead", "cells")
_COMPONENT = re.compile(r"c(?:0[1-9]|1[0-2])?")
_SPACES = re.compile(r"\s+")


def is_component(element: "_Element") -> bool:
    """Whether an element describes a component, a part of the unit around it: `c`, `c01` … `c12`."""
    return _COMPONENT.fullmatch(name_of(element)) is not None


def line_of(element: "_Element | None") -> str:
    """The text of an element on one line; the parts of an EAD3 name are joined by ` -- `."""
    if element is None:
        return ""
    parts = [child for child in element if name_of(child) == "part"]
    if parts:
        return " -- ".join(filter(None, map(line_of, parts)))
    walk = _Walk()
    walk.children(element)
    return " ".join(" ".join(passage.text for passage in walk.builder.passages).split())


def passages_of(element: "_Element") -> tuple[Passage, ...]:
    """The passages of a note, its heading first; components inside it are left out."""
    walk = _Walk()
    walk.element(element)
    return walk.builder.passages


class _Walk:
    """A walk over the elements of a note, which fills a `PassageBuilder`."""

    def __init__(self) -> None:
        self.builder = PassageBuilder()
        self._lists = 0  # that are open

    def element(self, element: "_Element") -> None:
        """Walk over an element and its content."""
        name, parent = name_of(element), name_of_parent(element)
        if not name:
            self.builder.text(entity_text(element))
        elif name in _ROWS:
            self.builder.begin_row()
            self.children(element)
            self.builder.end_row()
        elif name in _CELLS and parent in _ROWS:
            self.children(element)
            self.builder.end_cell()
        elif name in _BLOCKS:
            self._block(element, name, parent)
        elif name in _LINES:
            self.children(element)
            self.builder.text("\n")
        elif name in _INLINE or not (len(element) or element.text):
            self.children(element)
        elif not is_component(element):
            self.builder.begin_words()
            self.children(element)
            self.builder.end_words()

    def _block(self, element: "_Element", name: str, parent: str) -> None:
        self._lists += name == "list"
        self.builder.begin(*self._kind(name, parent))
        self.children(element)
        self.builder.end()
        self._lists -= name == "list"

    def _kind(self, name: str, parent: str) -> tuple[BlockKind | None, int]:
        """The kind and level of a block; None for the kind of the block around it."""
        if name == "head" and parent not in _CAPTIONED:
            return "heading", 2
        if name == "item":
            return "list_item", self._lists
        return ("quote", 1) if name == "blockquote" else (None, 0)

    def children(self, element: "_Element") -> None:
        """Walk over the content of an element."""
        self._text(element.text)
        for child in element:
            self.element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self.builder.text(_SPACES.sub(" ", text))
