"""The text of notes in a finding aid: scope, history, conditions, with their headings and lists."""

import re
from typing import TYPE_CHECKING

from index.extracted import Passage
from index.formats.support.elements import names
from index.formats.support.flow import Flow
from index.formats.support.stream import entity_text, name_of, name_of_parent
from search.document import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAGRAPHS = names("ead", "paragraphs")
_ROWS = names("ead", "rows")
_CELLS = names("ead", "cells")
_COMPONENT = re.compile(r"c(?:0[1-9]|1[0-2])?")
_SPACES = re.compile(r"\s+")


def is_component(element: "_Element") -> bool:
    """Whether an element describes a part of what is described around it."""
    return _COMPONENT.fullmatch(name_of(element)) is not None


def line_of(element: "_Element | None") -> str:
    """The text of an element on one line; the parts of a name with ` -- ` between."""
    if element is None:
        return ""
    parts = [child for child in element if name_of(child) == "part"]
    if parts:
        return " -- ".join(filter(None, map(line_of, parts)))
    walk = _Walk()
    walk.children(element)
    return " ".join(" ".join(passage.text for passage in walk.flow.passages).split())


def passages_of(element: "_Element") -> tuple[Passage, ...]:
    """The passages of a note, its heading first; what describes components is left out."""
    walk = _Walk()
    walk.element(element)
    return walk.flow.passages


class _Walk:
    def __init__(self) -> None:
        self.flow = Flow()
        self._lists = 0

    def element(self, element: "_Element") -> None:
        """An element and what is inside it."""
        name = name_of(element)
        around = name_of_parent(element)
        if name == "":
            self.flow.text(entity_text(element))
        elif name in {"lb", "addressline"}:
            self.children(element)
            self.flow.text("\n")
        elif name == "head" and around not in {"list", "chronlist", "table"}:
            self._block(element, "heading", 2)
        elif name == "list":
            self._lists += 1
            self._block(element)
            self._lists -= 1
        elif name in _ROWS:
            self.flow.begin_row()
            self.children(element)
            self.flow.end_row()
        elif name in _CELLS and around in _ROWS:
            self.children(element)
            self.flow.end_cell()
        elif name == "item":
            self._block(element, "list_item", self._lists)
        elif name == "blockquote":
            self._block(element, "quote", 1)
        elif name in _PARAGRAPHS or name == "head":
            self._block(element)
        elif not is_component(element):
            self.children(element)

    def _block(self, element: "_Element", kind: BlockKind | None = None, level: int = 0) -> None:
        self.flow.begin(kind, level)
        self.children(element)
        self.flow.end()

    def children(self, element: "_Element") -> None:
        """What is inside an element."""
        self._pieces(element.text)
        for child in element:
            self.element(child)
            self._pieces(child.tail)

    def _pieces(self, text: str | None) -> None:
        if text:
            self.flow.text(_SPACES.sub(" ", text))
