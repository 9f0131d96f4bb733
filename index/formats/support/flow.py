"""Passages from a walk over a document tree, which meets beginnings, ends and pieces of text."""

import re

from index.extracted import Passage
from index.formats.support.content import clean
from search.document import BlockKind

_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_LINE_END_HYPHENS = "-‐¬⸗\u00ad"
_LONGEST_PREFORMATTED = 40  # lines: more of them are a document set like that, which has paragraphs


class Flow:
    """Gathers passages. What begins must end; a row of a table is one passage, its cells parted by tabs.

    `page` is where the walk is; a passage has the page on which its text begins.
    """

    def __init__(self) -> None:
        self.page = ""
        self._first_page = ""
        self._blank = True
        self._passages: list[Passage] = []
        self._open: list[tuple[BlockKind, int]] = [("paragraph", 0)]
        self._pieces: list[str] = []
        self._marker = ""
        self._cells: list[str] = []
        self._rows = 0
        self._joins = False
        self._at_line_start = True

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What was gathered up to here."""
        self._flush()
        return tuple(self._passages)

    @property
    def preformatted(self) -> bool:
        """Whether spaces and line breaks of the text being met are the document's own."""
        return self._open[-1][0] == "preformatted" and not self._rows

    def text(self, piece: str) -> None:
        """Running text; `\\n` in it is a line break of the document."""
        if self._joins:
            piece = piece.lstrip()
            self._joins = not piece
        words = piece.rstrip()
        if words:
            if self._blank and not self._rows:
                self._first_page, self._blank = self.page, False
            self._at_line_start = "\n" in piece[len(words) :]
        elif "\n" in piece:
            self._at_line_start = True
        self._pieces.append(piece)

    def join(self) -> None:
        """What follows continues the word before it; a hyphen between them only marks the end of a line."""
        while self._pieces and not self._pieces[-1].strip():
            self._pieces.pop()
        if self._pieces:
            before = self._pieces[-1].rstrip()
            self._pieces[-1] = before[:-1] if before[-1] in _LINE_END_HYPHENS else before
            self._joins = True

    def begin_line(self) -> None:
        """What follows stands on another line than what is before it in its block."""
        if not self._at_line_start:
            self.text("\n")

    @property
    def tail(self) -> str:
        """The last characters of the block up to here, two or more if it has so many."""
        return "".join(self._pieces[-4:])[-4:]

    def begin(self, kind: BlockKind | None = None, level: int = 0, marker: str = "") -> None:
        """A block begins: of a kind, or one like that around it. The `marker` (`3. `) leads its text."""
        self._flush()
        self._open.append((kind, level) if kind else self._open[-1])
        if kind == "list_item":
            self._marker = marker

    def end(self) -> None:
        """The block last begun ends."""
        self._flush()
        self._open.pop()

    def begin_row(self) -> None:
        """A row of a table begins; those of a table inside a cell are text of that cell."""
        self._flush()
        if not self._rows:
            self._first_page = self.page
        self._rows += 1

    def end_cell(self) -> None:
        """A cell of the row ends."""
        if self._rows == 1:
            self._cells.append(" ".join(clean("".join(self._pieces)).split()))
            self._pieces.clear()

    def end_row(self) -> None:
        """The row last begun ends."""
        self._rows -= 1
        if self._rows == 0:
            if any(self._cells):
                self._passages.append(
                    Passage("table", "\t".join(self._cells).rstrip("\t"), page=self._first_page)
                )
            self._cells.clear()
            self._pieces.clear()

    def _flush(self) -> None:
        if self._rows:
            self._pieces.append(" ")
            return
        text = clean("".join(self._pieces))
        self._pieces.clear()
        self._blank, self._joins, self._at_line_start = True, False, True
        kind, level = self._open[-1]
        if kind == "preformatted":
            self._passages += (Passage(kind, piece, page=self._first_page) for piece in _preformatted(text))
            return
        text = _AROUND_BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()
        pieces = [" ".join(text.split())] if kind == "heading" else _BLANK_LINES.split(text)
        for piece in pieces if text else ():
            self._passages.append(Passage(kind, self._marker + piece, level, self._first_page))
            self._marker = ""


def _preformatted(text: str) -> list[str]:
    lines = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    pieces = _BLANK_LINES.split(lines) if lines.count("\n") > _LONGEST_PREFORMATTED else [lines]
    return [piece for piece in pieces if piece.strip()]
