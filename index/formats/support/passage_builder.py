"""Builds passages from a walk over a document tree: begin a block, add text, end the block."""

import re

from index.extracted import Passage
from index.formats.support.content import clean
from index.formats.support.whole_words import joined, raised_text
from search.document import BlockKind

_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_LINE_END_HYPHENS = "-‐¬⸗\u00ad"
_LONGEST_PREFORMATTED = 40  # lines: a longer block is split into its paragraphs


class PassageBuilder:
    """Builds the passages of a document; every block that begins must end.

    A table row is one passage, its cells separated by tabs. `page` is the page that the walk has reached;
    a passage gets the page on which its text begins.
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
        self._words_ended = False
        self._raised = 0  # how many raised texts are open
        self._raised_at = 0  # the piece at which the outermost begins

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages so far; ends the text of the current one."""
        self._flush()
        return tuple(self._passages)

    @property
    def preformatted(self) -> bool:
        """Whether the current block keeps its spaces and line breaks."""
        return self._open[-1][0] == "preformatted" and not self._rows

    def text(self, piece: str) -> None:
        """Add text to the current block; `\\n` in it is a line break of the document."""
        if self._joins:
            piece = piece.lstrip()
            self._joins = not piece
        self._words_ended = self._words_ended and not piece
        words = piece.rstrip()
        if words:
            if self._blank and not self._rows:
                self._first_page, self._blank = self.page, False
            self._at_line_start = "\n" in piece[len(words) :]
        elif "\n" in piece:
            self._at_line_start = True
        self._pieces.append(piece)

    def join(self) -> None:
        """Let the next text continue the word before it, without a hyphen at the end of a line."""
        while self._pieces and not self._pieces[-1].strip():
            self._pieces.pop()
        if self._pieces:
            before = self._pieces[-1].rstrip()
            self._pieces[-1] = before[:-1] if before[-1] in _LINE_END_HYPHENS else before
            self._joins = True

    def begin_raised(self) -> None:
        """Begin text above the line, which may be a note mark."""
        self._raised += 1
        if self._raised == 1:
            self._raised_at = len(self._pieces)

    def end_raised(self) -> None:
        """End the raised text begun last."""
        self._raised -= 1
        if not self._raised:
            raised = "".join(self._pieces[self._raised_at :])
            del self._pieces[self._raised_at :]
            self._pieces.append(raised_text(raised, self.tail))

    def begin_line(self) -> None:
        """Begin a new line in the current block, unless it is at the beginning of one."""
        if not self._at_line_start:
            self.text("\n")

    def begin_words(self) -> None:
        """Begin an element with words of its own, which are not joined to those of the one before it."""
        if self._words_ended:
            self.text(" ")

    def end_words(self) -> None:
        """End an element with words of its own; text that follows it at once continues its last word."""
        self._words_ended = True

    @property
    def tail(self) -> str:
        """The last characters of the current block: at most four, at least two if it has two."""
        return "".join(self._pieces[-4:])[-4:]

    def begin(self, kind: BlockKind | None = None, level: int = 0, marker: str = "") -> None:
        """Begin a block, of the kind of the block around it by default; `marker` (`3. `) leads its text."""
        self._flush()
        self._open.append((kind, level) if kind else self._open[-1])
        if kind == "list_item":
            self._marker = marker

    def end(self) -> None:
        """End the block begun last."""
        self._flush()
        self._open.pop()

    def begin_row(self) -> None:
        """Begin a table row; rows of a table inside a cell become text of that cell."""
        self._flush()
        if not self._rows:
            self._first_page = self.page
        self._rows += 1

    def end_cell(self) -> None:
        """End a cell of the row."""
        if self._rows == 1:
            self._cells.append(" ".join(joined(clean("".join(self._pieces))).split()))
            self._pieces.clear()

    def end_row(self) -> None:
        """End the row begun last."""
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
        self._blank, self._joins, self._at_line_start, self._words_ended = True, False, True, False
        self._raised_at = 0
        kind, level = self._open[-1]
        if kind == "preformatted":
            self._passages += (Passage(kind, piece, page=self._first_page) for piece in _preformatted(text))
            return
        text = _AROUND_BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()
        pieces = [" ".join(joined(text).split())] if kind == "heading" else _BLANK_LINES.split(text)
        for piece in pieces if text else ():
            self._passages.append(Passage(kind, self._marker + piece, level, self._first_page))
            self._marker = ""


def _preformatted(text: str) -> list[str]:
    lines = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    pieces = _BLANK_LINES.split(lines) if lines.count("\n") > _LONGEST_PREFORMATTED else [lines]
    return [piece for piece in pieces if piece.strip()]
