"""Which words of a list have almost the same letters as a given word? Asked of all of them at once.

A bit-sliced index (O'Neil and Quass, "Improved query performance with variant indexes", 1997): *plane* number
p has one bit for each word, bit p of the word's letters. So a few operations on long integers count for
all words of a list in how many bits their letters differ from those of another word. Words within some edits
of it differ in few, since one edit adds, takes away or replaces one letter.
"""

import re
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence

PLANES = 64
"""Bits of a word's letters: for each of 32 groups, whether it has a letter of it, and whether it has two."""

_GROUPS = 31  # letters whose numbers are equal in these bits are in one group
_DIGITS = [bytes(ord("0") + (byte >> bit & 1) for byte in range(256)) for bit in range(8)]
_SOME = re.compile(rb"[^\0]")


def letters_of(word: str) -> int:
    """The letters of a word, in PLANES bits.

    A letter added or taken away changes one bit at most, a letter replaced two, two letters swapped none.
    """
    once = twice = 0
    for letter in word:
        group = 1 << (ord(letter) & _GROUPS)
        twice |= once & group
        once |= group
    return once | twice << _GROUPS + 1


def planes_of(words: Iterable[str]) -> bytes:
    """The planes of a list of words, one after another, each of `plane_size` bytes."""
    letters = array("Q", map(letters_of, words))
    size = plane_size(len(letters))
    if sys.byteorder == "big":
        letters.byteswap()
    rows, planes = letters.tobytes(), []
    for place in range(PLANES // 8):
        column = rows[place::8][::-1]  # the first word has the lowest bit
        planes += [int(column.translate(digits) or b"0", 2).to_bytes(size, "little") for digits in _DIGITS]
    return b"".join(planes)


def plane_size(words: int) -> int:
    """The bytes of one plane of so many words."""
    return (words + 7) // 8


def alike(letters: int, planes: Sequence[int], words: int, distances: Iterable[int]) -> list[int]:
    """For each distance, the words whose letters may be so many edits away: one bit for each word."""
    most = [2 * distance for distance in distances]
    every, beyond = (1 << words) - 1, 0
    differences = [0] * max(most).bit_length()  # the bits of each word's number of differences
    for place, plane in enumerate(planes):
        carry = plane ^ every if letters >> place & 1 else plane
        for bit, counted in enumerate(differences):
            differences[bit] = counted ^ carry
            carry &= counted
        beyond |= carry
    return [every & ~beyond & _at_most(limit, differences) for limit in most]


def _at_most(limit: int, numbers: Sequence[int]) -> int:
    """The words whose number, of these bits, is at most the limit; compared from the lowest bit on."""
    found = -1
    for bit, ones in enumerate(numbers):
        found = found | ~ones if limit >> bit & 1 else found & ~ones
    return found


def places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, rising."""
    for match in _SOME.finditer(bits.to_bytes(plane_size(bits.bit_length()), "little")):
        byte, place = match[0][0], match.start() * 8
        while byte:
            lowest = byte & -byte
            yield place + lowest.bit_length() - 1
            byte ^= lowest
