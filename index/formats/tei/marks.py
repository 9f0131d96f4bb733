"""Note marks and line-end hyphens: characters that touch a word in TEI and are not part of it."""

import re
from typing import TYPE_CHECKING

from index.formats.support.stream import name_of

if TYPE_CHECKING:
    from lxml.etree import _Element

HYPHENS = ("-", "‐", "¬", "⸗", "\u00ad")
"""Characters that may mark a word as continued on the next line."""

_MARK = re.compile(r"[(\[]?(?:\d{1,3}|[*†‡§¶]{1,3})[)\]]?")
_RAISED = re.compile(r"\bsup|raised", re.IGNORECASE)
_DOUBLED = re.compile(r"geminat\w*-([a-z])$", re.IGNORECASE)
_UNIT = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]|[kcdm]m|mc)\Z")  # of which a raised figure is a power
_INDENTATION = re.compile(r"(?<=[(\[“]) (?=\S)|(?<=\S) (?=[)\]”])|(?<=\w) (?=,)")
_BROKEN_WORD = re.compile(rf"(?<=[^\W\d_])[{''.join(HYPHENS)}] ?\n ?(?=[^\W\d_])")


def is_note_mark(element: "_Element", before: str) -> bool:
    """Whether an element contains a note mark; `before` is the text that it touches."""
    if not before[-1:].strip() or len(element) or not _MARK.fullmatch((element.text or "").strip()):
        return False
    if name_of(element) in {"ref", "ptr"}:
        return (element.get("target") or "").startswith("#") or element.get("type") in {"note", "noteAnchor"}
    raised = _RAISED.search(f"{element.get('rend') or ''} {element.get('rendition') or ''}")
    return bool(raised) and not _UNIT.search(before)


def doubled_letters(element: "_Element") -> str:
    """The letters for which a stroke above one of them stands, where an empty element says so: `mm`."""
    if len(element) or (element.text or "").strip():
        return ""
    match = _DOUBLED.search(element.get("rendition") or element.get("ref") or "")
    return match[1] * 2 if match else ""


def without_layout(text: str) -> str:
    """A text without artefacts of the file's layout: words broken at line ends, stray spaces."""
    return _INDENTATION.sub("", _BROKEN_WORD.sub(_joined, text))


def _joined(match: re.Match[str]) -> str:
    """The hyphen to keep: none before a small letter, the word's own before a capital."""
    following = match.string[match.end()]
    return "" if following.islower() else "-"
