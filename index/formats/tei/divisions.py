"""The divisions of a TEI file, and which of them are documents; a first pass, which also finds errors."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.extracted import ReadError
from index.formats.support.elements import names
from index.formats.support.stream import drop, events, name_of, name_of_parent, own_id
from index.formats.tei.people import names_in_registers
from index.sources.files import SourceFile

if TYPE_CHECKING:
    from lxml.etree import _Element

DIVISIONS = names("tei", "divisions")
PARTS = DIVISIONS | {"text"}

_DOCUMENTS = names("tei", "documents")
_KINDS = names("tei", "kinds")
_FURNITURE = names("tei", "frames") | names("tei", "furniture")
_MOST_ELEMENTS = 3_000_000  # in one document, which is held in memory whole


@dataclass(slots=True, eq=False)
class Division:
    """A text or division, with the properties that decide whether it is a document.

    `number` is its position in document order, from 1. `named` and `headed`: it has an id, a heading.
    `filled`: it contains more than a heading and further divisions.
    """

    number: int
    kinds: frozenset[str] = frozenset()
    named: bool = False
    headed: bool = False
    filled: bool = False
    ended: bool = False
    divisions: "list[Division]" = field(default_factory=list)

    def documents(self) -> "list[Division]":
        """Divisions typed as documents; else those with an id and a heading; else this one."""
        for kinds in (_DOCUMENTS, _KINDS):
            if typed := list(self._typed(kinds)):
                return typed
        named = list(self._named())
        return named if len(named) > 1 else [self]

    def _typed(self, kinds: frozenset[str]) -> "Iterator[Division]":
        for part in self.divisions:
            if part.kinds & kinds:
                yield part
            else:
                yield from part._typed(kinds)

    def _named(self) -> "Iterator[Division]":
        """Outermost divisions with an id and a heading, apart from those that only contain others."""
        for part in self.divisions:
            within = list(part._named())
            if part.named and part.headed and (part.filled or not within):
                yield part
            else:
                yield from within


@dataclass(slots=True)
class Contents:
    """What a file holds: its `texts`, whether they are `worded`, and how many letters it only describes.

    `registered` are the names in registers beside the texts. `broken` is why the file cannot be read to its
    end; documents that ended before that can.
    """

    texts: list[Division] = field(default_factory=list)
    registered: list[str] = field(default_factory=list)
    broken: ReadError | None = None
    worded: bool = False
    described: int = 0
    referring: bool = False

    @property
    def is_letter_list(self) -> bool:
        """Whether it lists letters (CMIF): it describes some, and has no text."""
        return not self.worded and (self.described > 1 or (self.described == 1 and self.referring))


def contents_of(file: SourceFile, remarks: list[str]) -> Contents:
    """The texts of a file with their divisions. Raises ReadError if none of its documents is complete."""
    found = Contents()
    try:
        _look_through(file, found, remarks)
    except ReadError as error:
        found.broken = error
        if not any(part.ended for text in found.texts for part in text.documents()):
            raise
    if not found.texts and not found.is_letter_list:
        raise ReadError("It has a header, but no text.")
    return found


def _look_through(file: SourceFile, found: Contents, remarks: list[str]) -> None:
    around: list[Division] = []
    beside: _Element | None = None  # what stands beside the texts, and is kept whole for its names
    number = elements = 0
    for event, element in events(file, remarks):
        name = name_of(element)
        if event == "end":
            if beside is not None:
                if beside is not element:
                    continue
                found.registered += names_in_registers(element)
                beside = None
            found.worded = found.worded or (bool(around) and _has_words(element))
            if name in PARTS:
                around.pop().ended = True
                elements = 0
            drop(element)
            continue
        elements += 1
        if elements > _MOST_ELEMENTS:
            raise ReadError(f"A document of it has more than {_MOST_ELEMENTS:,} elements.")
        if name == "standoff" and beside is None:
            beside = element
        elif beside is not None:
            continue
        elif name in PARTS:
            number += 1
            kinds = frozenset(filter(None, (element.get("type"), element.get("subtype"))))
            part = Division(number, kinds, named=bool(own_id(element)))
            (around[-1].divisions if around else found.texts).append(part)
            around.append(part)
        elif name == "correspdesc":
            found.described += 1
            found.referring = found.referring or bool(element.get("source"))
        elif around and name not in _FURNITURE:
            around[-1].filled = True
        elif around and name == "head" and name_of_parent(element) in DIVISIONS:
            around[-1].headed = True


def _has_words(element: "_Element") -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
