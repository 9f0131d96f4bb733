"""Which passages of a text to show? The best few, whole sentences where they fit, in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from search.results import Highlight
from search.sentences import PARAGRAPH, boundaries

FRAGMENT = 240
"""Characters that a fragment aims at."""
LONGEST = FRAGMENT * 4 // 3
"""Characters that a fragment has at most, but for a match that is longer."""
ENOUGH = 100
"""Characters from which on a fragment ends with its paragraph."""
MANY = 2000
"""Matches from which on not every one is weighed."""

Range = tuple[int, int]

_SPACE = re.compile(r"\s*")
_UNEVEN = re.compile(r"[^\S ]\s*| \s+")  # white space other than a single space
_WORD_START = re.compile(r"(?<=\s)\S")
_ITEM = re.compile(r"(?:^|\n)\s*(?:[-–•*]|\w{1,4}[.)])$")  # what a tab after it makes no cell of
_RARE, _AROUND = 100, 5
_WORD = 40  # characters: where longer ones are cut does not matter


@dataclass(frozen=True, slots=True)
class Stretch:
    """Matches near each other: the characters from the first to the last, and the words they are, as bits.

    `last` is where the last one begins, and `own` its bits alone.
    """

    start: int
    end: int
    words: int
    last: int = 0
    own: int = 0

    def adds_nothing_to(self, other: "Stretch") -> bool:
        """Whether one just before it is of the same words, and as close together."""
        near = self.last - other.last < ENOUGH and self.words == other.words
        return near and self.last - self.start >= other.last - other.start

    def outside(self, window: Range) -> Iterator["Stretch"]:
        """What of it a window leaves: all, the last match alone, or nothing."""
        low, high = window
        if self.end <= low or self.start >= high:
            yield self
        elif self.last >= high:
            yield Stretch(self.last, self.end, self.own, self.last, self.own)


def fragments(
    field: str, text: str, ranges: Sequence[Range], limit: int, words: Sequence[int] = ()
) -> list[Highlight]:
    """At most `limit` passages, in order: those whose matches are most different words, close together.

    `words` says of each range which words of the query it is, as bits; without it, all are the same.
    A word that no passage has yet goes before one that is shown. White space is evened out, ` · `
    standing between paragraphs and `|` between cells. Without ranges: none.
    """
    stretches = _stretches(ranges, words or [1] * len(ranges))
    windows: list[Range] = []
    shown = 0
    while stretches and len(windows) < limit:
        best = min(stretches, key=lambda stretch: _rank(stretch, shown))
        window = _window(text, best, _free(windows, best, len(text)), ranges)
        windows.append(window)
        shown |= best.words
        stretches = [rest for stretch in stretches for rest in stretch.outside(window)]
    return [_cut(field, text, window, ranges) for window in sorted(windows)]


def opening(field: str, text: str) -> Highlight:
    """The first passage of a text, with nothing marked."""
    first = Stretch(0, 0, 0)
    return _cut(field, text, _window(text, first, (0, len(text)), ()), ())


def whole(field: str, text: str, ranges: Sequence[Range]) -> Highlight:
    """All of a text."""
    return _cut(field, text, (0, len(text)), ranges)


def _rank(stretch: Stretch, shown: int) -> tuple[int, int, int, int]:
    words = stretch.words
    return -(words & ~shown).bit_count(), -words.bit_count(), stretch.last - stretch.start, stretch.start


def _stretches(ranges: Sequence[Range], words: Sequence[int]) -> list[Stretch]:
    """The shortest stretches that end at a match weighed and hold all words in reach."""
    stretches: list[Stretch] = []
    latest: dict[int, int] = {}  # where each word stood last, in that order
    for place in _weighed(words):
        start, end = ranges[place]
        first, seen = start, words[place]
        latest.pop(seen, None)
        for other in reversed(latest):
            if end - latest[other] > FRAGMENT:
                break
            if other & ~seen:
                first, seen = latest[other], seen | other
        latest[words[place]] = start
        stretch = Stretch(first, end, seen, start, words[place])
        if not (stretches and stretch.adds_nothing_to(stretches[-1])):
            stretches.append(stretch)
    return stretches


def _weighed(words: Sequence[int]) -> Iterable[int]:
    """All matches; of very many the first, and the rarest words with those around them."""
    if len(words) <= MANY:
        return range(len(words))
    count = Counter(words)
    rarest = nsmallest(_RARE, range(len(words)), key=lambda place: count[words[place]])
    around = {place + step for place in rarest for step in range(-_AROUND, _AROUND + 1)}
    return sorted({*range(MANY), *(place for place in around if 0 <= place < len(words))})


def _free(windows: Sequence[Range], stretch: Stretch, length: int) -> Range:
    """The room around a stretch that no window has taken."""
    low = max((end for _, end in windows if end <= stretch.start), default=0)
    high = min((start for start, _ in windows if start >= stretch.end), default=length)
    return low, high


def _window(text: str, stretch: Stretch, free: Range, ranges: Sequence[Range]) -> Range:
    """The sentences around a stretch as far as they fit, else the words around it."""
    low, high = free
    start, end = stretch.start, min(stretch.end, stretch.start + FRAGMENT)
    near = max(low, start - FRAGMENT), min(high, start + FRAGMENT + LONGEST)
    begins = [*([low] if near[0] == low else []), *boundaries(text, *near)]
    ends = [*begins[bisect_left(begins, end) :], *([high] if near[1] == high else [])]
    begins = begins[: bisect_right(begins, start)]
    if begins and end - begins[-1] <= FRAGMENT:
        first = begins.pop()
    else:
        begins = []
        first = _word_start(text, max(near[0], start - min(FRAGMENT // 3, FRAGMENT - (end - start))), start)
    last = _last(text, first, end, ends)
    while begins and last == high and last - first < ENOUGH and last - begins[-1] <= FRAGMENT:
        first = begins.pop()
    return _no_match_cut((first, last), (start, end), ranges)


def _last(text: str, first: int, end: int, ends: Sequence[int]) -> int:
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


def _no_match_cut(window: Range, kept: Range, ranges: Sequence[Range]) -> Range:
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


def _cut(field: str, text: str, window: Range, ranges: Sequence[Range]) -> Highlight:
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
    return not place or place in boundaries(text, max(0, place - _WORD), place) or text[:place].isspace()


def _evened(space: re.Match[str]) -> str:
    if PARAGRAPH.search(space[0]):
        return " · "
    line = space.string[max(0, space.start() - 8) : space.start()]
    return " | " if "\t" in space[0] and "\n" not in space[0] and not _ITEM.search(line) else " "
