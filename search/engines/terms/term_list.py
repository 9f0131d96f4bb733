"""A list of words with a number for each, as bytes that are searched where they are: in a mapped file.

| section | holds | for |
|---|---|---|
| ends | where each word ends in the text, in alphabetical order | a word by its number |
| counts | each word's number of documents | |
| ranks | the numbers of the words, those of most documents first | the most frequent words, broad prefixes |
| slots | a hash table of the numbers, plus one; linear probing | a word's number of documents |
| planes | the letters of the words, by rank (see `letters`) | words spelled alike |
| text | the words in UTF-8, in alphabetical order | prefixes |

Sections before the planes are unsigned integers of 32 bits, in the byte order of the machine.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from mmap import mmap
from zlib import crc32

from search.edits import EditPattern
from search.engines.answer_scope import once
from search.engines.deadline import check_time
from search.engines.terms.distances import distances
from search.engines.terms.letters import PLANES, alike, letters_of, places, plane_size, planes_of
from search.results import TermCount

_BROAD = 16  # a prefix of more than one word in so many is sought among the most frequent words
_COMPARED = 64  # words that are compared at once
_LAST = "\U0010ffff"

Data = bytes | mmap
DAMAGE = (ValueError, IndexError)
"""What reading damaged data raises."""


@dataclass(frozen=True, eq=False)
class TermList:
    """The `words` words, with a `text` of so many bytes, that are at `start` in the data.

    Words are ordered by documents, most first, then by alphabet. Methods raise DAMAGE.
    """

    data: Data
    start: int
    words: int
    text: int

    @property
    def end(self) -> int:
        """Where the list ends in the data."""
        return self._text_start + self.text

    def count(self, word: str) -> int | None:
        """A word's number of documents; None if it is not in the list."""
        written, slots = _bytes(word), self._slots
        last = len(slots) - 1
        slot = crc32(written)
        for probed in range(slot, slot + len(slots)):
            if not (entry := slots[probed & last]):
                break
            if self._written(entry - 1) == written:
                return self._counts[entry - 1]
        return None

    def items(self) -> Iterator[tuple[str, int]]:
        """All words by alphabet, each with its number of documents."""
        return ((self._written(number).decode(), self._counts[number]) for number in range(self.words))

    def with_prefix(self, prefix: str) -> Iterator[TermCount]:
        """The words with a prefix, in order."""
        first = self._first_from(prefix)
        last = self._first_from(prefix + _LAST) if prefix else self.words
        if (last - first) * _BROAD > self.words:
            found: Iterable[int] = (number for number in self._ranks if first <= number < last)
        else:
            counts = self._counts[first:last]
            found = (first + n for n in sorted(range(last - first), key=counts.__getitem__, reverse=True))
        return map(self._term, found)

    def similar(self, pattern: EditPattern, distance: int, at_least: int) -> list[Iterator[TermCount]]:
        """The words 1, 2 … `distance` edits away, in order; only those of so many documents."""
        words = self._of_documents(at_least)
        steps = range(1, distance + 1)
        planes = once((self, "planes", words), lambda: self._planes(words))
        found = alike(letters_of(pattern.word), planes, words, steps)
        return [self._at_distance(pattern, edits, bits) for edits, bits in zip(steps, found, strict=True)]

    def _at_distance(self, pattern: EditPattern, edits: int, bits: int) -> Iterator[TermCount]:
        ranks = places(bits)
        while some := [*islice(ranks, _COMPARED)]:
            check_time()
            numbers = [self._ranks[rank] for rank in some]
            words = [self._written(number) for number in numbers]
            for found, word, number in zip(distances(pattern, words, edits), words, numbers, strict=True):
                if found == edits:
                    yield TermCount(word.decode(), self._counts[number])

    def _planes(self, words: int) -> list[int]:
        """The planes, up to the word of this rank."""
        whole, size = plane_size(self.words), plane_size(words)
        starts = (self._planes_start + plane * whole for plane in range(PLANES))
        planes = [int.from_bytes(self.data[start : start + size], "little") for start in starts]
        return planes if words == self.words else [plane & ((1 << words) - 1) for plane in planes]

    def _of_documents(self, at_least: int) -> int:
        """The number of words in so many documents."""
        if at_least <= 1:
            return self.words
        return bisect_left(self._ranks, -at_least + 1, key=lambda number: -self._counts[number])

    def _first_from(self, word: str) -> int:
        """The number of the first word that is not before this one."""
        return bisect_left(range(self.words), _bytes(word), key=self._written)

    def _term(self, number: int) -> TermCount:
        return TermCount(self._written(number).decode(), self._counts[number])

    def _written(self, number: int) -> bytes:
        start, end = self._ends[number], self._ends[number + 1]
        return self.data[self._text_start + start : self._text_start + end]

    @cached_property
    def _ends(self) -> memoryview:
        return self._integers(self.start, self.words + 1)

    @cached_property
    def _counts(self) -> memoryview:
        return self._integers(self.start + 4 * (self.words + 1), self.words)

    @cached_property
    def _ranks(self) -> memoryview:
        return self._integers(self.start + 4 * (2 * self.words + 1), self.words)

    @cached_property
    def _slots(self) -> memoryview:
        return self._integers(self.start + 4 * (3 * self.words + 1), _slots(self.words))

    @cached_property
    def _planes_start(self) -> int:
        return self.start + 4 * (3 * self.words + 1 + _slots(self.words))

    @cached_property
    def _text_start(self) -> int:
        return self._planes_start + PLANES * plane_size(self.words)

    def _integers(self, start: int, number: int) -> memoryview:
        return memoryview(self.data)[start : start + 4 * number].cast("I")


def encode(counts: Iterable[tuple[str, int]]) -> tuple[bytes, int, int]:
    """A list of words, given by alphabet, each with its number: its bytes, its `words` and its `text`."""
    written, numbers = [], array("I")
    for word, count in counts:
        written.append(word.encode())
        numbers.append(count)
    ranks = array("I", sorted(range(len(written)), key=numbers.__getitem__, reverse=True))
    ends = array("I", accumulate(map(len, written), initial=0))
    integers = ends, numbers, ranks, _table(written)
    planes = planes_of(written[number].decode() for number in ranks)
    return b"".join((*integers, planes, *written)), len(written), ends[-1]


def _bytes(word: str) -> bytes:
    """A word as it is written; half a surrogate pair, which no text has, as a question mark."""
    return word.encode(errors="replace")


def _slots(words: int) -> int:
    """The slots of the hash table of so many words: twice as many, or more, to a power of two."""
    return 1 << (2 * words).bit_length()


def _table(written: list[bytes]) -> "array[int]":
    slots = array("I", bytes(4 * _slots(len(written))))
    last = len(slots) - 1
    for number, word in enumerate(written, 1):
        slot = crc32(word) & last
        while slots[slot]:
            slot = slot + 1 & last
        slots[slot] = number
    return slots
