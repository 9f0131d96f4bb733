"""Headings and paragraphs, from the position and size of the lines on pages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.extracted import Passage
from index.formats.support.whole_words import joined

_HEADING = 1.15  # times as high as most of the text
_LONGEST_HEADING = 200  # characters
_SAME_LINE = 0.4  # of a line's height: pieces so close belong to one line
_GAP = 1.35  # times the usual distance of lines
_WIDEST = 2.3  # times the height of a line is as far apart as lines of one paragraph stand
_INDENT = 0.8  # of a line's height
_FULL_LINE = 0.85  # of the width of the text
_REPEATED = 3  # pages that a running head is on, at least,
_REPEATED_SHARE = 0.4  # and of all pages
_EDGE = 2  # lines at the head and foot of a page that may be running heads
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; its position and height are in points, from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order."""

    label: str
    lines: tuple[Line, ...]


def passages(pages: Sequence[Page]) -> tuple[Passage, ...]:
    """The headings and paragraphs with the labels of their pages.

    Running heads are kept once, below the first page that has them, where they are not taken for a title.
    A title that later pages repeat stays where it is: it is larger, or stands elsewhere than they.
    """
    heads = _running_heads(pages)
    usual = _usual_height(pages)
    found: list[Passage] = []
    seen: set[str] = set()
    for page in pages:
        kept: list[Line] = []
        first: list[Line] = []  # running heads that no page before has
        for line in page.lines:
            key = _key(line)
            if key not in heads or (key and key not in seen and not heads[key].is_like(line)):
                kept.append(line)
            elif key and key not in seen:
                first.append(line)
            seen.add(key)
        found += (_passage(lines, page.label, usual) for lines in _paragraphs(kept))
        found += (Passage("paragraph", line.text, page=page.label) for line in first)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _RunningHead:
    """Where a running head stands on most pages, and how high it is, in points."""

    bottom: float
    height: float

    def is_like(self, line: Line) -> bool:
        """Whether a line stands at the same place, in the same size."""
        same_place = abs(line.bottom - self.bottom) <= self.height
        return same_place and line.height <= _HEADING * self.height


def _running_heads(pages: Sequence[Page]) -> dict[str, _RunningHead]:
    """The lines at the top or bottom of many pages, by their keys (see `_key`)."""
    lines: dict[str, list[Line]] = {}
    for page in pages:
        rows = sorted(page.lines, key=lambda line: line.bottom)
        for key, line in {_key(line): line for line in (*rows[:_EDGE], *rows[-_EDGE:])}.items():
            lines.setdefault(key, []).append(line)
    least = max(_REPEATED, _REPEATED_SHARE * len(pages))
    return {
        key: _RunningHead(median(line.bottom for line in one), median(line.height for line in one))
        for key, one in lines.items()
        if len(one) >= least
    }


def _key(line: Line) -> str:
    return " ".join(_DIGITS.sub("", line.text).split()).strip(" -–—.[]()")


def _usual_height(pages: Sequence[Page]) -> float:
    """The median line height, weighted by characters."""
    lines = sorted((line.height, len(line.text)) for page in pages for line in page.lines)
    left = sum(length for _, length in lines) / 2
    for height, length in lines:
        left -= length
        if left <= 0:
            return height
    return 0.0


def _paragraphs(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """Lines grouped into paragraphs, by distance, indentation, size, and short lines that end a sentence."""
    steps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = median([step for step in steps if step > 1] or [0])
    width = max((line.right for line in lines), default=0) - min((line.left for line in lines), default=0)
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and _begins(paragraph[-1], line, usual, width):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins(above: Line, line: Line, usual: float, width: float) -> bool:
    """Whether a line begins a new paragraph."""
    step = above.bottom - line.bottom
    height = max(line.height, 1)
    if abs(step) < _SAME_LINE * height:
        return False
    if step < 0 or step > _GAP * min(max(usual, height), _WIDEST * height):
        return True
    if max(above.height, height) > _HEADING * min(above.height, height):
        return True
    if line.left > above.left + _INDENT * height:
        return True
    return above.right - above.left < _FULL_LINE * width and bool(_SENTENCE_END.search(above.text))


def _passage(lines: Sequence[Line], page: str, usual: float) -> Passage:
    pieces = [lines[0].text]
    for above, line in pairwise(lines):
        same = abs(above.bottom - line.bottom) < _SAME_LINE * max(line.height, 1)
        pieces.append(f"{' ' if same else chr(10)}{line.text}")
    text = "".join(pieces)
    ratio = max(line.height for line in lines) / usual if usual else 1
    if ratio >= _HEADING and len(text) <= _LONGEST_HEADING and any(map(str.isalpha, text)):
        level = 1 if ratio >= 1.6 else 2 if ratio >= 1.3 else 3
        return Passage("heading", " ".join(joined(text).split()), level, page)
    return Passage("paragraph", text, 0, page)
