"""The words of a field and how many documents have each: what prefixes and misspellings are looked up in."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.edits import Pattern
from search.results import TermCount


@dataclass
class TermDictionary:
    """A snapshot of one field's words."""

    counts: Mapping[str, int]
    _sorted: list[str] = field(init=False)
    _by_length: dict[int, list[tuple[str, int]]] = field(init=False)

    def __post_init__(self) -> None:
        self._sorted = sorted(self.counts)
        self._by_length = defaultdict(list)
        for word in self._sorted:
            self._by_length[len(word)].append((word, _letters(word)))

    def with_prefix(self, prefix: str, limit: int) -> list[TermCount]:
        """The words that begin so: most documents first, then by word."""
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + "\U0010ffff")
        return self._most_frequent(self._sorted[start:end], limit)

    def similar(self, word: str, distance: int, limit: int) -> list[TermCount]:
        """The other words within `distance` edits: nearest first, then most documents, then by word."""
        found = []
        own, pattern = _letters(word), Pattern(word)
        for length in range(len(word) - distance, len(word) + distance + 1):
            # A letter more or less makes one difference, at most, and a changed one two.
            most = 2 * distance - abs(length - len(word))
            same_length = self._by_length.get(length, ())
            alike = [other for other, letters in same_length if (own ^ letters).bit_count() <= most]
            for other in alike:
                edits = pattern.distance(other, distance)
                if 0 < edits <= distance:
                    found.append((edits, -self.counts[other], other))
        return [TermCount(other, self.counts[other]) for _, _, other in sorted(found)[:limit]]

    def _most_frequent(self, words: Iterable[str], limit: int) -> list[TermCount]:
        ranked = sorted(words, key=lambda word: (-self.counts[word], word))
        return [TermCount(word, self.counts[word]) for word in ranked[:limit]]


def _letters(word: str) -> int:
    """Which letters a word has, as bits; letters far apart in Unicode may share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
