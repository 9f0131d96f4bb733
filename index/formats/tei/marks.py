"""Marks of notes and hyphens at the ends of lines: what touches a word in TEI, and is no part of it."""

import re
from typing import TYPE_CHECKING

from index.formats.support.stream import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element

HYPHENS = ("-", "‐", "¬", "⸗", "\u00ad")
"""Those that may mark that a word goes on in the next line."""

_MARK = re.compile(r"[(\[]?(?:\d{1,3}|[*†‡§¶]{1,3})[)\]]?")
_RAISED = re.compile(r"\bsup|raised", re.IGNORECASE)
_UNIT = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]|[kcdm]m|mc)\Z")  # of which a raised figure is a power
_INDENTATION = re.compile(r"(?<=[(\[“]) (?=\S)|(?<=\S) (?=[)\]”])|(?<=\w) (?=,)")
_BROKEN_WORD = re.compile(rf"(?<=[^\W\d_])[{''.join(HYPHENS)}] ?\n ?(?=[^\W\d_])")


def is_note_mark(element: "_Element", before: str) -> bool:
    """Whether an element holds the mark of a note, `before` which stands a word that it touches."""
    if not before[-1:].strip() or len(element) or not _MARK.fullmatch((element.text or "").strip()):
        return False
    if name_of(element) in {"ref", "ptr"}:
        return (element.get("target") or "").startswith("#") or element.get("type") in {"note", "noteAnchor"}
    raised = _RAISED.search(f"{element.get('rend') or ''} {element.get('rendition') or ''}")
    return bool(raised) and not _UNIT.search(before)


def without_layout(text: str) -> str:
    """A text without what the layout of its file made of it: words broken at a line's end, odd spaces."""
    return _INDENTATION.sub("", _BROKEN_WORD.sub(_joined, text))


def _joined(match: re.Match[str]) -> str:
    """Before a small letter the hyphen is the line's; before a capital it is the word's own."""
    following = match.string[match.end()]
    return "" if following.islower() else "-"
