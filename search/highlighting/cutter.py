"""Where is a text cut to show its matches? Around the best spans, at whole sentences where they fit."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, dropwhile
from typing import NamedTuple

from search.highlighting.sentences import PARAGRAPH, Sentences, Stop
from search.highlighting.spans import MAX_SPAN, Match, Span, best_span, candidate_spans
from search.results import CharRange

FRAGMENT_SIZE = MAX_SPAN
"""Characters that a fragment aims at."""
MAX_FRAGMENT = FRAGMENT_SIZE * 4 // 3
"""Characters that a fragment has at most, but for a match that is longer."""
MIN_FRAGMENT = 100
"""Characters from which on a fragment ends with its paragraph."""
WORD = 40
"""Characters of the longest word that is not cut."""

_SPACE = re.compile(r"\s*")
_WORD_START = re.compile(r"(?<=\s)\S")


class Cut(NamedTuple):
    """A part of a text, without white space around it.

    `begins` and `ends` say whether a sentence, or the text, begins and ends with it.
    """

    start: int
    end: int
    begins: bool
    ends: bool


class Cutter:
    """Cuts one text, in which matches were `found`. See `cuts`, which does in C what `best` does."""

    def __init__(self, text: str, found: list[Match], text_language: str) -> None:
        self._text, self._found = text, found
        self._sentences = Sentences(text, text_language)
        self._beginnings = {0}  # of sentences, as far as they are known

    def best(self, limit: int) -> list[Cut]:
        """At most `limit` cuts, in reading order: those that cover most distinct query words, densest."""
        spans = candidate_spans(self._found)
        windows: list[CharRange] = []
        shown = 0
        while spans and len(windows) < limit:
            best = best_span(spans, shown)
            window = self._window(best, _free_around(windows, best, len(self._text)))
            windows.append(window)
            shown |= best.words
            spans = [rest for span in spans for rest in span.outside(window)]
        return [self.cut(window) for window in sorted(windows)]

    def opening(self) -> Cut:
        """The first cut of a text, whatever matches."""
        return self.cut(self._window(Span(0, 0, 0), (0, len(self._text))))

    def cut(self, window: CharRange) -> Cut:
        """A window without white space around it."""
        text = self._text
        first, last = window
        start = min(_after_space(text, first), last)
        end = start + len(text[start:last].rstrip())
        begins = self._is_beginning(start)
        following = _after_space(text, end)
        return Cut(start, end, begins, following == len(text) or self._is_beginning(following))

    def _window(self, span: Span, free: CharRange) -> CharRange:
        """The window of a span: the sentences around it that fit, else the words around it."""
        text = self._text
        low, high = free
        start, end = span.start, min(span.end, span.start + FRAGMENT_SIZE)
        near = max(low, start - FRAGMENT_SIZE), min(high, start + MAX_FRAGMENT + WORD)
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

    def _ended_by(self, stops: Iterable[Stop]) -> Iterator[int]:
        """Where sentences begin that some of these stops end."""
        for stop in filter(self._sentences.ended_by, stops):
            self._beginnings.add(stop[0])
            yield stop[0]

    def _is_beginning(self, offset: int) -> bool:
        """Whether a sentence, or the text, begins at an offset."""
        return (
            offset in self._beginnings
            or offset in self._ended_by(self._sentences.stops(max(0, offset - WORD), offset))
            or _after_space(self._text, 0) >= offset
        )


def _free_around(windows: Sequence[CharRange], span: Span, length: int) -> CharRange:
    """The range around a span up to the nearest windows already chosen."""
    low = max((end for _, end in windows if end <= span.start), default=0)
    high = min((start for start, _ in windows if start >= span.end), default=length)
    return low, high


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
    found = _WORD_START.search(text, offset, min(offset + WORD, end))
    return found.start() if found else offset


def _word_end(text: str, offset: int) -> int:
    space = text.rfind(" ", max(0, offset - WORD), offset)
    return space if space > 0 else offset


def _after_space(text: str, offset: int) -> int:
    space = _SPACE.match(text, offset)
    return space.end() if space else offset
