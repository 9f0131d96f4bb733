"""What can stand in a cell of a spreadsheet? Any text, but no formula, and no more than a cell holds.

A program may take a cell of a CSV file for a formula if its text begins with =, +, - or @, also in another
form of the sign such as the full-width one, or behind blanks, quotes or characters without a width, which
programs drop (OWASP, CSV Injection). Such a cell gets an apostrophe before it, as one does that begins with
an apostrophe already: a reader who drops the apostrophe that a cell begins with has the text again.
"""

import re
import unicodedata

GUARD = "'"
"""What stands before the text of a cell that would be a formula."""
LONGEST = 32_767
"""The characters that a cell of Excel holds; the rest of a longer one would be put into the next rows."""

_SIGNS = "=+-@\u2212"
_QUOTES = "\"'`"
_DROPPED = re.compile("C.|Z.|Mn|Pi|Pf")  # categories: controls, blanks, without a width, quotation marks
_LINE_ENDS = "\r\x85\u2028\u2029"
_CONTROLS = re.compile(rf"\r\n?|[{_LINE_ENDS}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def cell(text: str) -> str:
    """The text of a cell: guarded if it would be a formula, without control characters, and cut at LONGEST.

    Line breaks of every kind become line feeds; of a text that is cut, the last character is an ellipsis.
    """
    if not text:
        return ""
    if _CONTROLS.search(text):
        text = _CONTROLS.sub(lambda found: "\n" if found[0][0] in _LINE_ENDS else "", text)
    if not text[:1].isalnum() and _may_be_formula(text):
        text = GUARD + text
    return text if len(text) * 2 <= LONGEST else _cut(text)


def text_of(cell: str) -> str:
    """The text that `cell` guarded."""
    return cell.removeprefix(GUARD)


def _may_be_formula(text: str) -> bool:
    if text.startswith(("\t", "\n", GUARD)):
        return True
    for char in text:
        if unicodedata.normalize("NFKC", char)[0] in _SIGNS:
            return True
        if char not in _QUOTES and not _DROPPED.match(unicodedata.category(char)):
            return False
    return False


def _cut(text: str) -> str:
    """At most LONGEST units of UTF-16, which spreadsheets count."""
    encoded = text.encode("utf-16-le", "replace")
    if len(encoded) <= LONGEST * 2:
        return text
    return encoded[: (LONGEST - 1) * 2].decode("utf-16-le", "ignore") + "\u2026"
