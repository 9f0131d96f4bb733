"""How text stands in a terminal: broken between words at its width, below each other, matches in bold."""

import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator

import click

from search.answer import Highlight
from search.one_line import one_line

WIDEST = 100
"""Columns that a line has at most: longer ones are hard to read."""

_STYLES = re.compile(r"\x1b\[[0-9;]*m")
_PARTS = re.compile(rf"{_STYLES.pattern}|.", re.DOTALL)


def columns() -> int:
    """The width to which text is broken; 0, which leaves it as it is, where the output is no terminal."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else 0


def paragraph(text: str, indent: int, width: int, first: str = "") -> Iterator[str]:
    """The lines of a text, `indent` columns from the left; `first` takes their place in the first line.

    Lines are `width` columns wide at most, unless that is 0. A word that is wider is broken, as text in
    scripts without spaces must be. The text may have styles of click's.
    """
    start, line, used = first or " " * indent, "", 0
    for word in text.split(" "):
        for piece in _pieces(word, width - indent) if width else (word,):
            length = display_width(piece)
            if width and used and indent + used + 1 + length > width:
                yield start + line
                start, line, used = " " * indent, piece, length
            else:
                line, used = (f"{line} {piece}", used + 1 + length) if used else (piece, length)
    yield start + line


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word in pieces of `room` columns at most, the last of which may be shorter."""
    if display_width(word) <= room:
        yield word
        return
    piece, used = "", 0
    for part in _PARTS.findall(word):  # a style or a character
        length = display_width(part)
        if used and used + length > room:
            yield piece
            piece, used = "", 0
        piece, used = piece + part, used + length
    yield piece


def display_width(text: str) -> int:
    """The columns that a terminal gives a text: two for a wide character (UAX 11), none for a mark."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in _STYLES.sub("", text)
    )


def marked(highlight: Highlight) -> str:
    """The text of a highlight on one line, its matches in bold."""
    return highlight.render(_printable, lambda text: click.style(_printable(text), bold=True)).strip()


def _printable(text: str) -> str:
    """The text on one line, with the spaces around it, which part it from a match."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' * before}{one_line(text)}{' ' * (after and bool(text.strip()))}"
