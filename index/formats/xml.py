"""XML: TEI and EAD, told apart by the root element, have their own readers; of other XML the text is read."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.extracted import BadRecord, Extracted, Passage, ReadError
from index.formats.catalogue import reader as catalogue
from index.formats.ead import reader as ead
from index.formats.format import ReadContext
from index.formats.ocr import reader as ocr
from index.formats.support.elements import names
from index.formats.support.passage_builder import PassageBuilder
from index.formats.support.stream import entity_text, events, name_of, root_of
from index.formats.support.tree import DOCTYPE, PROLOG
from index.formats.support.whole_words import joined
from index.formats.tei import reader as tei
from index.sources.files import SourceFile
from search.document import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

ROOT = re.compile(rf"{PROLOG}{DOCTYPE}{PROLOG}<(?:\w+:)?(?:TEI|teiCorpus|ead)\b", re.DOTALL)
"""How the text of a TEI or EAD file begins."""

_TITLES = names("other", "titles")
_INLINE = names("other", "inline")
_VERBATIM = names("other", "verbatim")
_LONGEST_TITLE = 600
_MOST_ELEMENTS = 1_000_000  # in one file, which is held whole
_SPACES = re.compile(r"\s+")


def read(file: SourceFile, context: ReadContext) -> Iterable[Extracted | BadRecord]:
    """The documents of an XML file. Raises ReadError if it is not well-formed or cut short."""
    name = name_of(root_of(file))
    if name in tei.ROOTS:
        return tei.read(file, context)
    if name in ead.ROOTS:
        return ead.read(file, context)
    if name in ocr.ROOTS:
        return ocr.read(file, context)
    return catalogue.read(file, context) if catalogue.is_catalogue(file) else [_other(file, context)]


def _other(file: SourceFile, context: ReadContext) -> Extracted:
    """The text of XML of an unknown vocabulary, with its first title."""
    root: _Element | None = None
    for count, (_, element) in enumerate(events(file, context.remarks)):
        root = element if root is None else root
        if count > 2 * _MOST_ELEMENTS:
            raise ReadError(f"It has more than {_MOST_ELEMENTS:,} elements.")
    builder = PassageBuilder()
    if root is not None:
        _walk(root, builder, 0)
    passages = builder.passages
    title = next((passage for passage in passages if _is_title(passage)), None)
    if title is None:
        return Extracted(passages)
    rest = tuple(passage for passage in passages if passage is not title)
    return Extracted(rest, {"title": title.text})


def _is_title(passage: Passage) -> bool:
    return passage.kind == "heading" and len(passage.text) <= _LONGEST_TITLE


def _walk(element: "_Element", builder: PassageBuilder, depth: int) -> None:
    """Add an element: a block, unless its name is inline or text stands before it."""
    name = name_of(element)
    if not name:
        builder.text(entity_text(element))
    elif name in _INLINE or _among_words(element):
        _children(element, builder, depth)
    else:
        kind: BlockKind = (
            "heading" if name in _TITLES else "preformatted" if name in _VERBATIM else "paragraph"
        )
        builder.begin(kind, min(6, max(1, depth)) if kind == "heading" else 0)
        _children(element, builder, depth + 1)
        builder.end()


def _children(element: "_Element", builder: PassageBuilder, depth: int) -> None:
    _pieces(element.text, builder)
    for child in element:
        _walk(child, builder, depth)
        _pieces(child.tail, builder)


def _pieces(text: str | None, builder: PassageBuilder) -> None:
    if text:
        builder.text(text if builder.preformatted else _SPACES.sub(" ", joined(text)))


def _among_words(element: "_Element") -> bool:
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return bool((text or "").strip())
