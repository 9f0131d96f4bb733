"""Which fragments of a text to show? The best few, whole sentences where they fit, in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain, dropwhile
from operator import or_

from search.answer import Highlight
from search.highlighting.sentences import PARAGRAPH, Sentences, Stop
from search.highlighting.spans import MAX_SPAN, Match, Span, best_span, candidate_spans
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
    field: str, text: str, found: Sequence[Match], limit: int, text_language: str = ""
) -> list[Highlight]:
    """At most `limit` fragments, in reading order: those that cover most distinct query words, densest.

    `found` are the matches of the text. Words that no chosen fragment covers are preferred. White space is
    normalized, with ` · ` between paragraphs and ` | ` between cells. Without matches there are no
    fragments. `text_language` is the language of the text (see `sentences`).
    """
    spans = candidate_spans(found)
    fragmenter = _Fragmenter(text, found, text_language)
    windows: list[CharRange] = []
    shown = 0
    while spans and len(windows) < limit:
        best = best_span(spans, shown)
        window = fragmenter.window(best, _free_around(windows, best, len(text)))
        windows.append(window)
        shown |= best.words
        spans = [rest for span in spans for rest in span.outside(window)]
    return [fragmenter.highlight(field, window) for window in sorted(windows)]


def opening(field: str, text: str, text_language: str = "") -> Highlight:
    """The first fragment of a text, without matches."""
    fragmenter = _Fragmenter(text, (), text_language)
    return fragmenter.highlight(field, fragmenter.window(Span(0, 0, 0), (0, len(text))))


def whole(field: str, text: str, found: Sequence[Match]) -> Highlight:
    """A text as one fragment."""
    return _Fragmenter(text, found, "").highlight(field, (0, len(text)))


def _free_around(windows: Sequence[CharRange], span: Span, length: int) -> CharRange:
    """The range around a span up to the nearest windows already chosen."""
    low = max((end for _, end in windows if end <= span.start), default=0)
    high = min((start for start, _ in windows if start >= span.end), default=length)
    return low, high


class _Fragmenter:
    """Cuts fragments out of one text, in which matches were `found`."""

    def __init__(self, text: str, found: Sequence[Match], text_language: str) -> None:
        self._text, self._found = text, found
        self._sentences = Sentences(text, text_language)
        self._beginnings = {0}  # of sentences, as far as they are known

    def window(self, span: Span, free: CharRange) -> CharRange:
        """The window of a span: the sentences around it that fit, else the words around it."""
        text = self._text
        low, high = free
        start, end = span.start, min(span.end, span.start + FRAGMENT_SIZE)
        near = max(low, start - FRAGMENT_SIZE), min(high, start + MAX_FRAGMENT + _WORD)
        stops = self._sentences.stops(*near)
        behind = bisect_right(stops, (start, len(text)))
        # Both lazy, since most of these stops are never looked at.
        begins: Iterator[int] = chain(
            self._ended_by(reversed(stops[:behind])), [low] if near[0] == low else []
        )
        ends = chain(self._ended_by(stops[behind:]), [high] if near[1] == high else [])
        first = next(begins, None)
        if first is None or end - first > FRAGMENT_SIZE:
            begins = iter(())
            lead = min(FRAGMENT_SIZE // 3, FRAGMENT_SIZE - (end - start))
            first = _word_start(text, max(near[0], start - lead), start)
        last = _last(text, first, end, dropwhile(end.__gt__, ends))
        if last == high:
            for earlier in begins:
                if last - first >= MIN_FRAGMENT or last - earlier > FRAGMENT_SIZE:
                    break
                first = earlier
        return _without_split_matches((first, last), (start, end), self._found)

    def highlight(self, field: str, window: CharRange) -> Highlight:
        """A window as a highlight: white space normalized, `…` where a sentence is cut."""
        text = self._text
        first, last = window
        start = min(_after_space(text, first), last)
        end = start + len(text[start:last].rstrip())
        before = "" if self._is_beginning(start) else "… "
        following = _after_space(text, end)
        after = "" if following == len(text) or self._is_beginning(following) else " …"
        cut = text[start:end]
        inside = self._found[bisect_left(self._found, (start,)) : bisect_left(self._found, (end,))]
        words = reduce(or_, {bits for _, _, bits in inside}, 0)
        shift = len(before) - start
        if cut.isprintable() and "  " not in cut:  # the only white space is single spaces
            ranges = tuple((a + shift, min(b, end) + shift) for a, b, _ in inside)
            return Highlight(field, f"{before}{cut}{after}", ranges, words)
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

    def _ended_by(self, stops: Iterable[Stop]) -> Iterator[int]:
        """Where sentences begin that some of these stops end."""
        for stop in filter(self._sentences.ended_by, stops):
            self._beginnings.add(stop[0])
            yield stop[0]

    def _is_beginning(self, offset: int) -> bool:
        """Whether a sentence, or the text, begins at an offset."""
        return (
            offset in self._beginnings
            or offset in self._ended_by(self._sentences.stops(max(0, offset - _WORD), offset))
            or _after_space(self._text, 0) >= offset
        )


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


def _without_split_matches(window: CharRange, kept: CharRange, found: Sequence[Match]) -> CharRange:
    """The window shrunk so that its ends split no match, but not into the range `kept`."""
    first, last = window
    at = bisect_left(found, (first,)) - 1
    if at >= 0 and found[at][1] > first:
        first = min(found[at][1], kept[0])
    at = bisect_left(found, (last,)) - 1
    if at >= 0 and found[at][1] > last:
        last = max(found[at][0], kept[1])
    return first, last


def _word_start(text: str, offset: int, end: int) -> int:
    found = _WORD_START.search(text, offset, min(offset + _WORD, end))
    return found.start() if found else offset


def _word_end(text: str, offset: int) -> int:
    space = text.rfind(" ", max(0, offset - _WORD), offset)
    return space if space > 0 else offset


def _after_space(text: str, offset: int) -> int:
    space = _SPACE.match(text, offset)
    return space.end() if space else offset


def _normalized(space: re.Match[str]) -> str:
    if PARAGRAPH.search(space[0]):
        return " · "
    line = space.string[max(0, space.start() - 8) : space.start()]
    return " | " if "\t" in space[0] and "\n" not in space[0] and not _ITEM.search(line) else " "
