"""Candidate spans: windows of matches within 240 characters, ranked by the distinct query words covered."""

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from typing import NamedTuple

from search.results import CharRange

Match = tuple[int, int, int]
"""The range of a text from `start` to `end`, and the bits of the query words that it matches."""

MAX_SPAN = 240
"""Characters of a span at most, but for a match that is longer."""
MAX_MATCHES = 2000
"""Matches in a text from which on only some are ends of spans: the first, and those of the rarest words."""

NEAR = 100
"""Characters within which two spans of the same words are equally good."""
_RARE, _AROUND = 100, 5  # the rarest matches that end spans in a long list, and the neighbours of each


class Span(NamedTuple):
    """A window of matches: from the first match's `start` to the last one's `end`.

    `words` are the bits of the query words matched in it. `last` is the offset of the last match, and
    `last_words` are that match's bits.
    """

    start: int
    end: int
    words: int
    last: int = 0
    last_words: int = 0

    def is_redundant_after(self, other: "Span") -> bool:
        """Whether the span before it is of the same words, near, and no longer."""
        near = self.last - other.last < NEAR and self.words == other.words
        return near and self.last - self.start >= other.last - other.start

    def outside(self, window: CharRange) -> Iterator["Span"]:
        """The part of the span not covered by a fragment: the whole, the last match alone, or none."""
        low, high = window
        if self.end <= low or self.start >= high:
            yield self
        elif self.last >= high:
            yield Span(self.last, self.end, self.last_words, self.last, self.last_words)


def best_span(spans: Iterable[Span], shown: int) -> Span:
    """The span with most words not yet `shown` (bits), most words, the shortest, the earliest."""
    shortest: dict[int, Span] = {}  # by words: of those with the same ones, no other can be the best
    for span in spans:
        known = shortest.get(span.words)
        if known is None or span.last - span.start < known.last - known.start:
            shortest[span.words] = span

    def rank(span: Span) -> tuple[int, int, int, int]:
        words = span.words
        return -(words & ~shown).bit_count(), -words.bit_count(), span.last - span.start, span.start

    return min(shortest.values(), key=rank)


def candidate_spans(found: list[Match]) -> list[Span]:
    """For each match, the shortest span that ends with it and holds all words within MAX_SPAN before it."""
    spans: list[Span] = []
    latest: dict[int, int] = {}  # bits -> offset of their latest match, latest last
    for start, end, words in ends_of_spans(found):
        first, covered = start, words
        latest.pop(words, None)
        for other in reversed(latest):
            if end - latest[other] > MAX_SPAN:
                break
            if other & ~covered:
                first, covered = latest[other], covered | other
        latest[words] = start
        span = Span(first, end, covered, start, words)
        if not (spans and span.is_redundant_after(spans[-1])):
            spans.append(span)
    return spans


def ends_of_spans(found: list[Match]) -> list[Match]:
    """The matches that end spans: all, or of very many the first and the rarest."""
    if len(found) <= MAX_MATCHES:
        return found
    count = Counter(words for _, _, words in found)
    rarest = nsmallest(_RARE, range(len(found)), key=lambda number: count[found[number][2]])
    around = {number + step for number in rarest for step in range(-_AROUND, _AROUND + 1)}
    ends = sorted({*range(MAX_MATCHES), *(number for number in around if 0 <= number < len(found))})
    return [found[number] for number in ends]
