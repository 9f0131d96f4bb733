"""Which fragments of a text to show? The best few, whole sentences where they fit, in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, dropwhile

from search.answer import Highlight
from search.highlighting.sentences import PARAGRAPH, boundaries
from search.highlighting.spans import MAX_SPAN, Span, candidate_spans, rank
from search.results import CharRange

FRAGMENT_SIZE = MAX_SPAN
"""Characters that a fragment aims at."""
MAX_FRAGMENT = FRAGMENT_SIZE * 4 // 3
"""Characters that a fragment has at most, but for a match that is longer."""
MIN_FRAGMENT = 100
"""Characters from which on a fragment ends with its paragraph."""

_SPACE = re.compile(r"\s*")
_IRREGULAR_SPACE = re.compile(r"[^\S ]\s*| \s+")  # white space other than a single space
_WORD_START = re.compile(r"(?<=\s)\S")
_ITEM = re.compile(r"(?:^|\n)\s*(?:[-–•*]|\w{1,4}[.)])$")  # a list marker: no tab after it makes a cell
_WORD = 40  # characters of the longest word that is not cut


def fragments(
    field: str,
    text: str,
    ranges: Sequence[CharRange],
    limit: int,
    words: Sequence[int] = (),
    text_language: str = "",
) -> list[Highlight]:
    """At most `limit` fragments, in reading order: those that cover most distinct query words, densest.

    `words` has the bits of the query words that each range matches; by default all match the same word.
    Words that no chosen fragment covers are preferred. White space is normalized, with ` · ` between
    paragraphs and ` | ` between cells. Without ranges there are no fragments. `text_language` is the
    language of the text (see `sentences`).
    """
    spans = candidate_spans(ranges, words or [1] * len(ranges))
    windows: list[CharRange] = []
    shown = 0
    while spans and len(windows) < limit:
        best = min(spans, key=lambda span: rank(span, shown))
        window = _window(text, best, _free_around(windows, best, len(text)), ranges, text_language)
        windows.append(window)
        shown |= best.words
        spans = [rest for span in spans for rest in span.outside(window)]
    return [_highlight(field, text, window, ranges, text_language) for window in sorted(windows)]


def opening(field: str, text: str, text_language: str = "") -> Highlight:
    """The first fragment of a text, without ranges."""
    window = _window(text, Span(0, 0, 0), (0, len(text)), (), text_language)
    return _highlight(field, text, window, (), text_language)


def whole(field: str, text: str, ranges: Sequence[CharRange]) -> Highlight:
    """A text as one fragment."""
    return _highlight(field, text, (0, len(text)), ranges, "")


def _free_around(windows: Sequence[CharRange], span: Span, length: int) -> CharRange:
    """The range around a span up to the nearest windows already chosen."""
    low = max((end for _, end in windows if end <= span.start), default=0)
    high = min((start for start, _ in windows if start >= span.end), default=length)
    return low, high


def _window(
    text: str, span: Span, free: CharRange, ranges: Sequence[CharRange], text_language: str
) -> CharRange:
    """The window of a span: the sentences around it that fit, else the words around it."""
    low, high = free
    start, end = span.start, min(span.end, span.start + FRAGMENT_SIZE)
    near = max(low, start - FRAGMENT_SIZE), min(high, start + FRAGMENT_SIZE + MAX_FRAGMENT)
    following = chain(
        boundaries(text, *near, text_language), [high] if near[1] == high else []
    )  # lazy: most of it is not read
    begins = [low] if near[0] == low else []
    for offset in following:
        if offset > start:
            following = chain([offset], following)
            break
        begins.append(offset)
    if begins and end - begins[-1] <= FRAGMENT_SIZE:
        first = begins.pop()
    else:
        begins = []
        first = _word_start(
            text, max(near[0], start - min(FRAGMENT_SIZE // 3, FRAGMENT_SIZE - (end - start))), start
        )
    last = _last(text, first, end, dropwhile(end.__gt__, following))
    while begins and last == high and last - first < MIN_FRAGMENT and last - begins[-1] <= FRAGMENT_SIZE:
        first = begins.pop()
    return _without_split_matches((first, last), (start, end), ranges)


def _last(text: str, first: int, end: int, ends: Iterable[int]) -> int:
    last = 0
    for following in ends:
        if last and (
            following - first > MAX_FRAGMENT
            or (last - first > MIN_FRAGMENT and PARAGRAPH.search(text, last - 3, last))
        ):
            break
        last = following
        if last - first >= FRAGMENT_SIZE:
            break
    if not last or last - first > MAX_FRAGMENT:
        last = max(end, _word_end(text, first + FRAGMENT_SIZE))
    return last


def _without_split_matches(window: CharRange, kept: CharRange, ranges: Sequence[CharRange]) -> CharRange:
    """The window shrunk so that its ends split no match, but not into the range `kept`."""
    first, last = window
    at = bisect_left(ranges, (first,)) - 1
    if at >= 0 and ranges[at][1] > first:
        first = min(ranges[at][1], kept[0])
    at = bisect_left(ranges, (last,)) - 1
    if at >= 0 and ranges[at][1] > last:
        last = max(ranges[at][0], kept[1])
    return first, last


def _word_start(text: str, offset: int, end: int) -> int:
    found = _WORD_START.search(text, offset, min(offset + _WORD, end))
    return found.start() if found else offset


def _word_end(text: str, offset: int) -> int:
    space = text.rfind(" ", max(0, offset - _WORD), offset)
    return space if space > 0 else offset


def _highlight(
    field: str, text: str, window: CharRange, ranges: Sequence[CharRange], text_language: str
) -> Highlight:
    """The window as a highlight: white space normalized, `…` where a sentence is cut."""
    first, last = window
    start = min(_after_space(text, first), last)
    end = start + len(text[start:last].rstrip())
    before = "" if _starts_sentence(text, start, text_language) else "… "
    following = _after_space(text, end)
    after = "" if following == len(text) or _starts_sentence(text, following, text_language) else " …"
    parts = [before]
    offsets, shifts = [start], [len(before) - start]  # from each offset on, how far characters move
    for run in _IRREGULAR_SPACE.finditer(text, start, end):
        space = _normalized(run)
        parts += text[offsets[-1] : run.start()], space
        offsets.append(run.end())
        shifts.append(shifts[-1] + len(space) - len(run[0]))
    parts += text[offsets[-1] : end], after

    def moved(offset: int) -> int:
        return offset + shifts[bisect_right(offsets, offset) - 1]

    inside = ranges[bisect_left(ranges, (start,)) : bisect_left(ranges, (end,))]
    return Highlight(field, "".join(parts), tuple((moved(a), moved(min(b, end))) for a, b in inside))


def _after_space(text: str, offset: int) -> int:
    space = _SPACE.match(text, offset)
    return space.end() if space else offset


def _starts_sentence(text: str, offset: int, text_language: str) -> bool:
    """Whether a sentence, or the text, starts at an offset."""
    return (
        not offset
        or offset in boundaries(text, max(0, offset - _WORD), offset, text_language)
        or _after_space(text, 0) >= offset
    )


def _normalized(space: re.Match[str]) -> str:
    if PARAGRAPH.search(space[0]):
        return " · "
    line = space.string[max(0, space.start() - 8) : space.start()]
    return " | " if "\t" in space[0] and "\n" not in space[0] and not _ITEM.search(line) else " "
