"""Which passages of a text to show? The best few, whole sentences where they fit, in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from search.results import Highlight

FRAGMENT = 240
"""Characters that a fragment aims at."""
ENOUGH = 100
"""Characters from which on a fragment ends with its paragraph."""

Range = tuple[int, int]

_ABBREVIATIONS = ["Mr", "Mrs", "Dr", "St", "No", "Gen", "Col", "Cde", "Op", "pp", "vol", "cf", "Rev", "Hon"]
# Not after an initial ("V. Molotov") or an abbreviation; no single line break, for texts are hard-wrapped.
_SENTENCE_END = re.compile(
    r"[.!?…。！？](?<![\s.(\[]\w.)"
    + "".join(rf"(?<!\b{abbreviation}\.)" for abbreviation in _ABBREVIATIONS)
    + r"['\"”’»)\]]*\s+|\n[^\S\n]*\n\s*"
)
_SPACE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"\n\s*\n")


def fragments(field: str, text: str, ranges: Sequence[Range], limit: int) -> list[Highlight]:
    """At most `limit` passages, those with the most different matches first chosen, then in order.

    White space in them is evened out, ` · ` standing between paragraphs. Without ranges: none.
    """
    if not ranges:
        return []
    chosen: list[Range] = []
    for start, end in sorted(_windows(text, ranges), key=lambda window: -_worth(text, window, ranges)):
        if len(chosen) == limit:
            break
        if all(end <= other_start or start >= other_end for other_start, other_end in chosen):
            chosen.append((start, end))
    return [_cut(field, text, window, ranges) for window in sorted(chosen)]


def opening(field: str, text: str) -> Highlight:
    """The first passage of a text, with nothing marked."""
    return _cut(field, text, _window(text, _sentences(text[: 4 * FRAGMENT]), 0, 0), ())


def _windows(text: str, ranges: Sequence[Range]) -> Iterator[Range]:
    """A window around each match that the one before does not hold."""
    starts = _sentences(text)
    last = 0
    for start, end in ranges:
        if end > last:
            window = _window(text, starts, start, end)
            last = window[1]
            yield window


def _sentences(text: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text))]


def _window(text: str, sentences: Sequence[int], start: int, end: int) -> Range:
    """The sentences around a match as far as they fit, else the words around it."""
    end = min(end, start + FRAGMENT)
    place = bisect_right(sentences, start) - 1
    first = sentences[place]
    if end - first > FRAGMENT:
        first = _word_start(text, max(first, start - FRAGMENT // 3))
    last = _next(sentences, end, len(text))
    while last - first < FRAGMENT and last < len(text):
        following = _next(sentences, last + 1, len(text))
        if following - first > FRAGMENT * 4 // 3 or (
            last - first > ENOUGH and _PARAGRAPH.search(text, last - 3, last)
        ):
            break
        last = following
    if last - first > FRAGMENT * 4 // 3:
        last = max(end, _word_end(text, first + FRAGMENT))
    return first, last


def _next(sentences: Sequence[int], place: int, length: int) -> int:
    found = bisect_left(sentences, place)
    return sentences[found] if found < len(sentences) else length


def _word_start(text: str, place: int) -> int:
    space = _SPACE.search(text, place, place + 40)
    return space.end() if space else place


def _word_end(text: str, place: int) -> int:
    space = text.rfind(" ", max(0, place - 40), place)
    return space if space > 0 else place


def _worth(text: str, window: Range, ranges: Sequence[Range]) -> float:
    inside = [text[start:end].casefold() for start, end in _inside(window, ranges)]
    return len(set(inside)) + 0.1 * min(len(inside), 9)


def _inside(window: Range, ranges: Sequence[Range]) -> list[Range]:
    first, last = bisect_left(ranges, (window[0],)), bisect_left(ranges, (window[1],))
    return [(start, min(end, window[1])) for start, end in ranges[first:last]]


def _evened(space: re.Match[str]) -> str:
    return " · " if _PARAGRAPH.search(space[0]) else " "


def _cut(field: str, text: str, window: Range, ranges: Sequence[Range]) -> Highlight:
    """The window as a highlight: white space evened out, `…` where a sentence is cut."""
    start, end = window
    while end > start and text[end - 1].isspace():
        end -= 1
    pieces: list[str] = []
    marks: list[Range] = []
    length = 0

    def add(piece: str) -> Range:
        nonlocal length
        if not pieces:
            piece = piece.lstrip()
        evened = _SPACE.sub(_evened, piece)
        pieces.append(evened)
        length += len(evened)
        return length - len(evened), length

    if start > 0 and (text[start].islower() or not _SENTENCE_END.search(text, max(0, start - 4), start)):
        add("… ")
    place = start
    for first, last in _inside((start, end), ranges):
        if first > place:
            add(text[place:first])
        marks.append(add(text[first:last]))
        place = last
    if place < end:
        add(text[place:end])
    if end < len(text.rstrip()) and not _SENTENCE_END.match(text, end - 1) and text[end : end + 1] != "\n":
        add(" …")
    return Highlight(field, "".join(pieces), tuple(marks))
