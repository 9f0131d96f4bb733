"""Which matches stand together? Stretches of a text, ranked by how much of a query they hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import NamedTuple

from search.results import CharRange

REACH = 240
"""Characters that a stretch has at most, but for a match that is longer."""
MANY = 2000
"""Matches from which on not every one is weighed."""


_NEAR = 100  # characters within which one stretch is as good as another of the same words
_RARE, _AROUND = 100, 5


class Stretch(NamedTuple):
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
        near = self.last - other.last < _NEAR and self.words == other.words
        return near and self.last - self.start >= other.last - other.start

    def outside(self, window: CharRange) -> Iterator["Stretch"]:
        """What of it a window leaves: all, the last match alone, or nothing."""
        low, high = window
        if self.end <= low or self.start >= high:
            yield self
        elif self.last >= high:
            yield Stretch(self.last, self.end, self.own, self.last, self.own)


def rank(stretch: Stretch, shown: int) -> tuple[int, int, int, int]:
    """The best first: those with the most words not `shown`, the most words, the closest, the earliest."""
    words = stretch.words
    return -(words & ~shown).bit_count(), -words.bit_count(), stretch.last - stretch.start, stretch.start


def stretches_of(ranges: Sequence[CharRange], words: Sequence[int]) -> list[Stretch]:
    """The shortest stretches that end at a match weighed and hold all words in reach."""
    stretches: list[Stretch] = []
    latest: dict[int, int] = {}  # where each word stood last, in that order
    for place in _weighed(words):
        start, end = ranges[place]
        first, seen = start, words[place]
        latest.pop(seen, None)
        for other in reversed(latest):
            if end - latest[other] > REACH:
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
