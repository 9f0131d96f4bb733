"""Which passages of a text to show? The best few, whole sentences where they fit, in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, dropwhile

from search.highlighting.sentences import PARAGRAPH, boundaries
from search.highlighting.spans import REACH, Stretch, rank, stretches_of
from search.results import CharRange, Highlight

FRAGMENT = REACH
"""Characters that a fragment aims at."""
LONGEST = FRAGMENT * 4 // 3
"""Characters that a fragment has at most, but for a match that is longer."""
ENOUGH = 100
"""Characters from which on a fragment ends with its paragraph."""

_SPACE = re.compile(r"\s*")
_UNEVEN = re.compile(r"[^\S ]\s*| \s+")  # white space other than a single space
_WORD_START = re.compile(r"(?<=\s)\S")
_ITEM = re.compile(r"(?:^|\n)\s*(?:[-–•*]|\w{1,4}[.)])$")  # what a tab after it makes no cell of
_WORD = 40  # characters: where longer ones are cut does not matter


def fragments(
    field: str, text: str, ranges: Sequence[CharRange], limit: int, words: Sequence[int] = ()
) -> list[Highlight]:
    """At most `limit` passages, in order: those whose matches are most different words, close together.

    `words` says of each range which words of the query it is, as bits; without it, all are the same.
    A word that no passage has yet goes before one that is shown. White space is evened out, ` · `
    standing between paragraphs and `|` between cells. Without ranges: none.
    """
    stretches = stretches_of(ranges, words or [1] * len(ranges))
    windows: list[CharRange] = []
    shown = 0
    while stretches and len(windows) < limit:
        best = min(stretches, key=lambda stretch: rank(stretch, shown))
        window = _window(text, best, _free(windows, best, len(text)), ranges)
        windows.append(window)
        shown |= best.words
        stretches = [rest for stretch in stretches for rest in stretch.outside(window)]
    return [_cut(field, text, window, ranges) for window in sorted(windows)]


def opening(field: str, text: str) -> Highlight:
    """The first passage of a text, with nothing marked."""
    first = Stretch(0, 0, 0)
    return _cut(field, text, _window(text, first, (0, len(text)), ()), ())


def whole(field: str, text: str, ranges: Sequence[CharRange]) -> Highlight:
    """All of a text."""
    return _cut(field, text, (0, len(text)), ranges)


def _free(windows: Sequence[CharRange], stretch: Stretch, length: int) -> CharRange:
    """The room around a stretch that no window has taken."""
    low = max((end for _, end in windows if end <= stretch.start), default=0)
    high = min((start for start, _ in windows if start >= stretch.end), default=length)
    return low, high


def _window(text: str, stretch: Stretch, free: CharRange, ranges: Sequence[CharRange]) -> CharRange:
    """The sentences around a stretch as far as they fit, else the words around it."""
    low, high = free
    start, end = stretch.start, min(stretch.end, stretch.start + FRAGMENT)
    near = max(low, start - FRAGMENT), min(high, start + FRAGMENT + LONGEST)
    following = chain(boundaries(text, *near), [high] if near[1] == high else [])  # not read to its end
    begins = [low] if near[0] == low else []
    for place in following:
        if place > start:
            following = chain([place], following)
            break
        begins.append(place)
    if begins and end - begins[-1] <= FRAGMENT:
        first = begins.pop()
    else:
        begins = []
        first = _word_start(text, max(near[0], start - min(FRAGMENT // 3, FRAGMENT - (end - start))), start)
    last = _last(text, first, end, dropwhile(end.__gt__, following))
    while begins and last == high and last - first < ENOUGH and last - begins[-1] <= FRAGMENT:
        first = begins.pop()
    return _no_match_cut((first, last), (start, end), ranges)


def _last(text: str, first: int, end: int, ends: Iterable[int]) -> int:
    last = 0
    for following in ends:
        if last and (
            following - first > LONGEST or (last - first > ENOUGH and PARAGRAPH.search(text, last - 3, last))
        ):
            break
        last = following
        if last - first >= FRAGMENT:
            break
    if not last or last - first > LONGEST:
        last = max(end, _word_end(text, first + FRAGMENT))
    return last


def _no_match_cut(window: CharRange, kept: CharRange, ranges: Sequence[CharRange]) -> CharRange:
    """The window without the parts of matches that its ends would cut off, but for what must be kept."""
    first, last = window
    at = bisect_left(ranges, (first,)) - 1
    if at >= 0 and ranges[at][1] > first:
        first = min(ranges[at][1], kept[0])
    at = bisect_left(ranges, (last,)) - 1
    if at >= 0 and ranges[at][1] > last:
        last = max(ranges[at][0], kept[1])
    return first, last


def _word_start(text: str, place: int, end: int) -> int:
    found = _WORD_START.search(text, place, min(place + _WORD, end))
    return found.start() if found else place


def _word_end(text: str, place: int) -> int:
    space = text.rfind(" ", max(0, place - _WORD), place)
    return space if space > 0 else place


def _cut(field: str, text: str, window: CharRange, ranges: Sequence[CharRange]) -> Highlight:
    """The window as a highlight: white space evened out, `…` where a sentence is cut."""
    first, last = window
    start = min(_after_space(text, first), last)
    end = start + len(text[start:last].rstrip())
    before = "" if _begins(text, start) else "… "
    following = _after_space(text, end)
    after = "" if following == len(text) or _begins(text, following) else " …"
    pieces = [before]
    evened, shifts = [start], [len(before) - start]  # how far characters move, from where on
    for run in _UNEVEN.finditer(text, start, end):
        even = _evened(run)
        pieces += text[evened[-1] : run.start()], even
        evened.append(run.end())
        shifts.append(shifts[-1] + len(even) - len(run[0]))
    pieces += text[evened[-1] : end], after

    def moved(place: int) -> int:
        return place + shifts[bisect_right(evened, place) - 1]

    inside = ranges[bisect_left(ranges, (start,)) : bisect_left(ranges, (end,))]
    return Highlight(field, "".join(pieces), tuple((moved(a), moved(min(b, end))) for a, b in inside))


def _after_space(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space else place


def _begins(text: str, place: int) -> bool:
    """Whether a sentence begins here."""
    return (
        not place or place in boundaries(text, max(0, place - _WORD), place) or _after_space(text, 0) >= place
    )


def _evened(space: re.Match[str]) -> str:
    if PARAGRAPH.search(space[0]):
        return " · "
    line = space.string[max(0, space.start() - 8) : space.start()]
    return " | " if "\t" in space[0] and "\n" not in space[0] and not _ITEM.search(line) else " "
