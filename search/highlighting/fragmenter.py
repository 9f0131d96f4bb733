"""Which fragments of a text to show? The best few, whole sentences where they fit, in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import reduce
from operator import or_

from search.answer import Highlight
from search.highlighting.cuts import cuts
from search.highlighting.cutter import Cut, Cutter
from search.highlighting.sentences import PARAGRAPH
from search.highlighting.spans import Match

_IRREGULAR_SPACE = re.compile(r"[^\S ]\s*| \s+")  # white space other than a single space
_ITEM = re.compile(r"(?:^|\n)\s*(?:[-–•*]|\w{1,4}[.)])$")  # a list marker: no tab after it makes a cell


def fragments(
    field: str, text: str, found: list[Match], limit: int, text_language: str = ""
) -> list[Highlight]:
    """At most `limit` fragments, in reading order: those that cover most distinct query words, densest.

    `found` are the matches of the text. Words that no chosen fragment covers are preferred. White space is
    normalized, with ` · ` between paragraphs and ` | ` between cells. Without matches there are no
    fragments. `text_language` is the language of the text (see `sentences`).
    """
    return [_highlight(field, text, cut, found) for cut in cuts(text, found, limit, text_language)]


def opening(field: str, text: str, text_language: str = "") -> Highlight:
    """The first fragment of a text, without matches."""
    return _highlight(field, text, Cutter(text, [], text_language).opening(), [])


def whole(field: str, text: str, found: list[Match]) -> Highlight:
    """A text as one fragment."""
    return _highlight(field, text, Cutter(text, found, "").cut((0, len(text))), found)


def _highlight(field: str, text: str, cut: Cut, found: Sequence[Match]) -> Highlight:
    """A cut as a highlight: white space normalized, `…` where a sentence is cut."""
    start, end, begins, ends = cut
    before, after = "" if begins else "… ", "" if ends else " …"
    shown = text[start:end]
    inside = found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
    words = reduce(or_, {bits for _, _, bits in inside}, 0)
    shift = len(before) - start
    if shown.isprintable() and "  " not in shown:  # the only white space is single spaces
        ranges = tuple((a + shift, min(b, end) + shift) for a, b, _ in inside)
        return Highlight(field, f"{before}{shown}{after}", ranges, words)
    parts = [before]
    offsets, shifts = [start], [shift]  # from each offset on, how far characters move
    for run in _IRREGULAR_SPACE.finditer(text, start, end):
        space = _normalized(run)
        parts += text[offsets[-1] : run.start()], space
        offsets.append(run.end())
        shifts.append(shifts[-1] + len(space) - len(run[0]))
    parts += text[offsets[-1] : end], after

    def moved(offset: int) -> int:
        return offset + shifts[bisect_right(offsets, offset) - 1]

    ranges = tuple((moved(a), moved(min(b, end))) for a, b, _ in inside)
    return Highlight(field, "".join(parts), ranges, words)


def _normalized(space: re.Match[str]) -> str:
    if PARAGRAPH.search(space[0]):
        return " · "
    line = space.string[max(0, space.start() - 8) : space.start()]
    return " | " if "\t" in space[0] and "\n" not in space[0] and not _ITEM.search(line) else " "
