"""Note marks and line-end hyphens: characters that touch a word in TEI and are not part of it."""

import re
from typing import TYPE_CHECKING

from index.formats.support.stream import name_of
from index.formats.support.whole_words import is_note_mark

if TYPE_CHECKING:
    from lxml.etree import _Element

HYPHENS = ("-", "‐", "¬", "⸗", "\u00ad")
"""Characters that may mark a word as continued on the next line."""

_RAISED = re.compile(r"\bsup|raised", re.IGNORECASE)
_DOUBLED = re.compile(r"geminat\w*-([a-z])$", re.IGNORECASE)
_INDENTATION = re.compile(r"(?<=[(\[“]) (?=\S)|(?<=\S) (?=[)\]”])|(?<=\w) (?=,)")


def is_raised(element: "_Element") -> bool:
    """Whether the text of an element stands above the line, where it may be a note mark."""
    return _RAISED.search(f"{element.get('rend') or ''} {element.get('rendition') or ''}") is not None


def is_note_reference(element: "_Element", before: str) -> bool:
    """Whether an element refers to a note by its mark, and touches the word at the end of `before`."""
    points = (element.get("target") or "").startswith("#") or element.get("type") in {"note", "noteAnchor"}
    marked = points and name_of(element) == "ref" and not len(element)
    return marked and before[-1:].isalpha() and is_note_mark(element.text or "")


def doubled_letters(element: "_Element") -> str:
    """The letters for which a stroke above one of them stands, where an empty element says so: `mm`."""
    if len(element) or (element.text or "").strip():
        return ""
    match = _DOUBLED.search(element.get("rendition") or element.get("ref") or "")
    return match[1] * 2 if match else ""


def without_indentation(text: str) -> str:
    """A text without the spaces that only come from the layout of the file."""
    return _INDENTATION.sub("", text)
