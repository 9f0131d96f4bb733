"""The words of a field and their document frequencies, looked up by prefix and by edit distance."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from search.edits import EditPattern
from search.engines.answer_scope import once
from search.results import TermCount


@dataclass(eq=False)
class TermDictionary:
    """The words of one field in one commit; `counts` maps each to its number of documents."""

    counts: Mapping[str, int]
    _sorted: list[str] = field(init=False)
    _by_length: dict[int, list[tuple[str, int]]] = field(init=False)  # most documents first

    def __post_init__(self) -> None:
        self._sorted = sorted(self.counts)
        self._by_length = defaultdict(list)
        for word in sorted(self._sorted, key=self.counts.__getitem__, reverse=True):
            self._by_length[len(word)].append((word, _letters(word)))

    def with_prefix(self, prefix: str, limit: int = 10) -> list[TermCount]:
        """The words with a prefix: most documents first, then by word."""
        found = once((self, "prefix", prefix, limit), lambda: self._with_prefix(prefix, limit))
        return [TermCount(word, self.counts[word]) for word in found]

    def similar(self, word: str, distance: int, limit: int, at_least: int = 1) -> list[TermCount]:
        """The other words within `distance` edits: nearest first, then most documents, then by word.

        Only those in `at_least` documents, which are few where that is many.
        """
        key = (self, "similar", word, distance, at_least)
        found = once(key, lambda: self._similar(word, distance, at_least))
        return [TermCount(other, self.counts[other]) for other in found[:limit]]

    def _with_prefix(self, prefix: str, limit: int) -> list[str]:
        start = bisect_left(self._sorted, prefix)
        end = bisect_left(self._sorted, prefix + "\U0010ffff")
        return sorted(self._sorted[start:end], key=lambda word: (-self.counts[word], word))[:limit]

    def _similar(self, word: str, distance: int, at_least: int) -> list[str]:
        found = []
        own, pattern = _letters(word), EditPattern(word)
        for length in range(len(word) - distance, len(word) + distance + 1):
            # An inserted or deleted letter changes at most one bit of a letter set, a replaced one two.
            most = 2 * distance - abs(length - len(word))
            same_length = self._in_documents(length, at_least)
            candidates = [other for other, letters in same_length if (own ^ letters).bit_count() <= most]
            for other in candidates:
                edits = pattern.distance(other, distance)
                if 0 < edits <= distance:
                    found.append((edits, -self.counts[other], other))
        return [other for _, _, other in sorted(found)]

    def _in_documents(self, length: int, at_least: int) -> Sequence[tuple[str, int]]:
        """The words of a length that are in `at_least` documents."""
        words = self._by_length.get(length, [])
        if at_least <= 1:
            return words
        return words[: bisect_right(words, -at_least, key=lambda item: -self.counts[item[0]])]


def _letters(word: str) -> int:
    """The set of a word's letters as 64 bits; letters far apart in Unicode may share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
