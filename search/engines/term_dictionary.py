"""The words of a field and their document frequencies, looked up by prefix and by edit distance."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from search.edits import EditPattern
from search.engines.answer_scope import once
from search.engines.deadline import check_time
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
        found = _beginning_with(prefix, self._sorted)
        return sorted(found, key=lambda word: (-self.counts[word], word))[:limit]

    def _similar(self, word: str, distance: int, at_least: int) -> list[str]:
        pattern, found = EditPattern(word), []
        one = distance == 1 and at_least <= 1
        for other in self._one_edit_away(word) if one else self._of_like_letters(word, distance, at_least):
            edits = pattern.distance(other, distance)
            if 0 < edits <= distance:
                found.append((edits, -self.counts[other], other))
        return [other for _, _, other in sorted(found)]

    def _of_like_letters(self, word: str, distance: int, at_least: int) -> Iterator[str]:
        """The words that may be within a distance, by their lengths and letters."""
        own = _letters(word)
        for length in range(len(word) - distance, len(word) + distance + 1):
            # An inserted or deleted letter changes at most one bit of a letter set, a replaced one two.
            check_time()
            most = 2 * distance - abs(length - len(word))
            same_length = self._in_documents(length, at_least)
            yield from [other for other, letters in same_length if (own ^ letters).bit_count() <= most]

    def _one_edit_away(self, word: str) -> set[str]:
        """The words that may be one edit away: one half is as it is, or letters swap between the halves."""
        middle = len(word) // 2
        head, tail = word[:middle], word[middle:]
        found = {head[:-1] + tail[:1] + head[-1:] + tail[1:]} & self.counts.keys()
        lengths = range(len(word) - 1, len(word) + 2)
        found.update(other for other in _beginning_with(head, self._sorted) if len(other) in lengths)
        backwards = _beginning_with(tail[::-1], self._reversed)
        found.update(other[::-1] for other in backwards if len(other) in lengths)
        return found

    @cached_property
    def _reversed(self) -> list[str]:
        """Every word from its last letter to its first, sorted: those that end alike stand together."""
        return sorted(word[::-1] for word in self._sorted)

    def _in_documents(self, length: int, at_least: int) -> Sequence[tuple[str, int]]:
        """The words of a length that are in `at_least` documents."""
        words = self._by_length.get(length, [])
        if at_least <= 1:
            return words
        return words[: bisect_right(words, -at_least, key=lambda item: -self.counts[item[0]])]


def _beginning_with(prefix: str, words: Sequence[str]) -> Sequence[str]:
    """Those of sorted words that have a prefix."""
    return words[bisect_left(words, prefix) : bisect_left(words, prefix + "\U0010ffff")]


def _letters(word: str) -> int:
    """The set of a word's letters as 64 bits; letters far apart in Unicode may share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
