"""Plain text, with or without Markdown in it."""

import re
from collections.abc import Iterable

from index.encoding import decode_text
from index.extracted import Extracted, Passage
from index.formats import markdown
from index.formats.format import ReadContext
from index.formats.support.content import read_bytes
from index.sources.files import SourceFile

_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_MARKS = re.compile(
    r"^[ ]{0,3}\#{1,6}[ ]\S"  # a heading
    r"|^[ ]{0,3}\*\*[^\s*](?:[^*\n]|\n(?!\s*\n)){0,500}?\*\*[ ]*$"  # lines wholly in bold
    r"|^\\[*_#>+-]",  # an escaped mark
    re.MULTILINE | re.VERBOSE,
)
_UNWRAPPED = 120  # characters: longer lines are paragraphs, not lines of a page


def read(file: SourceFile, _context: ReadContext) -> Iterable[Extracted]:
    """The document of a text file."""
    found = decode_text(read_bytes(file))
    yield Extracted(passages(found.text), encoding=found.guessed)


def passages(text: str) -> tuple[Passage, ...]:
    """The passages of a text, which may contain Markdown."""
    if _MARKS.search(text):
        return markdown.passages(text)
    return plain(text)


def plain(text: str) -> tuple[Passage, ...]:
    """The paragraphs of a text without markup, separated by blank lines, else by line ends."""
    pieces = _PARAGRAPHS.split(text.strip("\n"))
    if len(pieces) == 1 and any(len(line) > _UNWRAPPED for line in text.split("\n")):
        pieces = text.split("\n")
    trimmed = [_trimmed(piece) if "\n" in piece else piece.strip() for piece in pieces]
    return tuple([Passage("paragraph", piece) for piece in trimmed if piece])


def _trimmed(piece: str) -> str:
    """Several lines without what is blank at their ends."""
    return "\n".join([line.rstrip() for line in piece.split("\n")]).strip()
